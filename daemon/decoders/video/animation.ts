import { errors } from '../../common/errors';
import type { ImageMedia, VideoMedia } from '../../media/media';
import { decodeWithSharp } from '../image/decodeWithSharp';
import { readGifHeader } from '../image/gif';
import type { ImageHeader } from '../image/imageHeader';
import { readWebpHeader } from '../image/webp';
import { type AnimationTimes, gifTimes, webpTimes } from './animationTimes';
import { type FrameAt, type FrameSource, nearestIndex } from './frameSource';
import { canvasOf, decodePages } from './sharpFrames';
import { toVideoMedia } from './toVideoMedia';
import { type Timing, timingOf, type VideoHeader } from './videoHeader';

/** Pixels decoded at once, and in all: libvips composes every frame before the one that is asked for. */
const CHUNK_PIXELS = 50_000_000;
const MAX_ANIMATION_PIXELS = 4_000_000_000;
/**
 * Pixels of frames that are looked at, at least, and a byte of the file: composing takes time by the pixels, and a few
 * bytes can announce thousands of large frames.
 */
const LOOKED_AT_PIXELS = 20_000_000;
const LOOKED_AT_A_BYTE = 500;
/** For the table of formats. */
export const ANIMATION_LIMITS = `${MAX_ANIMATION_PIXELS / 1e9} gigapixels over all frames`;

interface Kind {
  id: 'gif' | 'webp';
  name: string;
  readHeader(bytes: Uint8Array): ImageHeader;
  times(bytes: Uint8Array): AnimationTimes;
}

const GIF: Kind = { id: 'gif', name: 'GIF', readHeader: readGifHeader, times: gifTimes };
const WEBP: Kind = { id: 'webp', name: 'WebP', readHeader: readWebpHeader, times: webpTimes };

/** GIF: a video, or a picture where it has one frame only. */
export const decodeGif = (bytes: Uint8Array, signal?: AbortSignal) => decodeAnimation(GIF, bytes, signal);
/** WebP: likewise. */
export const decodeAnimatedWebp = (bytes: Uint8Array, signal?: AbortSignal) => decodeAnimation(WEBP, bytes, signal);

async function decodeAnimation(kind: Kind, bytes: Uint8Array, signal?: AbortSignal): Promise<VideoMedia | ImageMedia> {
  const stated = kind.readHeader(bytes);
  const frames = stated.frames ?? 1;
  if (frames === 1) return decodeWithSharp(kind.id, kind.name, bytes, stated, signal);
  // the first frame of a GIF may be larger than the screen that the header states
  const header = { ...stated, ...(await canvasOf(bytes, kind.name)) };
  const work = header.width * header.height * frames;
  if (work > MAX_ANIMATION_PIXELS)
    throw errors.tooLarge(
      `${kind.name} animation`,
      `${Math.round(work / 1e6)} megapixels in ${frames} frames`,
      `${MAX_ANIMATION_PIXELS / 1e6} megapixels`,
    );
  const { delays, plays } = kind.times(bytes);
  const timing = timingOfDelays(delays.slice(0, frames));
  const limit = framesLookedAt(header, bytes.length);
  if (limit < frames)
    header.warnings.push(
      `Only the first ${limit} of ${frames} frames were looked at: all have ${Math.round(work / 1e6)} megapixels together.`,
    );
  const media = await toVideoMedia(
    videoHeader(kind, header, timing, plays, bytes.length),
    { ...pageSource(kind, bytes, header, timing.frameTimes), ...(limit < frames && { limit }) },
    signal,
  );
  if (media.frames.length === 0)
    throw errors.damaged(kind.name, `its frames cannot be decoded (${media.warnings.at(-1) ?? 'no reason given'})`);
  return media;
}

function framesLookedAt({ width, height }: ImageHeader, bytes: number): number {
  return Math.max(1, Math.floor(Math.max(LOOKED_AT_PIXELS, LOOKED_AT_A_BYTE * bytes) / (width * height)));
}

/** Delays in seconds, one a frame. */
function timingOfDelays(delays: number[]): Timing {
  let at = 0;
  const starts = delays.map((delay) => {
    const start = at;
    at += delay;
    return start;
  });
  const timing = timingOf(starts, delays);
  return { ...timing, variableRate: delays.some((d) => Math.abs(d - delays[0]!) > 1e-6) };
}

function videoHeader(kind: Kind, header: ImageHeader, timing: Timing, plays: number, bytes: number): VideoHeader {
  return {
    ...timing,
    format: kind.id,
    codec: kind.id,
    width: header.width,
    height: header.height,
    bitRate: timing.duration > 0 ? (bytes * 8) / timing.duration : 0,
    plays,
    warnings: header.warnings.map((w) => w.replace(/; the first frame is whole\.$/, '; those before it are whole.')),
  };
}

function pageSource(kind: Kind, bytes: Uint8Array, canvas: ImageHeader, times: number[]): FrameSource {
  const pages = Math.max(1, Math.min(64, Math.floor(CHUNK_PIXELS / (canvas.width * canvas.height))));
  return {
    name: 'sharp',
    frames: async (request, signal) => {
      const asked = request.times.map((t) => nearestIndex(times, t));
      const found: FrameAt[] = [];
      for (let first = 0; first < times.length; first += pages) {
        const here = asked.filter((i) => i >= first && i < first + pages);
        if (here.length === 0) continue;
        const from = Math.min(...here);
        const count = Math.max(...here) - from + 1;
        const images = await decodePages(bytes, { first: from, count }, canvas, request.side, kind.name, signal);
        for (const i of here) if (images[i - from]) found.push({ time: times[i]!, image: images[i - from]! });
      }
      return found;
    },
  };
}
