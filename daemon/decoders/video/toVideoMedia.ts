import { isOneLensError, toOneLensError } from '../../common/errors';
import type { AudioMedia, VideoMedia } from '../../media/media';
import type { DecodeTools } from '../format';
import { codecTitle } from './codecNames';
import { type FrameSource, toolSource } from './frameSource';
import { sampleVideo, type VideoSample } from './sampleVideo';
import type { VideoHeader } from './videoHeader';

/**
 * The header with sampled frames, where `source` is there and can decode them; without, or where it fails, the header
 * alone with a warning that says why. Throws CANCELLED only.
 */
export async function toVideoMedia(
  header: VideoHeader,
  source: FrameSource | undefined,
  signal?: AbortSignal,
): Promise<VideoMedia> {
  const { frameTimes, ...known } = header;
  const media: VideoMedia = { kind: 'video', ...known, frames: [], warnings: [...header.warnings] };
  if (!source) {
    media.warnings.push(noToolWarning(header.codec));
    return media;
  }
  const sample = await trySample(source, header, frameTimes, media.warnings, signal);
  if (!sample || sample.frames.length === 0) return media;
  if (!source.limit && sample.scan.times.length < Math.min(frameTimes.length, 200) * 0.9 && frameTimes.length <= 200)
    media.warnings.push(
      `${sample.scan.times.length} of ${frameTimes.length} frames were decoded; what is measured in frames is of these.`,
    );
  return { ...media, ...sample, decodedBy: source.name };
}

async function trySample(
  source: FrameSource,
  header: VideoHeader,
  frameTimes: number[],
  warnings: string[],
  signal?: AbortSignal,
): Promise<VideoSample | undefined> {
  try {
    const sample = await sampleVideo(source, { duration: header.duration, frameTimes }, signal);
    if (!sample || sample.frames.length === 0)
      warnings.push(
        `${source.name} decoded no frame of this ${codecTitle(header.codec)} video; what is known is from its header.`,
      );
    return sample;
  } catch (error) {
    if (isOneLensError(error) && error.code === 'CANCELLED') throw error;
    const { what } = toOneLensError(error);
    warnings.push(
      `The frames could not be decoded (${what.replace(/\.$/, '')}); what is known is from the file's header.`,
    );
    return undefined;
  }
}

function noToolWarning(codec: string): string {
  return (
    `Nothing here can decode ${codecTitle(codec)}, so no frame was looked at; what is known is from the file's header. ` +
    'Install ffmpeg (it is found on the PATH), or attach the file in the chat panel, where VS Code may decode it.'
  );
}

/**
 * Frames through the tool of this machine, and the sound track where it can. `decoded` is sound that a reader of ours
 * decoded already. Throws CANCELLED only.
 */
export async function withTools(
  header: VideoHeader,
  bytes: Uint8Array,
  tools: DecodeTools | undefined,
  own: { source?: FrameSource; sound?: () => Promise<AudioMedia | undefined> } = {},
  signal?: AbortSignal,
): Promise<VideoMedia> {
  const ours = tools?.restricted ? undefined : own.source;
  const source = ours ?? (tools?.video && toolSource(tools.video, bytes));
  const media = await toVideoMedia(header, source, signal);
  if (!media.sound) return media;
  const audio = await trySound(own.sound, tools, bytes, media.warnings, signal);
  if (audio) {
    media.sound.audio = audio;
    media.warnings.push(...audio.warnings.map((w) => `Sound track: ${w}`));
  }
  return media;
}

async function trySound(
  own: (() => Promise<AudioMedia | undefined>) | undefined,
  tools: DecodeTools | undefined,
  bytes: Uint8Array,
  warnings: string[],
  signal?: AbortSignal,
): Promise<AudioMedia | undefined> {
  try {
    return (await own?.()) ?? (await tools?.video?.sound?.(bytes, signal));
  } catch (error) {
    if (isOneLensError(error) && error.code === 'CANCELLED') throw error;
    warnings.push(`The sound track could not be decoded (${toOneLensError(error).what.replace(/\.$/, '')}).`);
    return undefined;
  }
}
