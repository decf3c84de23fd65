import type { Fact } from './facts';
import type { MediaView, SpectrogramPicture, ViewPart } from './mediaView';
import type { ModelInput, ModelSquare } from './modelInput';

export type * from './mediaView';
export type * from './modelInput';

/**
 * The contract between daemon and clients (the extension, the command line). JSON-RPC 2.0 over one WebSocket;
 * `initialize`, `initialized`, `shutdown`, `exit`, `$/progress` and `$/cancelRequest` are LSP's.
 * A method is its name, its params and its result; nothing else is shared.
 */

/** A file on this machine, or bytes that the client read (a virtual workspace, pasted data). */
export type FileSource = { path: string } | { name: string; base64: string };

/** A file, and what the user or the client knows of it beyond its bytes. */
export type MediaSource = FileSource & MediaHints;

export interface MediaHints {
  /** The user's word that a picture is a depth or a normal map, where neither its name nor its bytes say so. */
  as?: 'depth' | 'normal';
  /** The photograph of a depth or normal map; without it one is looked for beside the map by its file name. */
  photo?: FileSource;
  /** The file is from a workspace that nobody trusts: no native decoder and no other program may touch it. */
  restricted?: true;
  /** Frames of a video that the client decoded (WebCodecs in the panel): JPEG or PNG, in order of time. */
  frames?: SuppliedFrame[];
}

export interface SuppliedFrame {
  /** Seconds from the beginning. */
  time: number;
  base64: string;
}

export interface ChatTurn {
  question: string;
  answer: string;
}

/** `onelens/ask`: one question about zero or more files; pieces stream as `$/progress` on `partialResultToken`. */
export interface AskParams {
  media: MediaSource[];
  question: string;
  /** Earlier turns about the same media, oldest first. */
  history?: ChatTurn[];
  model?: string;
  maxTokens?: number;
  temperature?: number;
  topP?: number;
  seed?: number;
  /** Do not read or write the media cache. */
  noCache?: boolean;
  /** Nobody waits in front of it (a folder being described): questions that came later go first. */
  background?: boolean;
  partialResultToken?: string | number;
}

/** Values of `$/progress` for an ask, in this order: stages, media (with facts), pieces. */
export type AskProgress =
  | { kind: 'stage'; stage: 'starting' | 'loading' | 'decoding' | 'encoding' | 'prefill'; detail?: string }
  | { kind: 'media'; media: MediaReport[] }
  | { kind: 'piece'; text: string };

export interface MediaReport {
  file: string;
  modality: string;
  facts: Fact[];
  warnings: string[];
  /** Measured in Restricted Mode: there is more to know once the workspace is trusted. */
  restricted?: true;
  preview?: MediaPreview;
  /** Of a video whose frames nothing on the daemon's side could decode: seconds of the frames it would like to have. */
  wantsFrames?: number[];
  /** What of the file reached the model; of an answer's media only, where the backend tells. */
  input?: ModelInput;
}

/** What the panel draws for an attachment; made from the decoded media, never from the file itself. */
export type MediaPreview =
  | { kind: 'thumbnail'; pngBase64: string; width: number; height: number }
  | { kind: 'waveform'; peaks: number[]; duration: number; spectrogram?: SpectrogramPicture }
  | { kind: 'points'; xyz: number[]; rgb?: number[] }
  /** Pictures side by side: frames of a video in order, a photograph and its map, a slice of a scan. */
  | { kind: 'pictures'; pictures: CaptionedPicture[]; duration?: number }
  /** Lines over time, one a channel, each drawn over its own range. */
  | { kind: 'traces'; traces: Array<{ label: string; unit: string; values: number[] }>; duration: number };

export interface CaptionedPicture {
  /** "0.5 s", "photograph", "depth". */
  caption: string;
  pngBase64: string;
  width: number;
  height: number;
}

/**
 * The fields of the command line's `ask --json`. A cancelled ask (`$/cancelRequest`) is answered at once with this, too:
 * `stopped` is "cancelled", `text` is what had been streamed, and the numbers that were not reached are 0.
 */
export interface AskResult {
  text: string;
  /** The beginning of `text` that is not the model's: measured facts, and that a guess follows. Only where it was not sure. */
  lead?: string;
  /** Geometric mean of the chosen tokens' probabilities, 0..1; with `calibrated`, what that is worth. */
  confidence: number;
  /** `confidence` is the share of answers like this one that were right on held-out files. */
  calibrated?: boolean;
  model: string;
  device: string;
  media: MediaReport[];
  usage: { promptTokens: number; mediaTokens: number; completionTokens: number };
  timings: { decodeMs: number; encodeMs: number; firstTokenMs: number; totalMs: number; tokensPerSecond: number };
  cached: { media: boolean; prefixTokens: number };
  stopped: 'end' | 'length' | 'cancelled';
}

/** `initializationOptions` of `initialize`. Without a protocol the client is taken to speak ours. */
export interface InitializeOptions {
  protocol?: string;
}

/** The result of `initialize`. There is nothing to negotiate: `capabilities` names the protocol. */
export interface InitializeResult {
  capabilities: { experimental: { protocol: string } };
  serverInfo: { name: string; version: string };
}

export interface FactsParams {
  source: MediaSource;
  /** Ask for what the panel draws, too. */
  preview?: boolean;
}
export type FactsResult = MediaReport;

/** `onelens/plotData`: the numbers behind a picture of a plot; "none" where it is no plot. Needs no model. */
export interface PlotDataParams {
  source: MediaSource;
  /** Send the picture as it was decoded, too, so that the overlay can be drawn over it. */
  picture?: boolean;
}

export interface PlotDataResult {
  file: string;
  data: PlotData;
  /** The same numbers as RFC 4180 text with a header. */
  csv: string;
  /** Where the numbers were read, for drawing them over the picture. */
  overlay: PlotOverlay;
  /** PNG of the picture, shrunk where it is large; absent unless asked for. */
  pngBase64?: string;
}

/** The command line's `plot-data --format json`; a point on a time axis begins with an ISO 8601 string. */
export interface PlotData {
  kind: string;
  title: string | null;
  x: PlotDataAxis;
  y: PlotDataAxis;
  series: PlotDataSeries[];
  warnings: string[];
}

export interface PlotDataAxis {
  label: string | null;
  scale: 'linear' | 'log' | 'category' | 'time';
}

export interface PlotDataSeries {
  /** From the legend; null without an entry. */
  name: string | null;
  /** "#rrggbb". */
  color: string;
  points: Array<[number | string, number]>;
}

/** Pixels of the picture: x to the right, y down. */
export interface PlotOverlay {
  width: number;
  height: number;
  areas: Array<{ left: number; top: number; right: number; bottom: number }>;
  series: Array<{
    name: string | null;
    color: string;
    mark: 'line' | 'marker' | 'bar' | 'slice' | 'cell';
    points: Array<[number, number]>;
  }>;
}

/** `onelens/view`: what a larger preview shows. Needs no model. */
export interface ViewParams {
  source: MediaSource;
  part: ViewPart;
  /** Of `seen`: from the `input` that an answer reported. */
  square?: ModelSquare;
}

export interface ViewResult {
  file: string;
  view: MediaView;
}

export interface ModelInfo {
  id: string;
  name: string;
  path: string;
  parameters: number;
  bytes: number;
  dtype: string;
  active: boolean;
  modalities: string[];
  embedded: boolean;
  /** What is wrong with a damaged pack; it cannot be used. */
  problem?: string;
}

export type EngineState = 'stopped' | 'starting' | 'ready' | 'busy' | 'failed';

/** `onelens/models/use` and `onelens/models/remove`; both answer with the list as it is afterwards (`ModelInfo[]`). */
export interface ModelParams {
  id: string;
}

/** `onelens/models/import`: copies the model pack in `folder` into the store; answers with its `ModelInfo`. */
export interface ImportModelParams {
  folder: string;
}

/**
 * `onelens/retire`: a newer client asks an older daemon to make room. It ends at once where nobody else is connected
 * and nothing runs, else as soon as that is so. Answered before `initialize`, too.
 */
export interface RetireResult {
  now: boolean;
}

/** `onelens/status` (notification from the daemon, and the result of `onelens/getStatus`). */
export interface StatusInfo {
  state: EngineState;
  /** The model in use or to be used, and the device with the reason it was chosen. */
  model: string | null;
  device: string | null;
  deviceReason: string | null;
  detail?: string;
  enginePid?: number;
  daemonPid: number;
  version: string;
}

export const methods = {
  ask: 'onelens/ask',
  facts: 'onelens/facts',
  plotData: 'onelens/plotData',
  view: 'onelens/view',
  listModels: 'onelens/models/list',
  useModel: 'onelens/models/use',
  importModel: 'onelens/models/import',
  removeModel: 'onelens/models/remove',
  getStatus: 'onelens/getStatus',
  restartEngine: 'onelens/restartEngine',
  retire: 'onelens/retire',
  status: 'onelens/status',
  log: 'onelens/log',
} as const;

/** `onelens/log` notification. */
export interface LogMessage {
  level: 'debug' | 'info' | 'warn' | 'error';
  text: string;
}
