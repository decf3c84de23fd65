import { inflateSync } from 'node:zlib';
import { errors } from '../../../common/errors';
import type { ExrBlock, ExrCompression } from './exrHeader';
import { unpackPiz } from './exrPiz';

/** Scan lines that one block of each compression holds. */
export const BLOCK_LINES: Readonly<Partial<Record<ExrCompression, number>>> = {
  none: 1,
  rle: 1,
  zips: 1,
  zip: 16,
  piz: 32,
  pxr24: 16,
};

/** The block's bytes as an uncompressed file has them: line by line, in a line channel by channel. */
export function unpackBlock(compression: ExrCompression, packed: Uint8Array, block: ExrBlock): Uint8Array {
  const size = block.width * block.height * block.channels.reduce((sum, c) => sum + c.size, 0);
  if (packed.length === size) return packed; // what would have grown is stored as it is
  if (packed.length > size) throw errors.damaged('EXR', 'a block is larger than its pixels');
  switch (compression) {
    case 'none':
      throw errors.truncated('EXR', `a block has ${packed.length} of ${size} bytes`);
    case 'rle':
      return restore(unpackRuns(packed, size));
    case 'zips':
    case 'zip':
      return restore(inflate(packed, size));
    case 'pxr24':
      return unpackPxr24(packed, block, size);
    case 'piz':
      return unpackPiz(packed, block, size);
    default:
      throw errors.unsupported('EXR', `the compression ${compression.toUpperCase()}; ZIP and PIZ lose nothing`);
  }
}

function inflate(packed: Uint8Array, size: number): Uint8Array {
  let bytes: Uint8Array;
  try {
    bytes = inflateSync(packed, { maxOutputLength: size });
  } catch {
    throw errors.damaged('EXR', 'a block cannot be unpacked');
  }
  if (bytes.length !== size) throw errors.damaged('EXR', `a block has ${bytes.length} of ${size} bytes`);
  return bytes;
}

/** A negative count: so many bytes as they are; else the next byte, once more than the count. */
function unpackRuns(packed: Uint8Array, size: number): Uint8Array {
  const out = new Uint8Array(size);
  let to = 0;
  for (let at = 0; at < packed.length; ) {
    const count = (packed[at++]! << 24) >> 24;
    const length = count < 0 ? -count : count + 1;
    if (to + length > size || at + (count < 0 ? length : 1) > packed.length)
      throw errors.damaged('EXR', 'a run is longer than its block');
    if (count < 0) out.set(packed.subarray(at, at + length), to);
    else out.fill(packed[at]!, to, to + length);
    at += count < 0 ? length : 1;
    to += length;
  }
  if (to !== size) throw errors.damaged('EXR', `a block has ${to} of ${size} bytes`);
  return out;
}

/** Undoes the differences of neighbours, then puts the two halves (even and odd bytes) together. */
function restore(bytes: Uint8Array): Uint8Array {
  const summed = Uint8Array.from(bytes);
  for (let i = 1; i < summed.length; i++) summed[i] = summed[i - 1]! + summed[i]! - 128;
  const out = new Uint8Array(bytes.length);
  const half = (bytes.length + 1) >> 1;
  for (let i = 0; i < out.length; i++) out[i] = summed[(i >> 1) + (i & 1 ? half : 0)]!;
  return out;
}

/** Bytes of a value by significance, each in a plane of its own; floats have lost their lowest. Differences along the line. */
function unpackPxr24(packed: Uint8Array, { width, height, channels }: ExrBlock, size: number): Uint8Array {
  const planes = { uint: 4, half: 2, float: 3 } as const;
  const line = channels.reduce((sum, c) => sum + planes[c.type] * width, 0);
  const bytes = inflate(packed, line * height);
  const out = new Uint8Array(size);
  const view = new DataView(out.buffer);
  let [from, to] = [0, 0];
  for (let y = 0; y < height; y++) {
    for (const { type, size: wide } of channels) {
      let value = 0;
      for (let x = 0; x < width; x++) {
        let difference = 0;
        for (let p = 0; p < planes[type]; p++) difference = (difference << 8) | bytes[from + p * width + x]!;
        value = (value + (type === 'float' ? difference << 8 : difference)) | 0;
        if (wide === 2) view.setUint16(to, value & 0xffff, true);
        else view.setInt32(to, value, true);
        to += wide;
      }
      from += planes[type] * width;
    }
  }
  return out;
}
