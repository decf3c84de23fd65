import type { Sharp, default as SharpFactory, SharpInput, SharpOptions } from 'sharp';
import { errors } from '../../common/errors';
import { MAX_PIXELS } from './imageHeader';

/** The only importer of sharp (libvips). It is native, so it is loaded at the first picture and not before. */

let loading: Promise<typeof SharpFactory> | undefined;

async function load(): Promise<typeof SharpFactory> {
  try {
    const sharp = (await import('sharp')).default;
    // every file is decoded once: a cache would only hold memory
    sharp.cache(false);
    return sharp;
  } catch (error) {
    loading = undefined;
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw errors.internal(`the picture library sharp cannot be loaded (${reason})`);
  }
}

/** A pipeline over bytes with this project's limits. */
export async function openImage(input: SharpInput, options: SharpOptions = {}): Promise<Sharp> {
  loading ??= load();
  const sharp = await loading;
  return sharp(input, { limitInputPixels: MAX_PIXELS, sequentialRead: true, ...options });
}
