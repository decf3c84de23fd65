import type { FromPanel, ToPanel } from '../daemon/protocol/panelMessages';

/** What the page keeps for itself across hiding and reloading; the conversation is the extension's. */
export interface KeptState {
  draft: string;
}

interface VsCodeApi {
  postMessage(message: FromPanel): void;
  getState(): KeptState | undefined;
  setState(state: KeptState): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The way to the extension. The only caller of `acquireVsCodeApi`, which may be called once. */
export interface Host {
  post(message: FromPanel): void;
  onMessage(listener: (message: ToPanel) => void): void;
  kept(): KeptState;
  keep(state: KeptState): void;
}

export function connectHost(): Host {
  const api = acquireVsCodeApi();
  return {
    post: (message) => api.postMessage(message),
    onMessage: (listener) => window.addEventListener('message', (event: MessageEvent<ToPanel>) => listener(event.data)),
    kept: () => api.getState() ?? { draft: '' },
    keep: (state) => api.setState(state),
  };
}
