import { BAND_FLOOR_DB, BANDS, type SpectralFrames } from './spectralFrames';

/** Levels further below the stretch's strongest band do not count: noise in pauses has no onsets. */
const RANGE_DB = 60;
/** An onset stands out of its neighbourhood by this much (mean rise of all bands, dB). */
const THRESHOLD_DB = 1.5;
/** Seconds round an onset: it is the strongest within, and stands above the mean of the wider one. */
const NEAR = 0.03;
const AROUND = 0.1;
/** A window sees an onset before its middle does. */
const FLUX_LAG = 2;

/** How much louder the bands become from two windows before to each window, dB, mean over the bands (spectral flux). */
export function onsetStrength({ bands, count }: SpectralFrames): Float64Array {
  const strongest = bands.reduce((most, value) => Math.max(most, value), BAND_FLOOR_DB);
  const floor = strongest - RANGE_DB;
  const out = new Float64Array(count);
  for (let f = 0; f < count; f++) {
    let rise = 0;
    for (let b = 0; b < BANDS; b++) {
      const now = Math.max(floor, bands[f * BANDS + b]!);
      const before = f >= FLUX_LAG ? Math.max(floor, bands[(f - FLUX_LAG) * BANDS + b]!) : now;
      if (now > before) rise += now - before;
    }
    out[f] = rise / BANDS;
  }
  return out;
}

/** Seconds of the onsets of a stretch: peaks of the strength. A sound that is there from the first sample on has none. */
export function findOnsets({ start, hop, count }: SpectralFrames, strength: Float64Array): number[] {
  const near = Math.max(1, Math.round(NEAR / hop));
  const around = Math.max(2, Math.round(AROUND / hop));
  const onsets: number[] = [];
  for (let f = 0; f < count; f++) {
    const value = strength[f]!;
    if (value < THRESHOLD_DB || !isPeak(strength, f, near)) continue;
    const wide = strength.subarray(Math.max(0, f - around), f + around + 1);
    const mean = wide.reduce((sum, other) => sum + other, 0) / wide.length;
    if (value >= mean + THRESHOLD_DB) onsets.push(start + (f - FLUX_LAG / 2) * hop);
  }
  return onsets;
}

/** The first of equal ones. */
function isPeak(values: Float64Array, at: number, near: number): boolean {
  for (let i = Math.max(0, at - near); i <= Math.min(values.length - 1, at + near); i++)
    if (values[i]! > values[at]! || (values[i] === values[at] && i < at)) return false;
  return true;
}
