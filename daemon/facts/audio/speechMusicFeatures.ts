import { onsetStrength } from './onsets';
import { BAND_FLOOR_DB, BANDS, SILENT_POWER, SPEECH_BANDS, type SpectralFrames } from './spectralFrames';

/** Seconds that are judged together, and from one to the next; shorter stretches are judged whole. */
export const SEGMENT_SECONDS = 3;
export const SEGMENT_STEP = 1.5;
/** Segments with less sound than this are not judged. */
const LEAST_SOUND_SECONDS = 0.5;
/** Syllables follow each other at about 4 Hz. */
const SYLLABLES: readonly [number, number] = [2.5, 6.5];
/** Fastest modulation that is looked at, Hz. */
const FASTEST = 16;
/** Band levels count this far below the strongest. */
const BAND_RANGE_DB = 40;
/** A pulse is looked for in these periods, seconds. */
const PULSE: readonly [number, number] = [0.25, 1.2];

/** In the order of a segment's features. */
export const FEATURE_NAMES = [
  'share of the loudness modulation at 2.5 to 6.5 Hz',
  'share of the bands’ modulation at 2.5 to 6.5 Hz',
  'depth of the loudness modulation',
  'share of windows below half the mean amplitude',
  'spread of levels, dB',
  'mean zero crossings, thousands a second',
  'spread of the zero crossing rate',
  'mean spectral stability',
  'spread of the spectral stability',
  'mean flatness, dB',
  'spread of the flatness, dB',
  'mean change of the bands, dB',
  'spread of the spectral middle, bands',
  'pulse: autocorrelation of the onsets',
] as const;

/** [from, to) in windows. */
export function segments({ count, hop }: SpectralFrames): Array<[number, number]> {
  const length = Math.round(SEGMENT_SECONDS / hop);
  const step = Math.round(SEGMENT_STEP / hop);
  if (count <= length) return [[0, count]];
  const out: Array<[number, number]> = [];
  for (let from = 0; from + length <= count; from += step) out.push([from, from + length]);
  return out;
}

/** One number a FEATURE_NAMES; undefined where there is too little sound to judge. */
export function segmentFeatures(frames: SpectralFrames, from: number, to: number): number[] | undefined {
  const { hop } = frames;
  const power = frames.power.subarray(from, to);
  const sounding = [...power.keys()].filter((f) => power[f]! > SILENT_POWER);
  if (sounding.length * hop < LEAST_SOUND_SECONDS) return undefined;
  const amplitude = power.map(Math.sqrt);
  const loud = mean([...amplitude]);
  const decibels = sounding.map((f) => 10 * Math.log10(power[f]!)).sort((a, b) => a - b);
  const of = (values: Float64Array): number[] => sounding.map((f) => values[from + f]!);
  return [
    syllableShare(amplitude, hop),
    mean(Array.from({ length: SPEECH_BANDS / 3 }, (_, b) => syllableShare(bandLevels(frames, from, to, b * 3), hop))),
    spread([...amplitude]) / loud,
    amplitude.filter((value) => value < loud / 2).length / amplitude.length,
    decibels[Math.floor(decibels.length * 0.9)]! - decibels[Math.floor(decibels.length * 0.1)]!,
    mean(of(frames.crossings)) / 1000,
    spread(of(frames.crossings)) / (mean(of(frames.crossings)) + 1),
    mean(of(frames.stability)),
    spread(of(frames.stability)),
    mean(of(frames.flatness)),
    spread(of(frames.flatness)),
    bandChange(frames, from, to),
    spread(sounding.map((f) => spectralMiddle(frames, from + f))),
    pulse(frames, from, to),
  ];
}

const mean = (values: readonly number[]): number =>
  values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : 0;

function spread(values: readonly number[]): number {
  const middle = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - middle) ** 2)));
}

/** Levels of a band and its two neighbours above, not lower than 40 dB below the segment's strongest. */
function bandLevels({ bands }: SpectralFrames, from: number, to: number, band: number): Float64Array {
  const levels = Float64Array.from({ length: to - from }, (_, i) => {
    const at = (from + i) * BANDS + band;
    return Math.max(bands[at]!, bands[at + 1]!, bands[at + 2]!);
  });
  const floor = levels.reduce((most, value) => Math.max(most, value), BAND_FLOOR_DB) - BAND_RANGE_DB;
  return levels.map((value) => Math.max(floor, value));
}

/** Energy of a curve's modulation at syllable rate over that up to FASTEST; 0 for a flat one. */
function syllableShare(values: Float64Array, hop: number): number {
  const seconds = values.length * hop;
  const middle = mean([...values]);
  let [syllables, all] = [0, 0];
  for (let cycles = 1; cycles <= FASTEST * seconds && cycles < values.length / 2; cycles++) {
    const energy = toneEnergy(values, middle, (2 * Math.PI * cycles) / values.length);
    const hz = cycles / seconds;
    all += energy;
    if (hz >= SYLLABLES[0] && hz <= SYLLABLES[1]) syllables += energy;
  }
  return all > 1e-12 ? syllables / all : 0;
}

/** Squared magnitude of one term of the Fourier series (Goertzel). */
function toneEnergy(values: Float64Array, middle: number, step: number): number {
  const turn = 2 * Math.cos(step);
  let [s1, s2] = [0, 0];
  for (let i = 0; i < values.length; i++) {
    const s = values[i]! - middle + turn * s1 - s2;
    s2 = s1;
    s1 = s;
  }
  return s1 * s1 + s2 * s2 - turn * s1 * s2;
}

/** Mean absolute change of the speech bands from window to window, dB. */
function bandChange({ bands }: SpectralFrames, from: number, to: number): number {
  let sum = 0;
  for (let f = from + 1; f < to; f++)
    for (let b = 0; b < SPEECH_BANDS; b++)
      sum += Math.abs(Math.max(-80, bands[f * BANDS + b]!) - Math.max(-80, bands[(f - 1) * BANDS + b]!));
  return sum / SPEECH_BANDS / Math.max(1, to - from - 1);
}

/** The band in the middle of the energy of the speech bands. */
function spectralMiddle({ bands }: SpectralFrames, f: number): number {
  let [sum, weighted] = [0, 0];
  for (let b = 0; b < SPEECH_BANDS; b++) {
    const amplitude = 10 ** (bands[f * BANDS + b]! / 20);
    sum += amplitude;
    weighted += b * amplitude;
  }
  return weighted / sum;
}

/** Largest autocorrelation of the segment's onset strength in the range of beats, 0..1. */
function pulse(frames: SpectralFrames, from: number, to: number): number {
  const count = to - from;
  const strength = onsetStrength({ ...frames, count, bands: frames.bands.subarray(from * BANDS, to * BANDS) });
  const middle = mean([...strength]);
  const values = strength.map((value) => value - middle);
  const whole = values.reduce((sum, value) => sum + value * value, 0);
  let best = 0;
  for (let lag = Math.round(PULSE[0] / frames.hop); lag <= PULSE[1] / frames.hop && lag < count / 2; lag++) {
    let sum = 0;
    for (let i = lag; i < count; i++) sum += values[i]! * values[i - lag]!;
    best = Math.max(best, sum);
  }
  return whole > 0 ? best / whole : 0;
}
