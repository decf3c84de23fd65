import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DaemonFile } from '../../daemon/protocol/daemonFile';

/** The running daemon's note about itself in `home`; null where there is none, it is half written, or its process is gone. */
export async function readLiveDaemonFile(home: string): Promise<DaemonFile | null> {
  const file = await readDaemonFile(home);
  return file !== null && isAlive(file.pid) ? file : null;
}

async function readDaemonFile(home: string): Promise<DaemonFile | null> {
  try {
    return parseDaemonFile(await readFile(join(home, 'daemon.json'), 'utf8'));
  } catch {
    return null;
  }
}

/** Null for anything that is not a DaemonFile with a loopback WebSocket url. */
export function parseDaemonFile(text: string): DaemonFile | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const file = value as Partial<DaemonFile>;
  const complete =
    typeof file.url === 'string' &&
    typeof file.token === 'string' &&
    typeof file.pid === 'number' &&
    typeof file.version === 'string' &&
    typeof file.protocol === 'string';
  return complete && isLoopback(file.url!) ? (file as DaemonFile) : null;
}

/** The token is sent to this address, so it may only be this machine. */
function isLoopback(url: string): boolean {
  return /^ws:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(\/|$)/.test(url);
}

export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
