import { errors } from '../../common/errors';
import type { AudioMedia } from '../../media/media';
import type { VideoFrameTool } from '../format';
import { checkSides } from '../image/imageHeader';
import { isJpeg } from '../image/jpeg';
import { isPng } from '../image/png';
import { isWebp } from '../image/webp';
import { frameImage, nearestIndex } from './frameSource';
import { decodePicture } from './sharpFrames';

/** A frame that somebody else decoded (the panel, with WebCodecs). */
export interface SuppliedFrame {
  /** Seconds from the first frame of the video. */
  time: number;
  /** RGBA, width * height * 4 bytes, where both sides are given; else a PNG, JPEG or WebP picture. */
  bytes: Uint8Array;
  width?: number;
  height?: number;
}

/** Most frames that are taken. */
export const MAX_SUPPLIED_FRAMES = 400;

/**
 * Frames that are at hand already, as a tool: a request gets those nearest to its times, none twice.
 * Throws FILE_DAMAGED where a frame's bytes do not fit its sides or are no picture, FILE_TOO_LARGE above 400 frames.
 */
export function suppliedFrames(
  supplied: readonly SuppliedFrame[],
  name = 'WebCodecs',
  sound?: AudioMedia,
): VideoFrameTool {
  if (supplied.length > MAX_SUPPLIED_FRAMES)
    throw errors.tooLarge('list of supplied frames', `${supplied.length} long`, `${MAX_SUPPLIED_FRAMES}`);
  const frames = supplied.filter(({ time }) => Number.isFinite(time)).sort((a, b) => a.time - b.time);
  const times = frames.map((f) => f.time);
  return {
    name,
    frames: async (_bytes, request, signal) => {
      if (frames.length === 0) return [];
      const wanted = [...new Set(request.times.map((t) => nearestIndex(times, t)))];
      const found = [];
      for (const i of wanted)
        found.push({ time: times[i]!, image: await decodeSupplied(frames[i]!, request.side, signal) });
      return found;
    },
    ...(sound ? { sound: async () => sound } : {}),
  };
}

async function decodeSupplied({ bytes, width, height }: SuppliedFrame, side: number, signal?: AbortSignal) {
  if (width === undefined || height === undefined) {
    if (!isPng(bytes) && !isJpeg(bytes) && !isWebp(bytes)) throw errors.damaged('supplied frame', 'it is no picture');
    return decodePicture(bytes, side, 'supplied frame', 0, signal);
  }
  checkSides('supplied frame', width, height);
  if (bytes.length !== width * height * 4)
    throw errors.damaged('supplied frame', `${bytes.length} bytes are not ${width} × ${height} pixels`);
  if (Math.max(width, height) > side) return decodePicture(bytes, side, 'supplied frame', 0, signal, { width, height });
  return frameImage(new Uint8ClampedArray(bytes), width, height, 'video');
}
