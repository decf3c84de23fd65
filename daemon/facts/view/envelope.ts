/** Smallest and largest value of each of at most `columns` equal stretches: no spike is lost, however long the recording. */
export function envelope(values: Float32Array, columns: number): { low: number[]; high: number[] } {
  const count = Math.min(columns, values.length);
  const low: number[] = [];
  const high: number[] = [];
  for (let c = 0; c < count; c++) {
    const part = values.subarray(
      Math.floor((c * values.length) / count),
      Math.floor(((c + 1) * values.length) / count),
    );
    low.push(digits(part.reduce((least, value) => Math.min(least, value), Infinity)));
    high.push(digits(part.reduce((most, value) => Math.max(most, value), -Infinity)));
  }
  return { low, high };
}

const digits = (value: number): number => Number(value.toPrecision(6));
