import { errors } from '../../common/errors';
import type { ImageMedia } from '../../media/media';
import { openImage } from './sharpLoader';
import { withLimit } from './withLimit';

/** Longest side of a preview in pixels. */
export const PREVIEW_SIDE = 512;

/** A picture as PNG bytes, shrunk (never enlarged) to `maxSide` pixels. */
export async function encodePng(image: ImageMedia, maxSide = PREVIEW_SIDE, signal?: AbortSignal): Promise<Uint8Array> {
  const { width, height, data } = image;
  const raw = await openImage(data, { raw: { width, height, channels: 4 } });
  const png = raw
    .resize({ width: maxSide, height: maxSide, fit: 'inside', withoutEnlargement: true })
    .png({ compressionLevel: 6 })
    .toBuffer()
    .catch((error: unknown) => {
      throw errors.internal(`the preview cannot be drawn (${error instanceof Error ? error.message : String(error)})`);
    });
  return new Uint8Array(await withLimit(png, 'Drawing the preview', 20, signal));
}
