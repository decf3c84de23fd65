import type { linkOpener } from './openLink';
import type { OpenLink } from './supervisor';

/** `linkOpener`, loaded with its first use: the language client is most of the extension's code, and a window that asks nothing never needs it. */
export function openLinkLater(...needs: Parameters<typeof linkOpener>): OpenLink {
  return async (events, signal) => {
    const { linkOpener: loaded } = await import('./openLink');
    return loaded(...needs)(events, signal);
  };
}
