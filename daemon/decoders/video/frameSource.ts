import type { ImageMedia } from '../../media/media';
import type { VideoFrameTool } from '../format';

export interface FrameAt {
  /** Seconds from the first frame. */
  time: number;
  image: ImageMedia;
}

/** Something that decodes frames of one video. */
export interface FrameSource {
  /** "sharp", "ffmpeg", "WebCodecs". */
  name: string;
  /** Frames from the first that it gives, where it does not give all. */
  limit?: number;
  /** Frames at about these ascending seconds, in order, at most `side` pixels on the longer side. Throws OneLensError. */
  frames(request: { times: number[]; side: number }, signal?: AbortSignal): Promise<FrameAt[]>;
}

/** A tool of this machine over the bytes of one file. */
export function toolSource(tool: VideoFrameTool, bytes: Uint8Array): FrameSource {
  return { name: tool.name, frames: (request, signal) => tool.frames(bytes, request, signal) };
}

/** A frame as picture: RGBA, 4 bytes a pixel. */
export function frameImage(data: Uint8ClampedArray, width: number, height: number, format: string): ImageMedia {
  return {
    kind: 'image',
    width,
    height,
    data,
    format,
    channels: 3,
    bitDepth: 8,
    hasAlpha: false,
    frames: 1,
    warnings: [],
  };
}

/** Index of the time nearest to `time` in an ascending list, which is not empty. */
export function nearestIndex(times: ArrayLike<number>, time: number): number {
  let low = 0;
  let high = times.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! < time) low = middle + 1;
    else high = middle;
  }
  return low > 0 && time - times[low - 1]! <= times[low]! - time ? low - 1 : low;
}
