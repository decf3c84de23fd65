/** float32 -> IEEE 754 binary16, rounded to nearest, ties to even; beyond 65504 becomes infinity. */
export function toHalf(values: Float32Array): Uint16Array {
  const bits = new Uint32Array(values.buffer, values.byteOffset, values.length);
  return Uint16Array.from(bits, halfBits);
}

function halfBits(bits: number): number {
  const sign = (bits >>> 16) & 0x8000;
  const exponent = (bits >>> 23) & 0xff;
  const fraction = bits & 0x7fffff;
  if (exponent === 255) return sign | 0x7c00 | (fraction ? 0x200 : 0);
  if (exponent < 102) return sign;
  if (exponent < 113) return sign | rounded(fraction | 0x800000, 126 - exponent);
  // a carry out of the fraction goes into the exponent, which is what rounding up means
  return sign | Math.min(0x7c00, ((exponent - 112) << 10) + rounded(fraction, 13));
}

/** value / 2^shift to the nearest whole number, ties to even. */
function rounded(value: number, shift: number): number {
  const low = value >>> shift;
  const rest = value & ((1 << shift) - 1);
  const half = 1 << (shift - 1);
  return low + (rest > half || (rest === half && (low & 1) === 1) ? 1 : 0);
}
