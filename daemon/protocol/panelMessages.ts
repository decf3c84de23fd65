import type { AskResult, MediaReport, PlotDataResult, StatusInfo, SuppliedFrame } from './messages';

/** The contract between the chat panel (webview) and the extension, both ways; each message is one `type`. */

/** An attachment as the panel shows it. `id` is the extension's. */
export interface PanelAttachment {
  id: string;
  name: string;
  report?: MediaReport;
  error?: string;
}

export interface PanelTurn {
  id: string;
  question: string;
  attachments: PanelAttachment[];
  answer: string;
  state: 'waiting' | 'streaming' | 'done' | 'stopped' | 'failed';
  stage?: string;
  error?: { code: string; text: string };
  result?: AskResult;
}

export type ToPanel =
  | { type: 'restore'; turns: PanelTurn[]; attachments: PanelAttachment[]; status: StatusInfo | null }
  | { type: 'attachments'; attachments: PanelAttachment[] }
  | { type: 'turn'; turn: PanelTurn }
  | { type: 'piece'; id: string; text: string }
  | { type: 'status'; status: StatusInfo | null }
  | { type: 'focus' }
  /** A video whose frames the page may be able to decode (WebCodecs); answered by `frames` with the same id. */
  | { type: 'decodeFrames'; id: string; bytes: Uint8Array; times: number[]; side: number };

export type FromPanel =
  | { type: 'ready' }
  | { type: 'ask'; question: string }
  | { type: 'stop'; id: string }
  | { type: 'newChat' }
  | { type: 'attach' }
  | { type: 'attachUris'; uris: string[] }
  | { type: 'attachBytes'; name: string; base64: string }
  | { type: 'detach'; id: string }
  | { type: 'copy'; text: string }
  | { type: 'showLog' }
  | { type: 'restartEngine' }
  /** `frames` is empty where the page cannot decode the video; `reason` says why. */
  | { type: 'frames'; id: string; frames: SuppliedFrame[]; reason?: string };

/** The contract between the page that shows a plot's extracted data and the extension. */
export type ToPlotPage = { type: 'plot'; name: string; result: PlotDataResult };

export type FromPlotPage = { type: 'ready' } | { type: 'openCsv' } | { type: 'openJson' } | { type: 'copyCsv' };
