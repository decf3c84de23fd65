import { errors } from '../../../common/errors';
import { ByteReader } from '../../image/byteReader';
import type { ExrBlock } from './exrHeader';
import { unpackHuffman } from './exrHuffman';
import { undoWavelet } from './exrWavelet';

const BITMAP_BYTES = 8192;

/**
 * PIZ (ImfPizCompressor.cpp of OpenEXR): the values in use, then Huffman codes of a wavelet transform of their numbers.
 * 32-bit values are two 16-bit ones, each transformed on its own.
 */
export function unpackPiz(packed: Uint8Array, block: ExrBlock, size: number): Uint8Array {
  const read = new ByteReader(packed, 'EXR', true);
  const [first, last] = [read.u16(0), read.u16(2)];
  if (last >= BITMAP_BYTES) throw errors.damaged('EXR', 'a block says more values than there are');
  const bitmapBytes = first <= last ? last - first + 1 : 0;
  read.need(4, bitmapBytes + 4, 'the values in use');
  const values = valuesInUse(packed.subarray(4, 4 + bitmapBytes), first);
  const length = read.i32(4 + bitmapBytes);
  const start = 8 + bitmapBytes;
  read.need(start, Math.max(0, length), 'a block');
  const numbers = unpackHuffman(packed.subarray(start, start + Math.max(0, length)), size / 2);
  let at = 0;
  const starts = block.channels.map((channel) => {
    const [begin, parts] = [at, channel.size / 2];
    for (let part = 0; part < parts; part++)
      undoWavelet(numbers, begin + part, block.width, parts, block.height, block.width * parts, values.length - 1);
    at += block.width * block.height * parts;
    return begin;
  });
  for (let i = 0; i < numbers.length; i++) numbers[i] = values[numbers[i]!] ?? 0;
  return byLines(numbers, starts, block, size);
}

/** Number -> value: 0, and those whose bit is set. */
function valuesInUse(bitmap: Uint8Array, first: number): Uint16Array {
  const values: number[] = [0];
  for (let i = 0; i < 8 * bitmap.length; i++) {
    const value = 8 * first + i;
    if (value !== 0 && bitmap[i >> 3]! & (1 << (i & 7))) values.push(value);
  }
  return Uint16Array.from(values);
}

function byLines(numbers: Uint16Array, starts: readonly number[], block: ExrBlock, size: number): Uint8Array {
  const out = new Uint8Array(size);
  let to = 0;
  for (let y = 0; y < block.height; y++) {
    block.channels.forEach((channel, c) => {
      const row = (block.width * channel.size) / 2;
      const from = starts[c]! + y * row;
      for (let i = from; i < from + row; i++) {
        out[to++] = numbers[i]! & 255;
        out[to++] = numbers[i]! >> 8;
      }
    });
  }
  return out;
}
