import type { MediaView, ViewPart } from './mediaView';
import type { AskResult, MediaReport, PlotDataResult, StatusInfo, SuppliedFrame } from './messages';
import type { ModelSquare } from './modelInput';

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
  /** The window was closed, or the extension ended, before the answer was whole. */
  interrupted?: boolean;
  /** Where the question was answered more than once: how many answers there are, and which is shown (0 is the oldest). */
  answers?: { count: number; shown: number };
  /** A new answer was asked for and is the same: because the likeliest word is always taken, or by chance. */
  sameAgain?: 'greedy' | 'chance';
}

/** A turn whose files and reports are named by their place in the lists of the message that carries it. */
export type PackedTurn = Omit<PanelTurn, 'attachments' | 'result'> & {
  files: number[];
  result?: Omit<AskResult, 'media'> & { media: number[] };
};

/** A file of the workspace that `#` offers. */
export interface FoundFile {
  uri: string;
  name: string;
  /** From the workspace's root; '' at the root itself. */
  folder: string;
}

/** What a larger preview asks for: the daemon's parts, what was read in a plot, the file's own bytes to play. */
export type PanelViewPart = ViewPart | 'plot' | 'bytes';

export type PanelView =
  | Exclude<MediaView, { kind: 'wav' }>
  | { kind: 'plot'; result: PlotDataResult }
  /** Something to play; `seconds` of `of` where it was decoded and may be the beginning only. */
  | { kind: 'bytes'; bytes: Uint8Array; seconds?: number; of?: number };

export type ToPanel =
  | { type: 'restore'; turns: PanelTurn[]; attachments: PanelAttachment[]; status: StatusInfo | null }
  /** The same, with what many turns share said once: a preview is large, and so are a file's facts. */
  | {
      type: 'restorePacked';
      turns: PackedTurn[];
      files: PanelAttachment[];
      reports: MediaReport[];
      attachments: PanelAttachment[];
      status: StatusInfo | null;
    }
  | { type: 'attachments'; attachments: PanelAttachment[] }
  | { type: 'turn'; turn: PanelTurn }
  | { type: 'piece'; id: string; text: string }
  | { type: 'status'; status: StatusInfo | null }
  | { type: 'focus' }
  /** One file, wherever it is shown. */
  | { type: 'attachment'; attachment: PanelAttachment }
  /** Answers `findFiles` of the same number; the best match first. */
  | { type: 'filesFound'; request: number; files: FoundFile[] }
  /** Attach the picture that is on the clipboard; nothing answers. */
  | { type: 'pasteClipboard' }
  /** Whether the workspace is trusted; in Restricted Mode the panel says what that means. */
  | { type: 'trust'; trusted: boolean }
  /** A video whose frames the page may be able to decode (WebCodecs); answered by `frames` with the same id. */
  | { type: 'decodeFrames'; id: string; bytes: Uint8Array; times: number[]; side: number }
  /** Answers to `view`, by its id. */
  | { type: 'viewed'; id: string; view: PanelView }
  | { type: 'viewFailed'; id: string; text: string };

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
  /** Into the active text editor, in place of what is selected there. */
  | { type: 'insert'; text: string }
  /** A new answer to the same question, in its place. */
  | { type: 'regenerate'; id: string }
  /** The question asked otherwise; it and what followed are replaced. */
  | { type: 'resend'; id: string; question: string }
  | { type: 'chooseAnswer'; id: string; index: number }
  /** Files that came into sight and of which nothing is known yet. */
  | { type: 'inspect'; ids: string[] }
  | { type: 'extractData'; id: string }
  /** null: nobody waits for the answer any more. */
  | { type: 'findFiles'; request: number; query: string | null }
  | { type: 'openLink'; href: string }
  | { type: 'openTemperature' }
  | { type: 'showLog' }
  | { type: 'restartEngine' }
  | { type: 'manageTrust' }
  /** `frames` is empty where the page cannot decode the video; `reason` says why. */
  | { type: 'frames'; id: string; frames: SuppliedFrame[]; reason?: string }
  /** A larger preview of an attachment was opened, or wants more; `id` is the page's; `square` is of "seen". */
  | { type: 'view'; id: string; attachment: string; part: PanelViewPart; square?: ModelSquare }
  | { type: 'cancelView'; id: string };

/** The contract between the page that shows a plot's extracted data and the extension. */
export type ToPlotPage = { type: 'plot'; name: string; result: PlotDataResult };

export type FromPlotPage = { type: 'ready' } | { type: 'openCsv' } | { type: 'openJson' } | { type: 'copyCsv' };
