import type { ImageMedia } from '../../media/media';
import { checkSides } from '../image/imageHeader';
import { translateSharpError } from '../image/sharpError';
import { openImage } from '../image/sharpLoader';
import { withLimit } from '../image/withLimit';
import { frameImage } from './frameSource';
import { fitInside } from './videoHeader';

/** Seconds that one call of the picture library may take. */
const TIME_LIMIT = 20;

/**
 * One picture (JPEG or PNG) as a frame of at most `side` pixels, turned clockwise by `rotation` degrees (a multiple of 90).
 * `rgba` says that the bytes are raw pixels of these sides. `format` names the video in errors. Throws FILE_DAMAGED and what else the picture library says.
 */
export async function decodePicture(
  bytes: Uint8Array,
  side: number,
  format: string,
  rotation = 0,
  signal?: AbortSignal,
  rgba?: { width: number; height: number },
): Promise<ImageMedia> {
  try {
    const raw = rgba ? { raw: { ...rgba, channels: 4 as const } } : {};
    const image = (await openImage(bytes, { failOn: 'error', ...raw }))
      .timeout({ seconds: TIME_LIMIT })
      .rotate(rotation)
      .resize({ width: side, height: side, fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .ensureAlpha()
      .raw({ depth: 'uchar' });
    const work = image.toBuffer({ resolveWithObject: true });
    const { data, info } = await withLimit(work, 'Decoding a frame', TIME_LIMIT, signal);
    return frameImage(clamped(data), info.width, info.height, format);
  } catch (error) {
    throw translateSharpError(error, format);
  }
}

/** Sides of the canvas of an animation, in pixels: as its frames are composed. Throws FILE_DAMAGED, FILE_TOO_LARGE. */
export async function canvasOf(bytes: Uint8Array, format: string): Promise<{ width: number; height: number }> {
  try {
    const { width, height } = await (await openImage(bytes)).metadata();
    checkSides(format, width, height);
    return { width, height };
  } catch (error) {
    throw translateSharpError(error, format);
  }
}

/**
 * Pages [first, first + count) of an animation, composed as they are shown, each at most `side` pixels.
 * `width` and `height` are those of the whole canvas.
 */
export async function decodePages(
  bytes: Uint8Array,
  pages: { first: number; count: number },
  canvas: { width: number; height: number },
  side: number,
  format: string,
  signal?: AbortSignal,
): Promise<ImageMedia[]> {
  try {
    const { width, height } = fitInside(canvas.width, canvas.height, side);
    const image = (await openImage(bytes, { page: pages.first, pages: pages.count, failOn: 'error' }))
      .timeout({ seconds: TIME_LIMIT })
      .resize({ width, height, fit: 'fill' })
      .toColourspace('srgb')
      .ensureAlpha()
      .raw({ depth: 'uchar' });
    const { data } = await withLimit(
      image.toBuffer({ resolveWithObject: true }),
      `Decoding the ${format} animation`,
      TIME_LIMIT,
      signal,
    );
    const size = width * height * 4;
    return Array.from({ length: Math.floor(data.length / size) }, (_, i) => {
      const frame = frameImage(clamped(data).slice(i * size, (i + 1) * size), width, height, format);
      return { ...frame, channels: 4, hasAlpha: true };
    });
  } catch (error) {
    throw translateSharpError(error, format);
  }
}

function clamped(data: Uint8Array): Uint8ClampedArray {
  return new Uint8ClampedArray(data.buffer as ArrayBuffer, data.byteOffset, data.length);
}
