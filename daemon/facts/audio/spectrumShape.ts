import { type MeanSpectrum, SILENT_POWER, type SpectralFrames } from './spectralFrames';

/** Bandwidth: a frequency counts down to this far below the strongest. */
export const BANDWIDTH_DB = 80;
/** ... and this far above the noise that the bit depth itself makes. */
const ABOVE_QUANTISATION_DB = 10;
/** Lossy codecs and companded files count as 16 bit here. */
const DEFAULT_BITS = 16;
/** Bins that are averaged: a single one may stick out of noise. */
const SMOOTH = 2;
/** A Hann window's noise bandwidth in bins. */
const HANN_NOISE = 1.5;

/** Mean over the windows that are not silent, Hz; undefined where all are. */
export function meanCentroid(stretches: readonly SpectralFrames[]): number | undefined {
  let sum = 0;
  let count = 0;
  for (const { power, centroid } of stretches)
    centroid.forEach((value, f) => {
      if (power[f]! <= SILENT_POWER) return;
      sum += value;
      count++;
    });
  return count > 0 ? sum / count : undefined;
}

/**
 * The highest frequency in Hz that carries energy: where the mean power spectrum last lies less than 80 dB below its
 * maximum and 10 dB above the quantisation noise of `bits`. A recording that was upsampled, or went through a lossy
 * codec, ends well below half its rate. Undefined for silence.
 */
export function bandwidth({ power, windows, binHz }: MeanSpectrum, bits = DEFAULT_BITS): number | undefined {
  const smooth = power.map((_, k) => {
    const near = power.subarray(Math.max(0, k - SMOOTH), k + SMOOTH + 1);
    return near.reduce((sum, value) => sum + value, 0) / near.length / windows;
  });
  const strongest = smooth.reduce((most, value) => Math.max(most, value), 0);
  // uniform noise of one step has the variance step^2 / 12; a bin of |X|^2 scaled to 1 for a sine of amplitude 1
  // (power 1/2) holds its share of that, twice for the one-sided spectrum
  const step = 2 ** (1 - Math.min(24, bits));
  const quantisation = ((step * step) / 12) * 2 * (HANN_NOISE / power.length);
  const threshold = Math.max(strongest * 10 ** (-BANDWIDTH_DB / 10), quantisation * 10 ** (ABOVE_QUANTISATION_DB / 10));
  let top = smooth.length - 1;
  while (top >= 0 && smooth[top]! < threshold) top--;
  if (top < 0 || strongest === 0) return undefined;
  return Math.max(0, top - (top === power.length - 1 ? -1 : SMOOTH)) * binHz;
}
