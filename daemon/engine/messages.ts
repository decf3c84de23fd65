import type { SerializedError } from '../common/errors';
import type { LogLevel } from '../common/logger';
import type {
  AskProgress,
  AskResult,
  ChatTurn,
  MediaReport,
  ModelSquare,
  PlotDataResult,
  ViewPart,
  ViewResult,
} from '../protocol/messages';

/**
 * The contract between daemon (parent) and engine (child process), over Node's IPC channel with the "advanced"
 * serialization, so that bytes travel as bytes. The engine keeps nothing but caches: every request says all it needs,
 * and a request that was lost with a dead engine is never repeated by itself.
 */

/** A file that the engine reads, or bytes that a client sent. */
export type EngineFile = { path: string } | { name: string; bytes: Uint8Array };

/** A file with the hints of the protocol's `MediaHints`. */
export type EngineSource = EngineFile & {
  as?: 'depth' | 'normal';
  photo?: EngineFile;
  restricted?: true;
  frames?: Array<{ time: number; bytes: Uint8Array }>;
};

/** The pack to answer with, or why there is none: raised after decoding, so that a bad file is told first. */
export type ModelChoice = { folder: string } | { error: SerializedError };

export interface EngineAsk {
  sources: EngineSource[];
  question: string;
  history: ChatTurn[];
  model: ModelChoice;
  maxTokens: number;
  temperature: number;
  topP: number;
  seed: number;
  noCache: boolean;
  /** Lets others go first while it waits. */
  background?: boolean;
}

export interface EngineFacts {
  source: EngineSource;
  preview: boolean;
}

export interface EnginePlotData {
  source: EngineSource;
  picture: boolean;
}

export interface EngineView {
  source: EngineSource;
  part: ViewPart;
  square?: ModelSquare;
}

export interface EngineMethods {
  /** Streams stages, then media, then pieces. Answers one at a time. */
  ask: { params: EngineAsk; result: AskResult };
  /** Streams stages. Runs between the tokens of an answer. */
  facts: { params: EngineFacts; result: MediaReport };
  /** Streams stages, like facts. */
  plotData: { params: EnginePlotData; result: PlotDataResult };
  /** Streams stages, like facts. */
  view: { params: EngineView; result: ViewResult };
}

export type EngineMethod = keyof EngineMethods;

export type EngineRequest = {
  [M in EngineMethod]: { type: 'request'; id: number; method: M; params: EngineMethods[M]['params'] };
}[EngineMethod];

export type ToEngine = EngineRequest | { type: 'cancel'; id: number };

/** The model in memory. */
export interface LoadedModel {
  id: string;
  device: string;
  deviceReason: string;
}

export type FromEngine =
  | { type: 'ready' }
  | { type: 'model'; model: LoadedModel | null }
  | { type: 'progress'; id: number; value: AskProgress }
  | { type: 'result'; id: number; value: EngineMethods[EngineMethod]['result'] }
  | { type: 'error'; id: number; error: SerializedError }
  | { type: 'log'; level: LogLevel; text: string };
