import { errors, toOneLensError } from '../../common/errors';
import type { VideoMedia } from '../../media/media';
import type { DecodeTools } from '../format';
import { type Demuxed, demux } from './demux';
import { scanEbml } from './ebmlScan';
import { type FrameAt, type FrameSource, nearestIndex } from './frameSource';
import { scanIsobmff } from './isobmffScan';
import { decodePicture } from './sharpFrames';
import { withTools } from './toVideoMedia';
import type { VideoHeader } from './videoHeader';

/** MP4 and QuickTime. `id` is the row's, `name` what errors call it. Throws as `Format.decode` does. */
export async function decodeIsobmff(
  { id, name }: { id: string; name: string },
  bytes: Uint8Array,
  signal?: AbortSignal,
  tools?: DecodeTools,
): Promise<VideoMedia> {
  const { created } = scanIsobmff(bytes, name);
  const demuxed = await demux(bytes, id, name, signal);
  return finish(demuxed, bytes, { ...(created ? { created } : {}) }, name, signal, tools);
}

/** Matroska and WebM. Of a file that is cut the whole clusters are kept, with a warning. */
export async function decodeMatroska(
  { id, name }: { id: string; name: string },
  bytes: Uint8Array,
  signal?: AbortSignal,
  tools?: DecodeTools,
): Promise<VideoMedia> {
  const { created, cut } = scanEbml(bytes, name);
  const demuxed = await demux(bytes, id, name, signal).catch((error) => {
    const { code } = toOneLensError(error);
    throw cut && (code === 'MEDIA_EMPTY' || code === 'FILE_DAMAGED')
      ? errors.truncated(name, 'it ends before its first cluster of frames does')
      : error;
  });
  if (cut) demuxed.header.warnings.push(`The ${name} file is cut short; the frames before the cut were read.`);
  return finish(demuxed, bytes, { ...(created ? { created } : {}) }, name, signal, tools);
}

function finish(
  demuxed: Demuxed,
  bytes: Uint8Array,
  stated: Pick<VideoMedia, 'created'>,
  name: string,
  signal?: AbortSignal,
  tools?: DecodeTools,
): Promise<VideoMedia> {
  const header: VideoHeader = { ...demuxed.header, ...stated };
  const isPictures = header.codec === 'mjpeg' || header.codec === 'png';
  const own = isPictures ? { source: pictureSource(header, demuxed.packet, name) } : {};
  return withTools(header, bytes, tools, own, signal);
}

/** Frames that are pictures of their own (Motion JPEG, PNG), decoded by the picture library. */
export function pictureSource(
  { frameTimes, rotation }: Pick<VideoHeader, 'frameTimes' | 'rotation'>,
  packet: (time: number) => Promise<Uint8Array | undefined>,
  name: string,
): FrameSource {
  return {
    name: 'sharp',
    frames: async ({ times, side }, signal) => {
      const found: FrameAt[] = [];
      for (const asked of times) {
        const time = frameTimes[nearestIndex(frameTimes, asked)]!;
        const bytes = await packet(time);
        if (!bytes || bytes.length === 0) continue;
        found.push({ time, image: await decodePicture(bytes, side, name, rotation, signal) });
      }
      return found;
    },
  };
}
