import type { WorkPacer } from './workPacer';

/** Samples between two looks at the clock. */
const CHUNK = 1 << 14;
/** Taps of the low-pass on each side, times the factor. */
const REACH = 6;

/**
 * Every `factor`-th sample after a low-pass (sinc under a Hann window) at 0.45 of the new rate. Good for pitch; not for
 * listening.
 */
export async function decimate(samples: Float32Array, factor: number, pacer: WorkPacer): Promise<Float32Array> {
  if (factor === 1) return samples;
  const half = REACH * factor;
  const cutoff = 0.9 / factor;
  const taps = Float64Array.from({ length: 2 * half + 1 }, (_, t) => {
    const x = t - half;
    const sinc = x === 0 ? cutoff : Math.sin(Math.PI * x * cutoff) / (Math.PI * x);
    return sinc * (0.5 + 0.5 * Math.cos((Math.PI * x) / (half + 1)));
  });
  const out = new Float32Array(Math.floor(samples.length / factor));
  for (let i = 0; i < out.length; i++) {
    const start = i * factor - half;
    const first = Math.max(0, -start);
    const last = Math.min(taps.length, samples.length - start);
    let sum = 0;
    for (let t = first; t < last; t++) sum += taps[t]! * samples[start + t]!;
    out[i] = sum;
    if (i % CHUNK === 0) await pacer.breathe();
  }
  return out;
}
