import type { ImageMedia } from '../../media/media';
import type { Format } from '../format';
import { isAvif, readAvifHeader } from './avif';
import { decodeBmp } from './bmp';
import { detectBmp } from './bmpHeader';
import { decodeWithSharp } from './decodeWithSharp';
import { isGif, readGifHeader } from './gif';
import { type ImageHeader, MAX_IMAGE_BYTES } from './imageHeader';
import { isJpeg, readJpegHeader } from './jpeg';
import { isPng, readPngHeader } from './png';
import { detectSvg, MAX_SVG_BYTES, readSvgHeader } from './svg';
import { isTiff, readTiffHeader } from './tiff';
import { isWebp, readWebpHeader } from './webp';

interface Row {
  id: ImageMedia['format'];
  /** In error messages. */
  name: string;
  extensions: readonly string[];
  detect: Format['detect'];
  maxBytes?: number;
  /** Checks the file as far as that goes without decoding pixels. */
  readHeader(bytes: Uint8Array): ImageHeader;
}

const surely = (is: (head: Uint8Array) => boolean) => (head: Uint8Array) => (is(head) ? 'yes' : 'no');

/** The formats that libvips decodes. */
const rows: readonly Row[] = [
  { id: 'png', name: 'PNG', extensions: ['.png', '.apng'], detect: surely(isPng), readHeader: readPngHeader },
  {
    id: 'jpeg',
    name: 'JPEG',
    extensions: ['.jpg', '.jpeg', '.jpe', '.jfif'],
    detect: surely(isJpeg),
    readHeader: readJpegHeader,
  },
  { id: 'webp', name: 'WebP', extensions: ['.webp'], detect: surely(isWebp), readHeader: readWebpHeader },
  { id: 'gif', name: 'GIF', extensions: ['.gif'], detect: surely(isGif), readHeader: readGifHeader },
  { id: 'tiff', name: 'TIFF', extensions: ['.tif', '.tiff'], detect: surely(isTiff), readHeader: readTiffHeader },
  { id: 'avif', name: 'AVIF', extensions: ['.avif'], detect: surely(isAvif), readHeader: readAvifHeader },
  {
    id: 'svg',
    name: 'SVG',
    extensions: ['.svg'],
    detect: detectSvg,
    maxBytes: MAX_SVG_BYTES,
    readHeader: readSvgHeader,
  },
];

const MIME: Readonly<Record<string, string>> = { svg: 'image/svg+xml' };

function toFormat({ id, name, extensions, detect, maxBytes = MAX_IMAGE_BYTES, readHeader }: Row): Format {
  return {
    id,
    kind: 'image',
    extensions,
    mime: MIME[id] ?? `image/${id}`,
    detect,
    maxBytes,
    decode: async (bytes, _name, signal) => decodeWithSharp(id, name, bytes, readHeader(bytes), signal),
  };
}

const bmp: Format = {
  id: 'bmp',
  kind: 'image',
  extensions: ['.bmp', '.dib'],
  mime: 'image/bmp',
  detect: detectBmp,
  maxBytes: 512 * 1024 * 1024,
  decode: (bytes, _name, signal) => decodeBmp(bytes, signal),
};

/** The picture formats that can be read. */
export const formats: readonly Format[] = [...rows.map(toFormat), bmp];
