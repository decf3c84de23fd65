/** Levels of digital silence are reported as this instead of minus infinity, which is not JSON. */
export const FLOOR_DBFS = -200;
/** This many samples in a row at full scale are a clipped peak; fewer may be a peak that just reaches it. */
export const CLIPPED_RUN = 3;

export interface Levels {
  /** Largest magnitude of a sample, dBFS. */
  peak: number;
  /** Root mean square over all channels, dBFS; a sine of full scale has -3.01. */
  rms: number;
  /** Samples in runs of at least CLIPPED_RUN at full scale. */
  clipped: number;
  /** The mean of the channel whose mean is farthest from 0. */
  dcOffset: number;
}

export const toDbfs = (amplitude: number): number =>
  amplitude > 0 ? Math.max(FLOOR_DBFS, 20 * Math.log10(amplitude)) : FLOOR_DBFS;

/** The largest positive value that `bitDepth` bits hold; beyond 24 bits, and for lossy codecs, near 1. */
export function fullScale(bitDepth: number | undefined): number {
  return 1 - 2 ** (1 - Math.min(24, bitDepth ?? 16));
}

/** One pass over the samples. */
export function measureLevels(channels: readonly Float32Array[], bitDepth: number | undefined): Levels {
  const limit = fullScale(bitDepth);
  let peak = 0;
  let squares = 0;
  let count = 0;
  let clipped = 0;
  let dcOffset = 0;
  for (const samples of channels) {
    let sum = 0;
    let run = 0;
    for (let i = 0; i < samples.length; i++) {
      const value = samples[i]!;
      const magnitude = Math.abs(value);
      if (magnitude > peak) peak = magnitude;
      sum += value;
      squares += value * value;
      run = magnitude >= limit ? run + 1 : 0;
      if (run >= CLIPPED_RUN) clipped += run === CLIPPED_RUN ? CLIPPED_RUN : 1;
    }
    const offset = sum / samples.length;
    if (Math.abs(offset) > Math.abs(dcOffset)) dcOffset = offset;
    count += samples.length;
  }
  return { peak: toDbfs(peak), rms: toDbfs(Math.sqrt(squares / count)), clipped, dcOffset };
}
