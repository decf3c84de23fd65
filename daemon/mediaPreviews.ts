import { encodePng } from './decoders/index';
import { pointsPreview, spectrogram, waveformPeaks } from './facts/preview';
import type { AudioMedia, ImageMedia, ImuMedia, Media, RgbxMedia, VideoMedia } from './media/media';
import type { CaptionedPicture, MediaPreview } from './protocol/messages';

/** Points that the panel draws. */
const PREVIEW_POINTS = 4000;
/** Peaks of a waveform, columns of a spectrogram and values of a trace across the panel. */
const PREVIEW_COLUMNS = 240;
const SPECTROGRAM_ROWS = 64;
const THUMBNAIL_SIDE = 256;
const FRAME_SIDE = 160;
const PREVIEW_FRAMES = 8;

/** What the panel draws for an attachment; undefined where there is nothing to see (a response vector). */
export async function previewOf(media: Media): Promise<MediaPreview | undefined> {
  switch (media.kind) {
    case 'image':
      return { kind: 'thumbnail', ...(await png(media, THUMBNAIL_SIDE)) };
    case 'audio':
      return waveform(media);
    case 'point':
      return { kind: 'points', ...pointsPreview(media, PREVIEW_POINTS) };
    case 'video':
      return frames(media);
    case 'rgbd':
    case 'rgbn':
      return { kind: 'pictures', pictures: await pair(media) };
    case 'imu':
      return traces(media);
    case 'fmri':
      if (!media.volume) return undefined;
      return { kind: 'pictures', pictures: [await captioned(media.volume.slice, 'middle slice', THUMBNAIL_SIDE)] };
  }
}

/** Longest side of the picture under a plot's overlay. */
const PICTURE_SIDE = 2000;

/** The whole picture as base64 of a PNG. */
export async function pictureOf(image: ImageMedia): Promise<string> {
  return Buffer.from(await encodePng(image, PICTURE_SIDE)).toString('base64');
}

async function png(image: ImageMedia, side: number): Promise<{ pngBase64: string; width: number; height: number }> {
  const bytes = await encodePng(image, side);
  return { pngBase64: Buffer.from(bytes).toString('base64'), width: image.width, height: image.height };
}

async function captioned(image: ImageMedia, caption: string, side: number): Promise<CaptionedPicture> {
  return { caption, ...(await png(image, side)) };
}

function waveform(media: AudioMedia): MediaPreview {
  const duration = (media.channels[0]?.length ?? 0) / media.sampleRate;
  const picture = spectrogram(media, { columns: PREVIEW_COLUMNS, rows: SPECTROGRAM_ROWS });
  const { columns, rows, data, minHz, maxHz } = picture;
  const base64 = Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64');
  return {
    kind: 'waveform',
    peaks: waveformPeaks(media, PREVIEW_COLUMNS),
    duration,
    spectrogram: { columns, rows, base64, minHz, maxHz },
  };
}

/** Frames spread over those that the model sees; without any, the sound track's waveform. */
async function frames(media: VideoMedia): Promise<MediaPreview | undefined> {
  if (media.frames.length === 0) return media.sound?.audio ? waveform(media.sound.audio) : undefined;
  const count = Math.min(PREVIEW_FRAMES, media.frames.length);
  const chosen = Array.from({ length: count }, (_, i) => Math.floor(((i + 0.5) * media.frames.length) / count));
  const pictures = await Promise.all(
    chosen.map((i) => captioned(media.frames[i]!, seconds(media.times?.[i]), FRAME_SIDE)),
  );
  return { kind: 'pictures', pictures, duration: media.duration };
}

const seconds = (time: number | undefined): string => (time === undefined ? '' : `${time.toFixed(1)} s`);

async function pair(media: RgbxMedia): Promise<CaptionedPicture[]> {
  const map = await captioned(media.map, media.kind === 'rgbd' ? 'depth' : 'normals', THUMBNAIL_SIDE);
  return media.photo ? [await captioned(media.photo, 'photograph', THUMBNAIL_SIDE), map] : [map];
}

/** Name and unit of each channel of an inertial recording. */
export const TRACES = [
  ['accelerometer x', 'm/s²'],
  ['accelerometer y', 'm/s²'],
  ['accelerometer z', 'm/s²'],
  ['gyroscope x', 'rad/s'],
  ['gyroscope y', 'rad/s'],
  ['gyroscope z', 'rad/s'],
] as const;

/** The mean of each column; a sensor that the file lacks has no trace. */
function traces(media: ImuMedia): MediaPreview {
  const there = [media.sensors?.accelerometer ?? true, media.sensors?.gyroscope ?? true];
  return {
    kind: 'traces',
    traces: TRACES.flatMap(([label, unit], i) =>
      there[i < 3 ? 0 : 1] ? [{ label, unit, values: columnMeans(media.channels[i]!) }] : [],
    ),
    duration: (media.channels[0]?.length ?? 0) / media.sampleRate,
  };
}

function columnMeans(values: Float32Array): number[] {
  const columns = Math.min(PREVIEW_COLUMNS, values.length);
  return Array.from({ length: columns }, (_, c) => {
    const from = Math.floor((c * values.length) / columns);
    const to = Math.floor(((c + 1) * values.length) / columns);
    let sum = 0;
    for (let i = from; i < to; i++) sum += values[i]!;
    return sum / (to - from);
  });
}
