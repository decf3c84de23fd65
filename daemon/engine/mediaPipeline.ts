import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import type { ChatModel, EncodedMedia } from '../backends/chatModel';
import { errors, isOneLensError, OneLensError } from '../common/errors';
import type { ImageMedia, Media } from '../media/media';
import type { MediaReport } from '../protocol/messages';
import type { EngineParts, SourceFile } from './engineParts';
import { LruCache } from './lruCache';

/** What is known of a file's content without the file: its report, apart from the name. */
type ContentReport = Omit<MediaReport, 'file'> & { previewed: boolean };

/** A source on its way to the model. `media` is decoded when first asked for, and only then. */
export interface OpenMedia {
  report: MediaReport;
  /** The source's: the same content asked about in the same way. */
  key: string;
  media(): Promise<Media>;
  /** Set once decoded. */
  decoded: Media | undefined;
}

const REPORT_LIMIT = 300;
const EMBEDDING_LIMIT_BYTES = 64 << 20;
const PICTURE_LIMIT_BYTES = 64 << 20;

/** bytes > media > facts and preview, and media > embeddings; each kept by content hash, so that the same file is worked on once. */
export class MediaPipeline {
  private readonly reports = new LruCache<ContentReport>(REPORT_LIMIT, () => 1);
  private readonly embeddings = new LruCache<EncodedMedia>(EMBEDDING_LIMIT_BYTES, (e) => e.embeddings.byteLength);

  /** What is read in a picture (its text, a plot's data) is remembered for as long as the picture is held. */
  private readonly pictures = new LruCache<ImageMedia>(PICTURE_LIMIT_BYTES, (image) => image.data.byteLength);

  constructor(private readonly parts: EngineParts) {}

  /** Reads a file and measures it, from the cache where its content was seen before. */
  async open(
    source: SourceFile,
    options: { preview: boolean; noCache: boolean },
    signal: AbortSignal,
  ): Promise<OpenMedia> {
    const open: OpenMedia = {
      report: { file: source.file, modality: '', facts: [], warnings: [] },
      key: source.key,
      decoded: undefined,
      media: async () => {
        open.decoded ??= await this.decode(source, signal, options.noCache);
        return open.decoded;
      },
    };
    const known = options.noCache ? undefined : this.reports.get(source.key);
    const content = known ?? (await this.measure(await open.media(), source, signal));
    if (signal.aborted) throw errors.cancelled();
    if (options.preview && !content.previewed) await this.addPreview(content, await open.media());
    if (!options.noCache) this.reports.set(source.key, content);
    open.report = report(source.file, content, options.preview);
    return open;
  }

  /** Embeddings of opened media: memory, then disk, then the encoder. */
  async encode(
    open: OpenMedia,
    model: ChatModel,
    noCache: boolean,
    signal: AbortSignal,
  ): Promise<{ encoded: EncodedMedia; cached: boolean }> {
    const key = `${open.key}-${createHash('sha256').update(model.encoderFingerprint).digest('hex').slice(0, 16)}`;
    const known = noCache ? undefined : (this.embeddings.get(key) ?? (await this.parts.embeddings.get(key)));
    if (known) {
      this.embeddings.set(key, known);
      return { encoded: known, cached: true };
    }
    const encoded = await model.encode(await open.media(), signal);
    if (!noCache) {
      this.embeddings.set(key, encoded);
      await this.parts.embeddings.put(key, encoded);
    }
    return { encoded, cached: false };
  }

  /** A picture that was seen lately is the same object again. Throws what decoders throw, naming the file. */
  async decode(source: SourceFile, signal: AbortSignal, noCache = false): Promise<Media> {
    const known = noCache ? undefined : this.pictures.get(source.key);
    if (known) return known;
    try {
      const { media } = await this.parts.decode(source, signal);
      // another request may have decoded it meanwhile: one object for both
      const meanwhile = noCache ? undefined : this.pictures.get(source.key);
      if (meanwhile) return meanwhile;
      if (media.kind === 'image' && !noCache) this.pictures.set(source.key, media);
      return media;
    } catch (error) {
      throw withFileName(error, source.file);
    }
  }

  private async measure(media: Media, source: SourceFile, signal: AbortSignal): Promise<ContentReport> {
    const facts = await this.parts.measure(media, { name: source.file, bytes: source.size }, signal);
    return { modality: media.kind, facts, warnings: media.warnings, previewed: false, ...wanted(media) };
  }

  /** Once a content: some kinds have none. */
  private async addPreview(content: ContentReport, media: Media): Promise<void> {
    const preview = await this.parts.preview(media);
    content.previewed = true;
    if (preview) content.preview = preview;
  }
}

function report(file: string, content: ContentReport, preview: boolean): MediaReport {
  const { preview: shown, previewed: _, ...rest } = content;
  return { file, ...rest, ...(preview && shown ? { preview: shown } : {}) };
}

/** Frames that a client may decode instead: the middles of equal parts of the video. */
const WANTED_FRAMES = 16;

function wanted(media: Media): Pick<MediaReport, 'wantsFrames'> {
  if (media.kind !== 'video' || media.frames.length > 0 || !(media.duration > 0)) return {};
  const count = Math.max(1, Math.min(WANTED_FRAMES, media.totalFrames ?? WANTED_FRAMES));
  return { wantsFrames: Array.from({ length: count }, (_, i) => ((i + 0.5) * media.duration) / count) };
}

/** Decoders see bytes; who asked about several files must be told which one is bad. */
function withFileName(error: unknown, file: string): unknown {
  const name = basename(file);
  if (!isOneLensError(error) || error.exitCode !== 3 || error.what.includes(name)) return error;
  return new OneLensError(error.code, error.exitCode, `${JSON.stringify(name)}: ${error.what}`, error.remedy);
}
