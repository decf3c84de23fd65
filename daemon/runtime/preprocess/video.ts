import { errors } from '../../common/errors';
import type { ImageMedia, VideoMedia } from '../../media/media';
import type { PreparedMedia } from '../preparedMedia';
import type { Rgb8 } from './bicubic';
import { bilinearView } from './bilinear';
import { fitOf } from './fitOf';
import { overWhite } from './image';
import { imageGeometry } from './imageGeometry';
import { movingPart, type Square } from './movingPart';
import { type PictureConfig, squareOf } from './pictureConfig';

/** Length of one clip of the official sampler; only its first frame is used. */
const CLIP_SECONDS = 1;

/**
 * Video -> [1, F, 3, S, S] (`video_utils.py` with pytorchvideo 0.1.5): `clips` moments spread over the video, the
 * first frame of each, scaled without antialiasing to the short side S, and `crops` squares along the long side.
 * The views stay in order, for models that put them side by side (`video_frames`); the official one averages them. Crops
 * that would be identical (square frames, "stretch") are made once. Where a model asks for it (`video.follow`) and the ground of the video
 * stands still, the square about what moves takes the place of the whole frame.
 */
export function prepareVideo(media: VideoMedia, config: PictureConfig): Omit<PreparedMedia, 'modality'> {
  if (media.frames.length === 0) throw errors.noFrames(media.format.toUpperCase(), media.codec ?? 'unknown codec');
  const size = config.clip.image;
  const { clips } = config.video;
  const moments = media.times ? sampledFrames(media, media.times, clips) : framesOf(media, clips);
  const part = config.video.follow && !media.sceneCuts?.length ? followed(media, moments) : undefined;
  const fit = fitOf(overWhite(media.frames[moments[0]!]!), config.image_fit);
  const views = moments.flatMap((index, i) => {
    const frame = media.frames[index]!;
    if (part) return [bilinearView(cutOut(overWhite(frame), part[i]!), size, size, 0, 0, size)];
    return viewsOf(frame, size, { ...config, image_fit: fit });
  });
  const tensor = new Float32Array(views.length * 3 * size * size);
  views.forEach((view, i) => {
    tensor.set(view, i * view.length);
  });
  const input = {
    kind: 'frames' as const,
    square: { ...squareOf(config), fit },
    ...(part ? { parts: part.map(({ left, top, side }) => ({ left, top, width: side, height: side })) } : {}),
    times: moments.map((i) => timeOf(media, i)),
  };
  return { frames: views.length, tensor, shape: [1, views.length, 3, size, size], warnings: [], input };
}

/** Where what moves is at these moments, of a video whose ground stands still. */
function followed({ frames }: VideoMedia, moments: readonly number[]): Square[] | undefined {
  return movingPart(frames.map(overWhite), moments);
}

function cutOut({ width, data }: Rgb8, { left, top, side }: Square): Rgb8 {
  const out = new Uint8Array(side * side * 3);
  for (let y = 0; y < side; y++) {
    const from = ((top + y) * width + left) * 3;
    out.set(data.subarray(from, from + side * 3), y * side * 3);
  }
  return { width: side, height: side, data: out };
}

/** Seconds of the frame numbered `index`. */
const timeOf = ({ times, frameRate }: VideoMedia, index: number) =>
  times?.[index] ?? (frameRate > 0 ? index / frameRate : 0);

/**
 * The number of the frame at ceil(rate * start) of each clip; starts are i * max(duration - 1, 0) / clips. That never reaches the
 * last fifth of the video (a fault of that version, kept because the model was trained and measured with it).
 */
function framesOf({ frames, frameRate }: VideoMedia, clips: number): number[] {
  const duration = frameRate > 0 ? frames.length / frameRate : 0;
  const step = Math.max(duration - CLIP_SECONDS, 0) / clips;
  return Array.from({ length: clips }, (_, i) => {
    const index = Math.ceil(frameRate * step * i) || 0;
    return Math.min(index, frames.length - 1);
  });
}

/**
 * The same of sampled frames, whose seconds are `times`: of a video without a cut the frame nearest to each moment of the
 * official sampler; of one with cuts, whose frames are spread over its scenes, every n-th, so that no scene is lost.
 */
function sampledFrames({ frames, duration, sceneCuts }: VideoMedia, times: number[], clips: number): number[] {
  const step = Math.max(duration - CLIP_SECONDS, 0) / clips;
  return Array.from({ length: clips }, (_, i) => {
    if (sceneCuts && sceneCuts.length > 0) return Math.floor(((i + 0.5) * frames.length) / clips);
    return nearest(times, step * i);
  });
}

function nearest(times: number[], time: number): number {
  return times.reduce((best, t, i) => (Math.abs(t - time) < Math.abs(times[best]! - time) ? i : best), 0);
}

/** [3, S, S] of each distinct crop. */
function viewsOf(frame: ImageMedia, size: number, config: PictureConfig): Float32Array[] {
  const rgb = overWhite(frame);
  const { width, height } =
    config.image_fit === 'crop'
      ? scaledSize(frame, size)
      : imageGeometry(frame.width, frame.height, size, config.image_fit);
  const room = Math.max(width, height) - size;
  return cropOffsets(room, config.video.crops).map((offset) =>
    bilinearView(rgb, width, height, width > height ? offset : 0, width > height ? 0 : offset, size),
  );
}

/** Short side S, long side floor(ratio * S). */
function scaledSize({ width, height }: ImageMedia, size: number): { width: number; height: number } {
  if (width < height) return { width: size, height: Math.floor((height / width) * size) };
  return { width: Math.floor((width / height) * size), height: size };
}

/** Evenly from one end to the other, the middle rounded up; a single crop is the centre. */
function cropOffsets(room: number, crops: number): number[] {
  if (room === 0) return [0];
  if (crops === 1) return [Math.ceil(room / 2)];
  return Array.from({ length: crops }, (_, i) => Math.ceil((room * i) / (crops - 1)));
}
