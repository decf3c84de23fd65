const SAMPLE = 500_000;

/** The finite values in order; of an even sample of about 500,000 where there are more. */
export function sortedSample(values: Float32Array): { sorted: Float32Array; sampled: boolean } {
  const step = Math.max(1, Math.floor(values.length / SAMPLE));
  const kept = new Float32Array(Math.ceil(values.length / step));
  let count = 0;
  for (let i = 0; i < values.length; i += step) if (Number.isFinite(values[i]!)) kept[count++] = values[i]!;
  return { sorted: kept.subarray(0, count).sort(), sampled: step > 1 };
}

/** Value at a share (0..1) of sorted values, linear between neighbours; NaN of none. */
export function quantile(sorted: Float32Array, share: number): number {
  const at = share * (sorted.length - 1);
  const low = sorted[Math.floor(at)] ?? Number.NaN;
  const high = sorted[Math.ceil(at)] ?? Number.NaN;
  return low + (high - low) * (at - Math.floor(at));
}

/** Seven significant digits, as many as a float32 has. */
export const round7 = (value: number): number => Number(value.toPrecision(7)) + 0;

/** A share or a part of a unit vector: three digits after the point. */
export const round3 = (value: number): number => Math.round(value * 1000) / 1000 + 0;
