import type { MediaSource } from '../../daemon/protocol/messages';
import type { DaemonApi } from '../supervisor/daemonApi';
import { failures } from '../supervisor/failure';
import type { OpenLink } from '../supervisor/supervisor';

/** What a workspace that nobody trusts may ask for, beside facts. */
const HARMLESS: ReadonlySet<string> = new Set(['getStatus', 'restartEngine']);

/**
 * The daemon as the workspace may use it now: whole where it is trusted; else facts and larger previews by the safe
 * decoders, and for everything else a rejection with RESTRICTED. It is asked at each call, so that trust works from the moment it is given.
 */
export function guarded(api: DaemonApi, isTrusted: () => boolean): DaemonApi {
  const restricted = <P extends { source: MediaSource }>(params: P): P => ({
    ...params,
    source: { ...params.source, restricted: true },
  });
  const held: Partial<DaemonApi> = {
    facts: (params, signal) => api.facts(restricted(params), signal),
    view: (params, signal) => api.view(restricted(params), signal),
  };
  return new Proxy(api, {
    get(target, name) {
      const member: unknown = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      if (isTrusted() || HARMLESS.has(String(name))) return member.bind(target);
      return Reflect.get(held, name) ?? (() => Promise.reject(failures.restricted()));
    },
  });
}

/** A link whose daemon is guarded. */
export function guardedLink(open: OpenLink, isTrusted: () => boolean): OpenLink {
  return async (events, signal) => {
    const link = await open(events, signal);
    return { ...link, api: guarded(link.api, isTrusted) };
  };
}
