import type { FlatImage } from './flatten';

/** Luma of each pixel, 0..255: 0.299 R + 0.587 G + 0.114 B on the stored (gamma-encoded) values (ITU-R BT.601). */
export function lumaOf({ rgb }: FlatImage): Float32Array {
  const luma = new Float32Array(rgb.length / 3);
  for (let p = 0, at = 0; p < luma.length; p++, at += 3)
    luma[p] = 0.299 * rgb[at]! + 0.587 * rgb[at + 1]! + 0.114 * rgb[at + 2]!;
  return luma;
}

/** Mean and (population) standard deviation. */
export function meanAndDeviation(values: Float32Array): { mean: number; deviation: number } {
  if (values.length === 0) return { mean: 0, deviation: 0 };
  let sum = 0;
  for (const v of values) sum += v;
  const mean = sum / values.length;
  let squares = 0;
  for (const v of values) squares += (v - mean) ** 2;
  return { mean, deviation: Math.sqrt(squares / values.length) };
}
