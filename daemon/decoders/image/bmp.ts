import { errors } from '../../common/errors';
import type { ImageMedia } from '../../media/media';
import { WorkPacer } from '../workPacer';
import { type BmpHeader, readBmpHeader } from './bmpHeader';
import { unpackRle } from './bmpRle';
import { BoxShrinker } from './boxShrinker';
import { MAX_SIDE } from './imageHeader';

/** Writes row `y` (counted as stored) as RGBA into `rgba`. */
type RowReader = (y: number, rgba: Uint8Array) => void;

/** BMP: 1, 4, 8, 16, 24 and 32 bits, RLE4, RLE8, bit masks, rows from the bottom or the top. */
export async function decodeBmp(bytes: Uint8Array, signal?: AbortSignal): Promise<ImageMedia> {
  const header = readBmpHeader(bytes);
  const { width, height } = header;
  const readRow = rowReader(bytes, header);
  const shrinker = new BoxShrinker(width, height, MAX_SIDE);
  const pacer = new WorkPacer(signal);
  const rgba = new Uint8Array(width * 4);
  for (let y = 0; y < height; y++) {
    readRow(header.topDown ? y : height - 1 - y, rgba);
    shrinker.add(rgba);
    await pacer.breathe();
  }
  const hasAlpha = header.masks[3] !== 0;
  const shrunk = shrinker.width !== width || shrinker.height !== height;
  return {
    kind: 'image',
    width: shrinker.width,
    height: shrinker.height,
    data: shrinker.data,
    ...(shrunk ? { fullWidth: width, fullHeight: height } : {}),
    format: 'bmp',
    channels: hasAlpha ? 4 : 3,
    bitDepth: header.bits === 16 ? 5 : 8,
    hasAlpha,
    frames: 1,
    ...(header.density ? { density: header.density } : {}),
    warnings: [],
  };
}

function rowReader(bytes: Uint8Array, header: BmpHeader): RowReader {
  if (header.compression === 'rle4' || header.compression === 'rle8') {
    const indices = unpackRle(bytes, header);
    return (y, rgba) => fromPalette(header, (x) => indices[y * header.width + x]!, rgba);
  }
  const row = storedRows(bytes, header);
  if (header.bits <= 8) {
    const { bits } = header;
    const perByte = 8 / bits;
    const mask = (1 << bits) - 1;
    return (y, rgba) => {
      const at = row(y);
      const index = (x: number) => (bytes[at + Math.floor(x / perByte)]! >> (8 - bits - (x % perByte) * bits)) & mask;
      fromPalette(header, index, rgba);
    };
  }
  if (header.bits === 24) return (y, rgba) => fromBgr(bytes, row(y), rgba);
  const channels = header.masks.map(maskReader);
  const step = header.bits / 8;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return (y, rgba) => {
    const at = row(y);
    for (let x = 0; x < header.width; x++) {
      const pixel = step === 2 ? view.getUint16(at + x * 2, true) : view.getUint32(at + x * 4, true);
      for (let c = 0; c < 4; c++) rgba[x * 4 + c] = channels[c]!(pixel);
      if (header.masks[3] === 0) rgba[x * 4 + 3] = 255;
    }
  };
}

/** Where row y begins. Rows are padded to 4 bytes; the last one need not be. Throws FILE_TRUNCATED. */
function storedRows(bytes: Uint8Array, { width, height, bits, dataAt }: BmpHeader): (y: number) => number {
  const used = Math.ceil((width * bits) / 8);
  const stride = Math.ceil(used / 4) * 4;
  const end = dataAt + stride * (height - 1) + used;
  if (end > bytes.length)
    throw errors.truncated('BMP', `its pixels end at byte ${end}, and the file has ${bytes.length} bytes`);
  return (y) => dataAt + y * stride;
}

function fromPalette({ palette, width }: BmpHeader, index: (x: number) => number, rgba: Uint8Array): void {
  for (let x = 0; x < width; x++) {
    const color = index(x) * 3;
    for (let c = 0; c < 3; c++) rgba[x * 4 + c] = palette[color + c] ?? 0;
    rgba[x * 4 + 3] = 255;
  }
}

function fromBgr(bytes: Uint8Array, at: number, rgba: Uint8Array): void {
  for (let x = 0; x * 4 < rgba.length; x++) {
    for (let c = 0; c < 3; c++) rgba[x * 4 + c] = bytes[at + x * 3 + 2 - c]!;
    rgba[x * 4 + 3] = 255;
  }
}

/** Cuts a channel out of a pixel and scales it to 0..255. */
function maskReader(mask: number): (pixel: number) => number {
  if (mask === 0) return () => 0;
  const shift = 31 - Math.clz32(mask & -mask);
  const max = mask >>> shift;
  return (pixel) => Math.round((((pixel & mask) >>> shift) * 255) / max);
}
