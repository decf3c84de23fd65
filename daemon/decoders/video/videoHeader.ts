import { errors } from '../../common/errors';
import type { VideoMedia } from '../../media/media';
import { checkSides } from '../image/imageHeader';

/** Largest video file: 1 GiB, as it is read whole. */
export const MAX_VIDEO_BYTES = 1024 ** 3;
/** Most frames of which the times are read; more is no video that fits the size. */
export const MAX_FRAMES = 2_000_000;
/** For the table of formats. */
export const VIDEO_LIMITS = `${MAX_FRAMES / 1e6} million frames`;
/** Longest side of a sampled frame in pixels. */
export const FRAME_SIDE = 448;

/** What a container says about its video track, before a frame is decoded: everything in the media but the frames. */
export interface VideoHeader extends Omit<VideoMedia, 'kind' | 'frames' | 'times' | 'sceneCuts' | 'motion' | 'scan'> {
  width: number;
  height: number;
  codec: string;
  totalFrames: number;
  /** Seconds of every frame from the first, ascending; empty where the file does not tell. */
  frameTimes: number[];
}

/** Duration and rates that follow from the times of all frames and the length of the last. */
export interface Timing {
  frameTimes: number[];
  duration: number;
  frameRate: number;
  variableRate: boolean;
  totalFrames: number;
}

/** Frames a second; films, both television systems and their multiples, and whole numbers up to 60. */
const USUAL_RATES: readonly number[] = [
  ...Array.from({ length: 60 }, (_, i) => i + 1),
  120,
  24000 / 1001,
  30000 / 1001,
  60000 / 1001,
  12.5,
  7.5,
];

/**
 * Times (seconds, any order, any start) and durations of all frames -> their timing from the first frame on. A frame
 * whose duration is not stated (0) lasts as long as the median of the others. The rate is the mean,
 * frames / duration, or the usual one that rounded times fit; it is variable where distances differ by more than a tenth
 * of their median and 2 ms.
 */
export function timingOf(starts: number[], durations: number[] = []): Timing {
  const order = starts.map((_, i) => i).sort((a, b) => starts[a]! - starts[b]!);
  const first = starts[order[0]!]!;
  const frameTimes = order.map((i) => rounded(starts[i]! - first));
  const steps = frameTimes.slice(1).map((t, i) => t - frameTimes[i]!);
  const typical = median(steps);
  const stated = durations[order[order.length - 1]!];
  const last = stated !== undefined && stated > 0 ? stated : typical;
  const duration = rounded(frameTimes[frameTimes.length - 1]! + last);
  const spread = steps.reduce((most, s) => Math.max(most, Math.abs(s - typical)), 0);
  return {
    frameTimes,
    duration,
    frameRate: exactRate(frameTimes) ?? (duration > 0 ? frameTimes.length / duration : 0),
    variableRate: spread > 0.1 * typical && spread > 0.002,
    totalFrames: frameTimes.length,
  };
}

/**
 * Where times are whole milliseconds (Matroska rounds them): the usual rate on whose grid they lie best, all within 1 ms.
 * Elsewhere times are exact and need no guess.
 */
function exactRate(frameTimes: readonly number[]): number | undefined {
  const isRounded = frameTimes.every((t) => Math.abs(t * 1000 - Math.round(t * 1000)) < 1e-3);
  if (frameTimes.length < 5 || !isRounded) return undefined;
  const fits = USUAL_RATES.map((rate) => ({ rate, error: worst(frameTimes, rate) }));
  const best = fits.reduce((a, b) => (b.error < a.error ? b : a));
  return best.error <= 0.001 ? best.rate : undefined;
}

/** Largest distance in seconds of a time from the grid of a rate. */
function worst(frameTimes: readonly number[], rate: number): number {
  let most = 0;
  for (let i = 0; i < frameTimes.length && most <= 0.001; i++)
    most = Math.max(most, Math.abs(frameTimes[i]! - i / rate));
  return most;
}

function median(values: number[]): number {
  const sorted = Float64Array.from(values).sort();
  return sorted.length === 0 ? 0 : sorted[sorted.length >> 1]!;
}

const rounded = (seconds: number): number => Math.round(seconds * 1e6) / 1e6;

/** Throws FILE_DAMAGED for a side of 0 and FILE_TOO_LARGE above 100 megapixels a frame. */
export function checkFrameSize(format: string, width: number, height: number): void {
  checkSides(format, width, height);
}

/** Throws MEDIA_EMPTY without a frame. */
export function checkFrameCount(format: string, frames: number): void {
  if (frames === 0) throw errors.noContent(format, 'frames');
  if (frames > MAX_FRAMES) throw errors.tooLarge(`${format} video`, `more than ${MAX_FRAMES} frames`, `${MAX_FRAMES}`);
}

/** Sides that fit into `side`, never enlarged, at least 1. */
export function fitInside(width: number, height: number, side: number): { width: number; height: number } {
  const scale = Math.min(1, side / Math.max(width, height));
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
