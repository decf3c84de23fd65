import { KFilter } from './kWeighting';
import type { WorkPacer } from './workPacer';

/** Below this loudness a block never counts, and silence is reported as it (BS.1770-4, absolute gate). */
export const SILENCE_LUFS = -70;
/** Below this rate the weighting's high shelf has no room. */
const MIN_RATE = 4000;
/** All windows are whole numbers of these. */
const STEP_SECONDS = 0.1;
/** Integrated and momentary: 400 ms; short-term: 3 s. */
const MOMENTARY_STEPS = 4;
const SHORT_TERM_STEPS = 30;
/** Relative gates below the loudness of what passed the absolute one: BS.1770-4, and Tech 3342 for the range. */
const RELATIVE_GATE = 10;
const RANGE_GATE = 20;
/** The constant that makes a 997 Hz sine of full scale in one channel -3.01 LUFS. */
const OFFSET = -0.691;

export interface Loudness {
  /** LUFS over the whole recording, gated. */
  integrated: number;
  /** LU between the 10th and 95th percentile of the gated short-term loudness; undefined below 3 s or where all is gated. */
  range?: number;
  /** Largest loudness of 400 ms, LUFS; undefined below 0.4 s. */
  maxMomentary?: number;
  /** Largest loudness of 3 s, LUFS; undefined below 3 s. */
  maxShortTerm?: number;
}

/** BS.1770-4's +1.5 dB for surround channels. */
const SURROUND = 1.41;
/**
 * Weights by channel in WAV's order: 4 is L R Ls Rs, 5 is L R C Ls Rs, 6 is 5.1 (the low frequency channel counts not),
 * 8 is 7.1, whose back pair stands behind 120 degrees and so counts once. Others count all channels once.
 */
const CHANNEL_WEIGHTS: Readonly<Record<number, readonly number[]>> = {
  4: [1, 1, SURROUND, SURROUND],
  5: [1, 1, 1, SURROUND, SURROUND],
  6: [1, 1, 1, 0, SURROUND, SURROUND],
  8: [1, 1, 1, 0, 1, 1, SURROUND, SURROUND],
};

const toLufs = (power: number): number => Math.max(SILENCE_LUFS, OFFSET + 10 * Math.log10(power));
const toPower = (lufs: number): number => 10 ** ((lufs - OFFSET) / 10);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const largest = (values: readonly number[]): number => values.reduce((most, value) => Math.max(most, value), 0);

/**
 * ITU-R BS.1770-4 and EBU R 128: K-weighting, mean square in windows that advance by 100 ms. Integrated: windows of
 * 400 ms, absolute gate at -70 LUFS, relative gate 10 LU below. A recording shorter than one window is measured whole,
 * without gates. Silence gives SILENCE_LUFS; undefined below 4 kHz, where the weighting is not defined.
 */
export async function measureLoudness(
  channels: readonly Float32Array[],
  sampleRate: number,
  pacer: WorkPacer,
): Promise<Loudness | undefined> {
  const samples = channels[0]?.length ?? 0;
  if (sampleRate < MIN_RATE || samples === 0) return undefined;
  const step = Math.round(STEP_SECONDS * sampleRate);
  const isShort = samples < MOMENTARY_STEPS * step;
  const powers = await stepPowers(channels, sampleRate, isShort ? samples : step, pacer);
  if (isShort) return { integrated: toLufs(powers[0]!) };
  const momentary = windows(powers, MOMENTARY_STEPS);
  const shortTerm = windows(powers, SHORT_TERM_STEPS);
  const range = loudnessRange(shortTerm);
  return {
    integrated: gatedLoudness(momentary),
    maxMomentary: toLufs(largest(momentary)),
    ...(shortTerm.length > 0 && { maxShortTerm: toLufs(largest(shortTerm)) }),
    ...(range !== undefined && { range }),
  };
}

/** The weighted sum over channels of the mean square of each whole `step` samples. */
async function stepPowers(
  channels: readonly Float32Array[],
  sampleRate: number,
  step: number,
  pacer: WorkPacer,
): Promise<Float64Array> {
  const powers = new Float64Array(Math.floor(channels[0]!.length / step));
  for (const [c, samples] of channels.entries()) {
    const weight = CHANNEL_WEIGHTS[channels.length]?.[c] ?? 1;
    if (weight === 0) continue;
    const filter = new KFilter(sampleRate);
    for (let i = 0; i < powers.length; i++) {
      powers[i]! += (weight * filter.energy(samples, i * step, (i + 1) * step)) / step;
      if (i % 4 === 0) await pacer.breathe();
    }
  }
  return powers;
}

/** Means of every `width` neighbouring steps. */
function windows(powers: Float64Array, width: number): number[] {
  const out: number[] = [];
  for (let end = width; end <= powers.length; end++) {
    let sum = 0;
    for (let i = end - width; i < end; i++) sum += powers[i]!;
    out.push(sum / width);
  }
  return out;
}

/** The powers above -70 LUFS and within `below` LU of the mean of those. */
function gated(powers: readonly number[], below: number): number[] {
  const audible = powers.filter((power) => power > toPower(SILENCE_LUFS));
  const gate = mean(audible) * 10 ** (-below / 10);
  return audible.filter((power) => power > gate);
}

function gatedLoudness(blocks: readonly number[]): number {
  const kept = gated(blocks, RELATIVE_GATE);
  return kept.length === 0 ? SILENCE_LUFS : toLufs(mean(kept));
}

/** EBU Tech 3342: from the 10th to the 95th percentile, nearest rank as in its reference code. */
function loudnessRange(shortTerm: readonly number[]): number | undefined {
  const kept = gated(shortTerm, RANGE_GATE).sort((a, b) => a - b);
  if (kept.length === 0) return undefined;
  const at = (share: number): number => toLufs(kept[Math.round((kept.length - 1) * share)]!);
  return at(0.95) - at(0.1);
}
