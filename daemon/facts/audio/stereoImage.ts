import { CHUNK_SAMPLES } from './levels';
import type { WorkPacer } from './workPacer';

export interface StereoImage {
  /** Energy of the sides over energy of middle and sides: 0 mono, 0.5 unrelated channels, 1 opposite ones. */
  width: number;
  /** Pearson's correlation of the channels without their means, -1..1; undefined where one is silent. */
  correlation?: number;
  /** Left over right, dB; undefined where one is silent. */
  balance?: number;
  /** Both channels hold the same samples. */
  dualMono: boolean;
}

/** Of two channels; undefined where both are silent. */
export async function stereoImage(
  [left, right]: readonly [Float32Array, Float32Array],
  pacer: WorkPacer,
): Promise<StereoImage | undefined> {
  let ll = 0;
  let rr = 0;
  let lr = 0;
  let l = 0;
  let r = 0;
  let dualMono = true;
  for (let from = 0; from < left.length; from += CHUNK_SAMPLES) {
    const to = Math.min(left.length, from + CHUNK_SAMPLES);
    for (let i = from; i < to; i++) {
      const a = left[i]!;
      const b = right[i]!;
      l += a;
      r += b;
      ll += a * a;
      rr += b * b;
      lr += a * b;
      if (a !== b) dualMono = false;
    }
    await pacer.breathe();
  }
  if (ll + rr === 0) return undefined;
  const n = left.length;
  const spread = Math.sqrt((ll - (l * l) / n) * (rr - (r * r) / n));
  return {
    width: (ll + rr - 2 * lr) / (2 * (ll + rr)), // side = (l - r) / 2, middle = (l + r) / 2
    dualMono,
    ...(spread > 0 && { correlation: (lr - (l * r) / n) / spread }),
    ...(ll > 0 && rr > 0 && { balance: 10 * Math.log10(ll / rr) }),
  };
}
