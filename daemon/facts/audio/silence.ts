import { FLOOR_DBFS } from './levels';
import type { WorkPacer } from './workPacer';

export const SILENCE_DBFS = -60;
export const FRAME_SECONDS = 0.02;
/** Shorter pauses are not listed. */
export const SHORTEST_SPAN = 0.1;
export const MAX_SPANS = 50;
/** The noise floor is the level that this share of the frames stays below. */
export const NOISE_PERCENTILE = 0.1;
/** Fewer frames than a second tell nothing about noise. */
const LEAST_NOISE_FRAMES = 50;

export interface Silence {
  /** Share of the recording in [0, 1]. */
  share: number;
  /** [start, end] in seconds, at least SHORTEST_SPAN long, in order; the longest MAX_SPANS if there are more. */
  spans: Array<[number, number]>;
  /** Seconds before the first and after the last frame that is not silent; both the whole where all is silent. */
  leading: number;
  trailing: number;
}

/** Mean square over all channels of each frame of 20 ms; the last one may be shorter. */
export async function framePowers(
  channels: readonly Float32Array[],
  sampleRate: number,
  pacer: WorkPacer,
): Promise<Float64Array> {
  const samples = channels[0]?.length ?? 0;
  const frame = frameLength(sampleRate);
  const powers = new Float64Array(Math.ceil(samples / frame));
  for (let i = 0; i < powers.length; i++) {
    powers[i] = meanSquare(channels, i * frame, Math.min(samples, (i + 1) * frame));
    if (i % 16 === 0) await pacer.breathe();
  }
  return powers;
}

const frameLength = (sampleRate: number): number => Math.max(1, Math.round(FRAME_SECONDS * sampleRate));

function meanSquare(channels: readonly Float32Array[], from: number, to: number): number {
  let sum = 0;
  for (const samples of channels) for (let i = from; i < to; i++) sum += samples[i]! * samples[i]!;
  return sum / ((to - from) * channels.length);
}

/** Frames whose root mean square is below -60 dBFS. `samples` of one channel. */
export function findSilence(powers: Float64Array, samples: number, sampleRate: number): Silence {
  const frame = frameLength(sampleRate);
  const threshold = 10 ** (SILENCE_DBFS / 10);
  const spans: Array<[number, number]> = [];
  let silent = 0;
  powers.forEach((power, i) => {
    if (power >= threshold) return;
    const [from, to] = [i * frame, Math.min(samples, (i + 1) * frame)];
    silent += to - from;
    const last = spans.at(-1);
    if (last?.[1] === from) last[1] = to;
    else spans.push([from, to]);
  });
  const inSeconds = spans.map(([from, to]): [number, number] => [from / sampleRate, to / sampleRate]);
  const [first, last] = [spans[0], spans.at(-1)];
  return {
    share: samples === 0 ? 0 : silent / samples,
    spans: longest(inSeconds),
    leading: first?.[0] === 0 ? first[1] / sampleRate : 0,
    trailing: last?.[1] === samples ? (last[1] - last[0]) / sampleRate : 0,
  };
}

function longest(spans: Array<[number, number]>): Array<[number, number]> {
  return spans
    .filter(([from, to]) => to - from >= SHORTEST_SPAN)
    .sort((a, b) => b[1] - b[0] - (a[1] - a[0]))
    .slice(0, MAX_SPANS)
    .sort((a, b) => a[0] - b[0]);
}

/** dBFS that a tenth of the frames stays below; undefined below a second of sound. */
export function noiseFloor(powers: Float64Array): number | undefined {
  if (powers.length < LEAST_NOISE_FRAMES) return undefined;
  const sorted = powers.slice().sort();
  const power = sorted[Math.floor((sorted.length - 1) * NOISE_PERCENTILE)]!;
  return power > 0 ? Math.max(FLOOR_DBFS, 10 * Math.log10(power)) : FLOOR_DBFS;
}
