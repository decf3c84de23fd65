import { errors } from './common/errors';
import type { ModelSquare } from './common/modelInput';
import { encodePng } from './decoders/index';
import { cloudSample, depthGrid, envelope, pointNormals, spectrogram, waveformPeaks, wavOf } from './facts/index';
import type { AudioMedia, ImageMedia, ImuMedia, Media, PointMedia, RgbxMedia, VideoMedia } from './media/media';
import { TRACES } from './mediaPreviews';
import type { DepthRelief, MediaView, ViewParams, ViewPicture } from './protocol/messages';
import { seenPictures } from './runtime/preprocess/seenPictures';

/** Longest side of a picture that one looks into, and of a frame of a video, in pixels. */
const PICTURE_SIDE = 2048;
const FRAME_SIDE = 448;
/** Points of a cloud: what a browser turns smoothly without a graphics card. */
const CLOUD_POINTS = 100_000;
/** Cells along the longer side of a depth map's surface. */
const RELIEF_SIDE = 256;
const COLUMNS = 1200;
const SPECTROGRAM = { columns: 480, rows: 96 };
/** Three minutes of stereo at 44.1 kHz; as base64 it still fits a message of the socket. */
const WAV_BYTES = 32 << 20;

/** What a larger preview shows of decoded media. Throws FILE_NO_PICTURE where squares of no picture are asked for, and CANCELLED. */
export async function viewOf(
  media: Media,
  { part, square }: Omit<ViewParams, 'source'>,
  signal: AbortSignal,
): Promise<MediaView> {
  if (part === 'seen') return seen(media, square, signal);
  if (part === 'wav') return wav(media);
  if (part === 'normals') return normals(media, signal);
  switch (media.kind) {
    case 'image':
      return { kind: 'pictures', pictures: [await picture(media, '', PICTURE_SIDE, signal)] };
    case 'video':
      return frames(media, signal);
    case 'rgbd':
    case 'rgbn':
      return map(media, signal);
    case 'fmri':
      if (!media.volume) return { kind: 'none' };
      return { kind: 'pictures', pictures: [await picture(media.volume.slice, 'middle slice', PICTURE_SIDE, signal)] };
    case 'audio':
      return sound(media);
    case 'point':
      return cloud(media);
    case 'imu':
      return traces(media);
  }
}

const base64 = ({ buffer, byteOffset, byteLength }: ArrayBufferView): string =>
  Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength).toString('base64');

async function picture(image: ImageMedia, caption: string, side: number, signal: AbortSignal): Promise<ViewPicture> {
  const pngBase64 = base64(await encodePng(image, side, signal));
  const { width, height, fullWidth, fullHeight } = image;
  return { caption, pngBase64, width: fullWidth ?? width, height: fullHeight ?? height };
}

async function frames(media: VideoMedia, signal: AbortSignal): Promise<MediaView> {
  if (media.frames.length === 0) return media.sound?.audio ? sound(media.sound.audio) : { kind: 'none' };
  const pictures: ViewPicture[] = [];
  for (const [i, frame] of media.frames.entries()) {
    const time = media.times?.[i];
    const shown = await picture(frame, time === undefined ? '' : `${time.toFixed(2)} s`, FRAME_SIDE, signal);
    pictures.push(time === undefined ? shown : { ...shown, time });
  }
  return { kind: 'pictures', pictures };
}

async function map(media: RgbxMedia, signal: AbortSignal): Promise<MediaView> {
  const caption = media.kind === 'rgbd' ? 'depth' : 'normals';
  const pictures = [await picture(media.map, caption, PICTURE_SIDE, signal)];
  if (media.photo) pictures.unshift(await picture(media.photo, 'photograph', PICTURE_SIDE, signal));
  return { kind: 'pictures', pictures, ...(media.depth ? { relief: relief(media.depth, media.photo) } : {}) };
}

function relief(depth: NonNullable<RgbxMedia['depth']>, photo: ImageMedia | undefined): DepthRelief {
  const { columns, rows, values, colors, range } = depthGrid(depth, photo, RELIEF_SIDE);
  return {
    columns,
    rows,
    valuesBase64: base64(values),
    ...(colors ? { colorsBase64: base64(colors) } : {}),
    range,
    ...(depth.unit ? { unit: depth.unit } : {}),
    quantity: depth.quantity ?? 'depth',
  };
}

function sound(media: AudioMedia): MediaView {
  const { columns, rows, data, minHz, maxHz } = spectrogram(media, SPECTROGRAM);
  return {
    kind: 'sound',
    peaks: waveformPeaks(media, COLUMNS),
    duration: (media.channels[0]?.length ?? 0) / media.sampleRate,
    sampleRate: media.sampleRate,
    channels: media.channels.length,
    spectrogram: { columns, rows, base64: base64(data), minHz, maxHz },
  };
}

function cloud(media: PointMedia): MediaView {
  const { count, of, positions, middle, colors } = cloudSample(media, CLOUD_POINTS);
  return {
    kind: 'cloud',
    count,
    of,
    positionsBase64: base64(positions),
    middle,
    ...(colors ? { colorsBase64: base64(colors) } : {}),
    up: media.up ?? 'z',
  };
}

/** A sensor that the file lacks has no trace. */
function traces(media: ImuMedia): MediaView {
  const there = [media.sensors?.accelerometer ?? true, media.sensors?.gyroscope ?? true];
  return {
    kind: 'traces',
    traces: TRACES.flatMap(([label, unit], i) =>
      there[i < 3 ? 0 : 1] ? [{ label, unit, ...envelope(media.channels[i]!, COLUMNS) }] : [],
    ),
    duration: (media.channels[0]?.length ?? 0) / media.sampleRate,
  };
}

async function normals(media: Media, signal: AbortSignal): Promise<MediaView> {
  if (media.kind !== 'point') return { kind: 'none' };
  return { kind: 'normals', base64: base64(await pointNormals(cloudSample(media, CLOUD_POINTS).positions, signal)) };
}

function wav(media: Media): MediaView {
  const audio = media.kind === 'video' ? media.sound?.audio : media;
  if (audio?.kind !== 'audio') return { kind: 'none' };
  const { bytes, seconds } = wavOf(audio, WAV_BYTES);
  return { kind: 'wav', base64: base64(bytes), seconds, of: (audio.channels[0]?.length ?? 0) / audio.sampleRate };
}

async function seen(media: Media, square: ModelSquare | undefined, signal: AbortSignal): Promise<MediaView> {
  if (square === undefined || !isPicture(media)) throw errors.noPicture(media.format, media.kind);
  const pictures: ViewPicture[] = [];
  for (const { width, height, data } of seenPictures(media, square)) {
    const shown: ImageMedia = { ...BLANK, width, height, data: withAlpha(data) };
    pictures.push(await picture(shown, '', square.size, signal));
  }
  return { kind: 'pictures', pictures };
}

const isPicture = (media: Media): media is ImageMedia | RgbxMedia | VideoMedia =>
  ['image', 'rgbd', 'rgbn', 'video'].includes(media.kind);

const BLANK = {
  kind: 'image' as const,
  format: 'png',
  channels: 3,
  bitDepth: 8,
  hasAlpha: false,
  frames: 1,
  warnings: [],
};

function withAlpha(rgb: Uint8Array): Uint8ClampedArray {
  const rgba = new Uint8ClampedArray((rgb.length / 3) * 4).fill(255);
  for (let i = 0; i < rgb.length / 3; i++) rgba.set(rgb.subarray(3 * i, 3 * i + 3), 4 * i);
  return rgba;
}
