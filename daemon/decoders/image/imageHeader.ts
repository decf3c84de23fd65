import { errors } from '../../common/errors';

/** What a picture's own header says, read before any pixel is decoded. */
export interface ImageHeader {
  /** Pixels, as stored: an EXIF orientation is not applied yet. At least 1. */
  width: number;
  height: number;
  /** Channels and bits a channel where the header says it better than the decoder does. */
  channels?: number;
  bitDepth?: number;
  /** Frames or pages; 1 when absent. */
  frames?: number;
  /** Whether the file states its dots an inch; where unknown, 72 from the decoder means nothing (it is its default). */
  statesDensity?: boolean;
  /** The bytes to decode where they are not the file itself (a mended end, a normalised text). */
  bytes?: Uint8Array;
  /** Nothing but a complete decode without complaints will do: the file looked cut. */
  suspect?: string;
  warnings: string[];
}

/** Pixels of the largest picture that is decoded: 100 megapixels. */
export const MAX_PIXELS = 100_000_000;
/** Longest side that is kept in memory; larger pictures are shrunk while they are decoded. */
export const MAX_SIDE = 4096;
/** Largest picture file in bytes (256 MiB). */
export const MAX_IMAGE_BYTES = 256 * 1024 * 1024;
/** For the table of formats. */
export const IMAGE_LIMITS = `${MAX_PIXELS / 1e6} megapixels`;

/** Throws FILE_DAMAGED for a side of 0 and FILE_TOO_LARGE above `MAX_PIXELS`. Sides in pixels. */
export function checkSides(format: string, width: number, height: number): void {
  if (width < 1 || height < 1) throw errors.damaged(format, `its header says ${width} × ${height} pixels`);
  if (width * height > MAX_PIXELS) {
    const mega = Math.round((width * height) / 1e6).toLocaleString('en-US');
    throw errors.tooLarge(
      `${format} picture`,
      `${width} × ${height} pixels (${mega} megapixels)`,
      `${MAX_PIXELS / 1e6} megapixels`,
    );
  }
}
