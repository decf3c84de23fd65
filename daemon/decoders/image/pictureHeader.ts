import { isAvif, readAvifHeader } from './avif';
import { isGif, readGifHeader } from './gif';
import type { ImageHeader } from './imageHeader';
import { isJpeg, readJpegHeader } from './jpeg';
import { isPng, readPngHeader } from './png';
import { isTiff, readTiffHeader } from './tiff';
import { isWebp, readWebpHeader } from './webp';

export interface HeaderFound {
  /** "PNG". */
  name: string;
  header: ImageHeader;
}

/** SVG is not among them: it is a drawing that has no sides before it is drawn. */
const READERS: ReadonlyArray<[string, (head: Uint8Array) => boolean, (bytes: Uint8Array) => ImageHeader]> = [
  ['PNG', isPng, readPngHeader],
  ['JPEG', isJpeg, readJpegHeader],
  ['WebP', isWebp, readWebpHeader],
  ['GIF', isGif, readGifHeader],
  ['TIFF', isTiff, readTiffHeader],
  ['AVIF', isAvif, readAvifHeader],
];

/** By readers of ours alone, without decoding a pixel; undefined for what is none of these. Throws what they throw. */
export function pictureHeader(bytes: Uint8Array): HeaderFound | undefined {
  const row = READERS.find(([, is]) => is(bytes));
  return row === undefined ? undefined : { name: row[0], header: row[2](bytes) };
}
