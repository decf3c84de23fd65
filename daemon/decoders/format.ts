import type { AudioMedia, ImageMedia, Media } from '../media/media';

/** One file format that can be read: a row of a table. The bytes decide; the name only breaks ties. */
export interface Format {
  /** "png", "wav", "ply" ...; also what error messages call it, in upper case. */
  id: string;
  kind: Media['kind'];
  /** Lower case, with the dot. The first is the usual one. */
  extensions: readonly string[];
  mime: string;
  /**
   * How sure these first bytes (at least 4 KiB of the file where it has that many) make it:
   * "yes" = a signature that nothing else has; "maybe" = could be (text, headerless binary): then the extension decides.
   * `name` is for formats that only the name tells from a plainer one (a depth map is a PNG): such a format comes
   * before the plain one in the table, and answers "no" unless the name or the header says so.
   */
  detect(head: Uint8Array, name?: string): 'yes' | 'maybe' | 'no';
  /** The first bytes for people, as `detect` looks for them: "89 50 4E 47", "RIFF....WAVE", "text: rows of numbers". */
  magic: string;
  /** Largest file in bytes. */
  maxBytes: number;
  /** The other limits, in words, from the constants that hold them: "100 megapixels". */
  limits: string;
  /**
   * Decodes a whole file. Every length, count and side from the header is checked against the file's size and the
   * limits before anything is allocated. Throws only OneLensError (FILE_DAMAGED, FILE_TRUNCATED, FILE_TOO_LARGE,
   * FILE_UNSUPPORTED, MEDIA_EMPTY). `signal` is looked at between chunks of long work.
   */
  decode(bytes: Uint8Array, name: string, signal?: AbortSignal, tools?: DecodeTools): Promise<Media>;
  /**
   * For files too large for the memory: reads what it needs, samples, and never holds the whole. Present where
   * `maxBytes` is beyond what `decode` takes; used for files over `STREAM_ABOVE_BYTES`.
   */
  decodeStream?(source: ByteSource, name: string, signal?: AbortSignal): Promise<Media>;
}

/** Files above this are read piece by piece by formats that can (`decodeStream`). */
export const STREAM_ABOVE_BYTES = 64 * 1024 ** 2;

/** The largest file that is ever held whole. */
export const MAX_WHOLE_BYTES = 2 * 1024 ** 3 - 1;

/** A file that is read piece by piece. */
export interface ByteSource {
  size: number;
  /** Bytes [offset, offset + length), fewer at the end of the file. Throws FILE_UNREADABLE. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** What a decoder cannot do by itself, given by the composition root; absent where this machine has none. */
export interface DecodeTools {
  video?: VideoFrameTool;
  /** The file is from a workspace that nobody trusts: no native code may touch it. */
  restricted?: true;
  /** The user's word that a picture is a depth or a normal map, where neither its name nor its bytes say so. */
  as?: 'depth' | 'normal';
  /** The photograph that belongs to a depth or normal map: found beside it by its name, or named by the user. */
  photo?: { file: string; image: ImageMedia };
}

/** Decodes the frames of a video file (the user's ffmpeg, or frames that the panel decoded with WebCodecs). */
export interface VideoFrameTool {
  /** "ffmpeg" or "WebCodecs". */
  name: string;
  /** Frames at about these seconds, in order, at most `side` pixels on the longer side. Throws OneLensError. */
  frames(
    bytes: Uint8Array,
    request: { times: number[]; side: number },
    signal?: AbortSignal,
  ): Promise<Array<{ time: number; image: ImageMedia }>>;
  /** The sound track as mono or stereo samples; undefined where it cannot. */
  sound?(bytes: Uint8Array, signal?: AbortSignal): Promise<AudioMedia | undefined>;
}
