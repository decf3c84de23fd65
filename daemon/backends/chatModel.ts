import type { Modality } from '../common/modality';
import type { ConfidenceCalibration } from '../common/modelConfig';
import type { ModelInput } from '../common/modelInput';
import type { Media } from '../media/media';

/** A model that answers questions about media. One interface; `oneLlm.ts` is behind it, others follow. */
export interface ChatModel {
  readonly id: string;
  /** "cpu", "cuda", "webgpu", "dml", "coreml". */
  readonly device: string;
  /** One sentence: why this device, and what was tried before it. */
  readonly deviceReason: string;
  readonly modalities: readonly Modality[];
  /** Changes whenever the same file would encode to other numbers (weights, preprocessing): part of the media cache's key. */
  readonly encoderFingerprint: string;
  /** Preprocesses and encodes one medium. `signal` is looked at between graphs and frames. */
  encode(media: Media, signal: AbortSignal): Promise<EncodedMedia>;
  /** What its confidence is worth; absent: not measured. */
  readonly calibration?: ConfidenceCalibration;
  /** `onPiece` also gets the confidence of the whole text so far. */
  generate(
    request: GenerateRequest,
    signal: AbortSignal,
    onPiece: (text: string, confidence: number) => void,
  ): Promise<GenerateResult>;
  close(): Promise<void>;
}

/** Media embeddings after the projection, without tags: [tokens * D]. */
export interface EncodedMedia {
  modality: Modality;
  embeddings: Float32Array;
  tokens: number;
  warnings: string[];
  /** What of the file was encoded; absent where the backend does not tell. */
  input?: ModelInput;
}

export interface GenerateRequest {
  media: EncodedMedia[];
  /** Earlier turns, then the open question. */
  history: Array<{ question: string; answer: string }>;
  question: string;
  /** What was measured in the files, as `groundingText` writes it; a model that was not taught to read it leaves it out. */
  facts?: string;
  maxTokens: number;
  /** 0 = greedy. */
  temperature: number;
  topP: number;
  seed: number;
}

export interface GenerateResult {
  text: string;
  /** Geometric mean of the chosen tokens' probabilities at temperature 1; 0 for an empty answer. */
  confidence: number;
  promptTokens: number;
  /** Positions that media and their tags took. */
  mediaTokens: number;
  completionTokens: number;
  /** Positions taken over from an earlier turn's cache. */
  prefixTokens: number;
  firstTokenMs: number;
  tokensPerSecond: number;
  stopped: 'end' | 'length' | 'cancelled';
}
