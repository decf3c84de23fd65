import type { ImageMedia, VideoMedia } from '../../media/media';
import { WorkPacer } from '../workPacer';
import { type FrameAt, type FrameSource, nearestIndex } from './frameSource';
import { evenTimes, MAX_SAMPLES, MAX_SCAN, sceneTimes } from './sampleTimes';
import { changeBetween, type FrameChange, findCuts, lumaOf } from './sceneCuts';
import { FRAME_SIDE } from './videoHeader';

/** Longest side of a scanned frame in pixels. */
const SCAN_SIDE = 160;
/** Frames that are looked at again between two scanned ones, to place a cut; and cuts that are placed so. */
const REFINE_FRAMES = 8;
const MAX_REFINED = 20;

export type VideoSample = Required<Pick<VideoMedia, 'frames' | 'times' | 'sceneCuts' | 'motion' | 'scan'>>;

/**
 * A coarse scan over the whole length (at most 200 small frames), its cuts, and at most 16 frames spread over the
 * scenes by their length, in order of time; all frames of a video that has no more.
 * Throws what the source throws, and CANCELLED.
 */
export async function sampleVideo(
  source: FrameSource,
  timeline: { duration: number; frameTimes: number[] },
  signal?: AbortSignal,
): Promise<VideoSample | undefined> {
  const { duration, frameTimes } = beginning(timeline, source.limit);
  const asked = evenTimes(frameTimes, duration, MAX_SCAN);
  const scanned = ofOneSize(await source.frames({ times: asked, side: SCAN_SIDE }, signal));
  if (scanned.length === 0) return undefined;
  const changes = await measureChanges(scanned, signal);
  const images = scanned.map((f) => f.image);
  const found = findCuts(images, changes);
  const sceneCuts = await placeCuts(source, frameTimes, scanned, found, signal);
  const times =
    frameTimes.length > 0 && frameTimes.length <= MAX_SAMPLES
      ? frameTimes
      : onFrames(sceneTimes(sceneCuts, duration, MAX_SAMPLES), frameTimes);
  const kept = await source.frames({ times, side: FRAME_SIDE }, signal);
  const { width, height } = images[0]!;
  return {
    frames: kept.map((f) => f.image),
    times: kept.map((f) => f.time),
    sceneCuts,
    motion: changes.map((c) => c.luma),
    scan: {
      times: scanned.map((f) => f.time),
      width,
      height,
      luma: images.map(lumaOf),
      complete: frameTimes.length > 0 && scanned.length === timeline.frameTimes.length,
    },
  };
}

/** The first `frames` of a video alone. */
function beginning(timeline: { duration: number; frameTimes: number[] }, frames?: number): typeof timeline {
  const end = frames === undefined ? undefined : timeline.frameTimes[frames];
  return end === undefined ? timeline : { duration: end, frameTimes: timeline.frameTimes.slice(0, frames) };
}

/** Frames as large as the first: a stream may change its size. */
function ofOneSize(frames: FrameAt[]): FrameAt[] {
  const first = frames[0]?.image;
  return frames.filter(({ image }) => image.width === first?.width && image.height === first.height);
}

async function measureChanges(frames: FrameAt[], signal?: AbortSignal): Promise<FrameChange[]> {
  const pacer = new WorkPacer(signal);
  const changes: FrameChange[] = [];
  for (let i = 1; i < frames.length; i++) {
    changes.push(changeBetween(frames[i - 1]!.image, frames[i]!.image));
    await pacer.breathe();
  }
  return changes;
}

/** Each moment moved to the nearest frame; none twice. */
function onFrames(times: number[], frameTimes: number[]): number[] {
  if (frameTimes.length === 0) return times;
  return [...new Set(times.map((t) => frameTimes[nearestIndex(frameTimes, t)]!))];
}

/**
 * Seconds of the cuts. Where the scan left frames out, up to 8 between the two scanned ones are looked at, and the cut
 * is at the largest change; the frames of all cuts are fetched at once.
 */
async function placeCuts(
  source: FrameSource,
  frameTimes: number[],
  scanned: FrameAt[],
  cuts: number[],
  signal?: AbortSignal,
): Promise<number[]> {
  const gaps = cuts.slice(0, MAX_REFINED).map((i) => between(frameTimes, scanned[i - 1]!.time, scanned[i]!.time));
  const wanted = gaps.flat();
  const found = wanted.length > 0 ? await source.frames({ times: wanted, side: SCAN_SIDE }, signal) : [];
  return cuts.map((i, k) => {
    const [before, after] = [scanned[i - 1]!, scanned[i]!];
    if (!gaps[k]?.length) return after.time;
    const inside = found.filter(({ time }) => time > before.time && time < after.time);
    return largestStep([before, ...ofSize(inside, before.image), after]);
  });
}

const ofSize = (frames: FrameAt[], { width, height }: ImageMedia): FrameAt[] =>
  frames.filter(({ image }) => image.width === width && image.height === height);

/** Up to 8 frames strictly between two moments. */
function between(frameTimes: number[], from: number, to: number): number[] {
  const first = nearestIndex(frameTimes.length > 0 ? frameTimes : [0], from);
  const inside = frameTimes.slice(first, first + 100_000).filter((t) => t > from + 1e-4 && t < to - 1e-4);
  if (inside.length <= REFINE_FRAMES) return inside;
  return Array.from(
    { length: REFINE_FRAMES },
    (_, i) => inside[Math.floor(((i + 0.5) * inside.length) / REFINE_FRAMES)]!,
  );
}

function largestStep(frames: FrameAt[]): number {
  let best = frames[frames.length - 1]!.time;
  let most = -1;
  for (let i = 1; i < frames.length; i++) {
    const { change } = changeBetween(frames[i - 1]!.image, frames[i]!.image);
    if (change > most) [most, best] = [change, frames[i]!.time];
  }
  return best;
}
