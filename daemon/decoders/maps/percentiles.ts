const SAMPLE = 200_000;

/** Values at these shares (0..1) of the finite ones; of an even sample of at most 200,000. Empty where none is finite. */
export function percentiles(values: Float32Array, shares: readonly number[]): number[] {
  const step = Math.max(1, Math.floor(values.length / SAMPLE));
  const kept = new Float32Array(Math.ceil(values.length / step));
  let count = 0;
  for (let i = 0; i < values.length; i += step) if (Number.isFinite(values[i]!)) kept[count++] = values[i]!;
  const sorted = kept.subarray(0, count).sort();
  return count === 0 ? [] : shares.map((share) => sorted[Math.round(share * (count - 1))]!);
}
