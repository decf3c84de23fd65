import type { ChatModel, EncodedMedia } from '../backends/chatModel';
import type { ByteSource } from '../decoders/format';
import type { Fact } from '../media/fact';
import type { ImageMedia, Media } from '../media/media';
import type { MediaPreview, MediaReport, MediaView, PlotDataResult } from '../protocol/messages';
import type { EngineSource, EngineView } from './messages';

/** A source that can be decoded. `file` is what the client called it: a path, or the name of sent bytes. */
export interface SourceFile {
  file: string;
  /** Bytes of the file. */
  size: number;
  /** The same key is the same content, asked about with the same hints; whatever its name. */
  key: string;
  /** The whole file in memory, or a large one that is read piece by piece. */
  content: { bytes: Uint8Array } | { pieces: ByteSource };
  /** The user's word on what a picture is. */
  as?: 'depth' | 'normal';
  /** The photograph that belongs to a depth or normal map. */
  photo?: SourceFile;
  /** No native decoder and no other program may touch it. */
  restricted?: true;
  /** Frames of a video, decoded by the client. */
  frames?: Array<{ time: number; bytes: Uint8Array }>;
}

/** What the engine is made of; `engineComposition.ts` puts the real parts in, tests fakes. */
export interface EngineParts {
  /** Opens a source. Throws what the store's reader throws, and FILE_UNKNOWN_KIND. */
  read(source: EngineSource, signal: AbortSignal): Promise<SourceFile>;
  decode(source: SourceFile, signal: AbortSignal): Promise<{ media: Media }>;
  /** Of a restricted source that may not be decoded what its header says; undefined of one that may. */
  outline(source: SourceFile): Promise<Omit<MediaReport, 'file'> | undefined>;
  measure(media: Media, file: { name: string; bytes: number }, signal: AbortSignal): Fact[] | Promise<Fact[]>;
  preview(media: Media): Promise<MediaPreview | undefined>;
  /** What a larger preview shows. Throws CANCELLED, and FILE_NO_PICTURE for squares of what is no picture. */
  view(media: Media, want: Omit<EngineView, 'source'>, signal: AbortSignal): Promise<MediaView>;
  /** Reads the numbers behind a picture of a plot. */
  plotData(image: ImageMedia, withPicture: boolean, signal: AbortSignal): Promise<Omit<PlotDataResult, 'file'>>;
  /** Loads the pack in `folder`. Throws MODEL_DAMAGED or MODEL_FAILED. */
  loadModel(folder: string): Promise<ChatModel>;
  /** Embeddings on disk, across restarts. Its own failures never fail an answer. */
  embeddings: EmbeddingStore;
}

export interface EmbeddingStore {
  get(key: string): Promise<EncodedMedia | undefined>;
  put(key: string, value: EncodedMedia): Promise<void>;
}
