import { errors } from '../../common/errors';
import { ByteReader, startsWith } from './byteReader';
import { checkSides } from './imageHeader';

/** BMP file and DIB headers (Microsoft: BITMAPFILEHEADER, BITMAPCOREHEADER to BITMAPV5HEADER; all little-endian). */

/** Sizes of the known DIB headers; 12 is OS/2's, 40 the usual one, 108 and 124 versions 4 and 5. */
const DIB_SIZES = [12, 40, 52, 56, 64, 108, 124];
const BIT_COUNTS = [1, 4, 8, 16, 24, 32];

export type BmpCompression = 'none' | 'rle8' | 'rle4' | 'masks';
const COMPRESSIONS: Readonly<Record<number, BmpCompression>> = {
  0: 'none',
  1: 'rle8',
  2: 'rle4',
  3: 'masks',
  6: 'masks',
};

export interface BmpHeader {
  width: number;
  height: number;
  /** Rows are stored from the top. */
  topDown: boolean;
  /** Bits a pixel. */
  bits: number;
  compression: BmpCompression;
  /** First byte of the pixels. */
  dataAt: number;
  /** RGB triples, for 1, 4 and 8 bits. */
  palette: Uint8Array;
  /** Red, green, blue, alpha masks, for 16 and 32 bits. */
  masks: [number, number, number, number];
  /** Dots an inch where stated. */
  density?: number;
}

/** A signature of two letters is weak: the DIB header's size makes it sure. */
export function detectBmp(head: Uint8Array): 'yes' | 'maybe' | 'no' {
  if (!startsWith(head, [0x42, 0x4d])) return 'no';
  const dib = head.length >= 18 ? new ByteReader(head, 'BMP', true).u32(14) : 0;
  return DIB_SIZES.includes(dib) ? 'yes' : 'maybe';
}

export function readBmpHeader(bytes: Uint8Array): BmpHeader {
  const read = new ByteReader(bytes, 'BMP', true);
  read.need(0, 26, 'the header');
  const dib = read.u32(14);
  if (!DIB_SIZES.includes(dib)) throw errors.damaged('BMP', `its header says it is ${dib} bytes long`);
  read.need(14, dib, 'the header');
  const sides = dib === 12 ? coreSides(read) : infoSides(read);
  checkSides('BMP', sides.width, sides.height);
  const bits = read.u16(dib === 12 ? 24 : 28);
  if (!BIT_COUNTS.includes(bits)) throw errors.damaged('BMP', `its header says ${bits} bits a pixel`);
  const compression = readCompression(read, dib, bits);
  const dataAt = read.u32(10);
  const tableAt = 14 + dib + (dib === 40 && compression === 'masks' ? (read.u32(30) === 6 ? 16 : 12) : 0);
  if (dataAt < tableAt) throw errors.damaged('BMP', `its pixels begin at byte ${dataAt}, inside the header`);
  if (dataAt >= read.length)
    throw errors.truncated('BMP', `its pixels begin at byte ${dataAt}, and the file has ${read.length} bytes`);
  const dotsPerMeter = dib === 12 ? 0 : read.i32(38);
  return {
    ...sides,
    bits,
    compression,
    dataAt,
    palette: bits <= 8 ? readPalette(read, dib, bits, tableAt, dataAt) : new Uint8Array(0),
    masks: compression === 'masks' ? readMasks(read, dib) : defaultMasks(bits),
    ...(dotsPerMeter > 0 ? { density: Math.round(dotsPerMeter * 0.0254) } : {}),
  };
}

function coreSides(read: ByteReader) {
  return { width: read.u16(18), height: read.u16(20), topDown: false };
}

function infoSides(read: ByteReader) {
  const height = read.i32(22);
  return { width: read.i32(18), height: Math.abs(height), topDown: height < 0 };
}

function readCompression(read: ByteReader, dib: number, bits: number): BmpCompression {
  if (dib === 12) return 'none';
  const id = read.u32(30);
  if (id === 4 || id === 5) throw errors.unsupported('BMP', `an embedded ${id === 4 ? 'JPEG' : 'PNG'} picture`);
  const compression = COMPRESSIONS[id];
  const fits = { none: true, rle8: bits === 8, rle4: bits === 4, masks: bits === 16 || bits === 32 };
  if (!compression || !fits[compression])
    throw errors.damaged('BMP', `its header says compression ${id} for ${bits} bits a pixel`);
  return compression;
}

/** Blue, green, red (and one unused byte, but in OS/2's header) a colour; no more than the pixels leave room for. */
function readPalette(read: ByteReader, dib: number, bits: number, at: number, dataAt: number): Uint8Array {
  const entry = dib === 12 ? 3 : 4;
  const stated = dib === 12 ? 0 : read.u32(46);
  const count = Math.min(stated || 1 << bits, 1 << bits, Math.floor((dataAt - at) / entry));
  const palette = new Uint8Array(3 << bits);
  for (let i = 0; i < count; i++) {
    const e = at + i * entry;
    palette.set([read.u8(e + 2), read.u8(e + 1), read.u8(e)], i * 3);
  }
  return palette;
}

function readMasks(read: ByteReader, dib: number): BmpHeader['masks'] {
  const alpha = dib >= 56 || read.u32(30) === 6 ? read.u32(66) : 0;
  return [read.u32(54), read.u32(58), read.u32(62), alpha];
}

function defaultMasks(bits: number): BmpHeader['masks'] {
  return bits === 16 ? [0x7c00, 0x3e0, 0x1f, 0] : [0xff0000, 0xff00, 0xff, 0];
}
