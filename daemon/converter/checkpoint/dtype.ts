/** Half precision and bfloat16 to float32. Values are read as little-endian, the byte order of every platform of Node. */

export type FloatDtype = 'F16' | 'BF16' | 'F32';

export const ITEM_BYTES = { F16: 2, BF16: 2, F32: 4 } as const satisfies Record<FloatDtype, number>;

/** IEEE 754 binary16 bits to the number. */
export function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

let halfTable: Float32Array | undefined;

/** All 65,536 halves: a look-up is about ten times as fast as the arithmetic. */
function halves(): Float32Array {
  if (!halfTable) {
    halfTable = new Float32Array(65536);
    for (let bits = 0; bits < 65536; bits++) halfTable[bits] = halfToNumber(bits);
  }
  return halfTable;
}

/** Widens `source` (of half or bfloat16 bits) into `target` from `start` on. */
export function widen(source: Uint16Array, dtype: 'F16' | 'BF16', target: Float32Array, start = 0): void {
  if (dtype === 'F16') {
    const table = halves();
    for (let i = 0; i < source.length; i++) target[start + i] = table[source[i] as number] as number;
    return;
  }
  // bfloat16 is the upper half of a float32
  const bits = new Uint32Array(target.buffer, target.byteOffset, target.length);
  for (let i = 0; i < source.length; i++) bits[start + i] = (source[i] as number) << 16;
}

/** Elements converted at a time, so that a half-precision tensor costs its float32 size and 8 MiB. */
const CHUNK = 4 << 20;

/**
 * `count` elements as float32. `readBytes` fills its first argument from the byte offset given, relative to the first
 * element.
 */
export function readAsFloat32(
  dtype: FloatDtype,
  count: number,
  readBytes: (into: Uint8Array, from: number) => void,
): Float32Array {
  const values = new Float32Array(count);
  if (dtype === 'F32') {
    readBytes(new Uint8Array(values.buffer), 0);
    return values;
  }
  const chunk = new Uint16Array(Math.min(CHUNK, count));
  for (let start = 0; start < count; start += CHUNK) {
    const part = chunk.subarray(0, Math.min(CHUNK, count - start));
    readBytes(new Uint8Array(part.buffer, 0, part.byteLength), start * 2);
    widen(part, dtype, values, start);
  }
  return values;
}
