import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

export type Verdict = { allowed: true } | { allowed: false; status: 401 | 403; reason: string };

/**
 * Who may open the socket: a program on this machine that could read the token's file. Pages in a browser can reach
 * 127.0.0.1, too, but always send an Origin; a rebound DNS name shows in Host.
 */
export function authorize(headers: IncomingHttpHeaders, token: string): Verdict {
  if (headers.origin !== undefined) return refuse(403, 'requests from web pages are refused');
  if (!isLoopbackHost(headers.host)) return refuse(403, 'the Host header is not a loopback address');
  const given = /^Bearer ([A-Za-z0-9_-]+)$/.exec(headers.authorization ?? '')?.[1];
  if (given === undefined) return refuse(401, 'a token is needed');
  return sameToken(given, token) ? { allowed: true } : refuse(401, 'the token is wrong');
}

const refuse = (status: 401 | 403, reason: string): Verdict => ({ allowed: false, status, reason });

function isLoopbackHost(host: string | undefined): boolean {
  return /^(127\.0\.0\.1|localhost|\[::1\])(:\d{1,5})?$/i.test(host ?? '');
}

/** In constant time, whatever the lengths. */
function sameToken(given: string, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(token));
}
