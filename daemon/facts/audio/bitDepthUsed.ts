import { CHUNK_SAMPLES } from './levels';
import type { WorkPacer } from './workPacer';

/** A float32 holds integers up to this exactly. */
const EXACT = 2 ** 24;
/** Files of more bits are read as 32: a float64's or a float32's samples may be integers of that depth. */
const MOST_BITS = 32;
/** Fewer samples of the deepest files tell nothing: the large ones were rounded on the way here. */
const LEAST_EXACT = 100;
/** After so many whole samples, some of them odd, the rest cannot tell otherwise. */
const ENOUGH = 1 << 20;

/**
 * Bits that are really used: `bitDepth` less the zero bits at the end that all samples share. Undefined where the
 * samples are no integers of that depth (float files, companded ones), where all are 0, and where too few are exact.
 */
export async function bitDepthUsed(
  channels: readonly Float32Array[],
  bitDepth: number,
  pacer: WorkPacer,
): Promise<number | undefined> {
  const bits = Math.min(MOST_BITS, bitDepth);
  const scale = 2 ** (bits - 1);
  let union = 0;
  let exact = 0;
  for (const samples of channels)
    for (let from = 0; from < samples.length; from += CHUNK_SAMPLES) {
      const to = Math.min(samples.length, from + CHUNK_SAMPLES);
      for (let i = from; i < to; i++) {
        const value = samples[i]! * scale;
        const whole = value | 0;
        if (whole !== value && !(value >= 2 ** 31 || value < -(2 ** 31))) return undefined;
        if (whole === 0 || value >= EXACT || value < -EXACT) continue;
        union |= whole;
        exact++;
      }
      if (union & 1 && exact >= ENOUGH) return bits;
      await pacer.breathe();
    }
  if (union === 0 || (bits > 24 && exact < LEAST_EXACT)) return undefined;
  return bits - trailingZeros(union);
}

const trailingZeros = (value: number): number => 31 - Math.clz32(value & -value);
