import type { Media } from '../media/media';

/** One file format that can be read: a row of a table. The bytes decide; the name only breaks ties. */
export interface Format {
  /** "png", "wav", "ply" ...; also what error messages call it, in upper case. */
  id: string;
  kind: 'image' | 'audio' | 'point';
  /** Lower case, with the dot. The first is the usual one. */
  extensions: readonly string[];
  mime: string;
  /**
   * How sure these first bytes (at least 4 KiB of the file where it has that many) make it:
   * "yes" = a signature that nothing else has; "maybe" = could be (text, headerless binary): then the extension decides.
   */
  detect(head: Uint8Array): 'yes' | 'maybe' | 'no';
  /** Largest file in bytes. */
  maxBytes: number;
  /**
   * Decodes a whole file. Every length, count and side from the header is checked against the file's size and the
   * limits before anything is allocated. Throws only OneLensError (FILE_DAMAGED, FILE_TRUNCATED, FILE_TOO_LARGE,
   * FILE_UNSUPPORTED, MEDIA_EMPTY). `signal` is looked at between chunks of long work.
   */
  decode(bytes: Uint8Array, name: string, signal?: AbortSignal): Promise<Media>;
}
