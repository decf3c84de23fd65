/** Distances that differ by less than this share of the usual are those of a steady clock. */
const STEADY = 0.02;

/** Beyond it no sensor measures, and a float32 nearly ends. */
const LARGEST = 1e38;
/** Whether a value is there. */
export const isMeasured = (value: number): boolean => value >= -LARGEST && value <= LARGEST;

export function isSteady(times: Float64Array, step: number): boolean {
  for (let i = 1; i < times.length; i++)
    if (Math.abs(times[i]! - times[0]! - i * step) > STEADY * step * Math.max(1, Math.sqrt(i))) return false;
  return true;
}

/**
 * Values at 0, step, 2 step ... from the first time on, linear between the samples that are there (see
 * `isMeasured`); before the first and after the last, its value. `times` ascend.
 */
export function resampleEvenly(times: Float64Array, values: Float64Array, step: number, count: number): Float32Array {
  const out = new Float32Array(count);
  let next = nextMeasured(values, 0);
  let previous = -1;
  for (let k = 0; k < count; k++) {
    const t = times[0]! + k * step;
    while (next < values.length && times[next]! < t) {
      previous = next;
      next = nextMeasured(values, next + 1);
    }
    if (next >= values.length) out[k] = previous < 0 ? 0 : values[previous]!;
    else if (previous < 0 || times[next]! === t) out[k] = values[next]!;
    else {
      const share = (t - times[previous]!) / (times[next]! - times[previous]!);
      out[k] = values[previous]! + (values[next]! - values[previous]!) * share;
    }
  }
  return out;
}

function nextMeasured(values: Float64Array, from: number): number {
  let i = from;
  while (i < values.length && !isMeasured(values[i]!)) i++;
  return i;
}
