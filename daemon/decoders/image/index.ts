import type { ImageMedia } from '../../media/media';
import type { Format } from '../format';
import { isAvif, readAvifHeader } from './avif';
import { decodeBmp } from './bmp';
import { detectBmp } from './bmpHeader';
import { decodeWithSharp } from './decodeWithSharp';
import { isGif, readGifHeader } from './gif';
import { IMAGE_LIMITS, type ImageHeader, MAX_IMAGE_BYTES } from './imageHeader';
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
  magic: string;
  detect: Format['detect'];
  maxBytes?: number;
  /** Checks the file as far as that goes without decoding pixels. */
  readHeader(bytes: Uint8Array): ImageHeader;
}

const surely = (is: (head: Uint8Array) => boolean) => (head: Uint8Array) => (is(head) ? 'yes' : 'no');

/** The formats that libvips decodes. */
const rows: readonly Row[] = [
  {
    id: 'png',
    name: 'PNG',
    extensions: ['.png', '.apng'],
    magic: '89 PNG 0D 0A 1A 0A',
    detect: surely(isPng),
    readHeader: readPngHeader,
  },
  {
    id: 'jpeg',
    name: 'JPEG',
    extensions: ['.jpg', '.jpeg', '.jpe', '.jfif'],
    magic: 'FF D8 FF',
    detect: surely(isJpeg),
    readHeader: readJpegHeader,
  },
  {
    id: 'webp',
    name: 'WebP',
    extensions: ['.webp'],
    magic: 'RIFF....WEBP',
    detect: surely(isWebp),
    readHeader: readWebpHeader,
  },
  {
    id: 'gif',
    name: 'GIF',
    extensions: ['.gif'],
    magic: 'GIF87a, GIF89a',
    detect: surely(isGif),
    readHeader: readGifHeader,
  },
  {
    id: 'tiff',
    name: 'TIFF',
    extensions: ['.tif', '.tiff'],
    magic: 'II 2A 00, MM 00 2A, II 2B 00, MM 00 2B',
    detect: surely(isTiff),
    readHeader: readTiffHeader,
  },
  {
    id: 'avif',
    name: 'AVIF',
    extensions: ['.avif'],
    magic: '....ftyp avif, avis',
    detect: surely(isAvif),
    readHeader: readAvifHeader,
  },
  {
    id: 'svg',
    name: 'SVG',
    extensions: ['.svg'],
    magic: 'text: <svg',
    detect: detectSvg,
    maxBytes: MAX_SVG_BYTES,
    readHeader: readSvgHeader,
  },
];

const MIME: Readonly<Record<string, string>> = { svg: 'image/svg+xml' };

function toFormat({ id, name, extensions, magic, detect, maxBytes = MAX_IMAGE_BYTES, readHeader }: Row): Format {
  return {
    id,
    kind: 'image',
    extensions,
    mime: MIME[id] ?? `image/${id}`,
    magic,
    detect,
    maxBytes,
    limits: IMAGE_LIMITS,
    decode: async (bytes, _name, signal) => decodeWithSharp(id, name, bytes, readHeader(bytes), signal),
  };
}

const bmp: Format = {
  id: 'bmp',
  kind: 'image',
  extensions: ['.bmp', '.dib'],
  mime: 'image/bmp',
  magic: 'BM',
  detect: detectBmp,
  maxBytes: 512 * 1024 * 1024,
  limits: IMAGE_LIMITS,
  decode: (bytes, _name, signal) => decodeBmp(bytes, signal),
};

/** The picture formats that can be read. */
export const formats: readonly Format[] = [...rows.map(toFormat), bmp];
