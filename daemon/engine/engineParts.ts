import type { ChatModel, EncodedMedia } from '../backends/chatModel';
import type { Fact } from '../media/fact';
import type { Media } from '../media/media';
import type { MediaPreview } from '../protocol/messages';
import type { EngineSource } from './messages';

/** A source read into memory. `file` is what the client called it: a path, or the name of sent bytes. */
export interface SourceFile {
  file: string;
  bytes: Uint8Array;
}

/** What the engine is made of; `engineEntry.ts` puts the real parts in, tests fakes. */
export interface EngineParts {
  read(source: EngineSource): Promise<SourceFile>;
  decode(bytes: Uint8Array, name: string, signal: AbortSignal): Promise<{ media: Media }>;
  measure(media: Media, file: { name: string; bytes: number }): Fact[] | Promise<Fact[]>;
  preview(media: Media): Promise<MediaPreview | undefined>;
  /** Loads the pack in `folder`. Throws MODEL_DAMAGED or MODEL_FAILED. */
  loadModel(folder: string): Promise<ChatModel>;
  /** Embeddings on disk, across restarts. Its own failures never fail an answer. */
  embeddings: EmbeddingStore;
}

export interface EmbeddingStore {
  get(key: string): Promise<EncodedMedia | undefined>;
  put(key: string, value: EncodedMedia): Promise<void>;
}
