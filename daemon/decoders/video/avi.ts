import { errors } from '../../common/errors';
import type { AudioMedia, VideoMedia } from '../../media/media';
import { mp3 } from '../audio/mp3';
import { parseWavFormat } from '../audio/wavFormat';
import { readWavSamples } from '../audio/wavSamples';
import type { DecodeTools } from '../format';
import { WorkPacer } from '../workPacer';
import { type AviFile, type AviStream, readAvi } from './aviFile';
import { videoCodecName } from './codecNames';
import { pictureSource } from './container';
import { nearestIndex } from './frameSource';
import { withTools } from './toVideoMedia';
import { checkFrameCount, checkFrameSize, type VideoHeader } from './videoHeader';

/** wFormatTag of WAVEFORMATEX -> name (mmreg.h). */
const SOUND_CODECS: Readonly<Record<number, string>> = {
  1: 'pcm',
  2: 'adpcm-ms',
  3: 'pcm-float',
  6: 'alaw',
  7: 'ulaw',
  17: 'adpcm-ima',
  80: 'mp2',
  85: 'mp3',
  255: 'aac',
  353: 'wma',
  8192: 'ac3',
  8193: 'dts',
};
const MP3 = 85;

/**
 * AVI by our own reader: metadata always, Motion JPEG frames and PCM or MP3 sound without any tool.
 * Throws FILE_DAMAGED, FILE_TRUNCATED, FILE_TOO_LARGE, MEDIA_EMPTY, CANCELLED.
 */
export async function decodeAvi(bytes: Uint8Array, signal?: AbortSignal, tools?: DecodeTools): Promise<VideoMedia> {
  const file = await readAvi(bytes, signal);
  const video = file.streams.find((s) => s.type === 'vids');
  if (!video) throw errors.noContent('AVI', 'video tracks');
  checkFrameCount('AVI', video.chunks.length);
  const header = headerOf(bytes, file, video);
  const packet = async (time: number) => chunkBytes(bytes, video, nearestIndex(header.frameTimes, time));
  const source = header.codec === 'mjpeg' || header.codec === 'png' ? pictureSource(header, packet, 'AVI') : undefined;
  const sound = file.streams.find((s) => s.type === 'auds');
  const own = {
    ...(source ? { source } : {}),
    ...(sound ? { sound: () => decodeSound(bytes, sound, signal) } : {}),
  };
  return withTools(header, bytes, tools, own, signal);
}

function headerOf(bytes: Uint8Array, file: AviFile, video: AviStream): VideoHeader {
  const { width, height, compression } = readBitmapHeader(bytes, video);
  const seconds = video.rate > 0 && video.scale > 0 ? video.scale / video.rate : file.microsPerFrame / 1e6;
  if (!(seconds > 0)) throw errors.damaged('AVI', 'it states no frame rate');
  const count = video.chunks.length;
  const size = video.chunks.reduce((sum, c) => sum + c.size, 0);
  const sound = file.streams.find((s) => s.type === 'auds');
  const round = (t: number) => Math.round(t * 1e6) / 1e6;
  return {
    format: 'avi',
    codec: compression === '' ? 'rawvideo' : videoCodecName(compression),
    width,
    height,
    duration: round(count * seconds),
    frameRate: 1 / seconds,
    variableRate: false,
    totalFrames: count,
    frameTimes: Array.from({ length: count }, (_, i) => round(i * seconds)),
    bitRate: (size * 8) / (count * seconds),
    ...(sound ? { sound: describeSound(bytes, sound) } : {}),
    warnings: file.cut ? [`The AVI file is cut short; the ${count} frames before the cut were read.`] : [],
  };
}

/** BITMAPINFOHEADER (wingdi.h): size, width, height (negative = top down), planes, bits, compression. */
function readBitmapHeader(bytes: Uint8Array, { format }: AviStream) {
  if (format.size < 20) throw errors.damaged('AVI', 'its video track has no format');
  const view = new DataView(bytes.buffer, bytes.byteOffset + format.start, format.size);
  const [width, height] = [view.getInt32(4, true), Math.abs(view.getInt32(8, true))];
  checkFrameSize('AVI', width, height);
  const code = view.getUint32(16, true);
  const text = String.fromCharCode(...bytes.subarray(format.start + 16, format.start + 20));
  return { width, height, compression: code === 0 ? '' : text };
}

function describeSound(bytes: Uint8Array, { format }: AviStream): NonNullable<VideoMedia['sound']> {
  if (format.size < 16) return { codec: 'unknown', sampleRate: 0, channels: 0 };
  const view = new DataView(bytes.buffer, bytes.byteOffset + format.start, format.size);
  const tag = view.getUint16(0, true);
  const bits = view.getUint16(14, true);
  const codec = SOUND_CODECS[tag] ?? `format ${tag}`;
  return {
    codec: tag === 1 ? `pcm-${bits === 8 ? 'u' : 's'}${bits}` : codec,
    sampleRate: view.getUint32(4, true),
    channels: view.getUint16(2, true),
  };
}

/** PCM and MP3 sound; undefined for other codecs. */
async function decodeSound(
  bytes: Uint8Array,
  stream: AviStream,
  signal?: AbortSignal,
): Promise<AudioMedia | undefined> {
  const { format, chunks } = stream;
  if (format.size < 16) return undefined;
  const tag = bytes[format.start]! | (bytes[format.start + 1]! << 8);
  if (tag !== 1 && tag !== 3 && tag !== MP3) return undefined;
  const data = joined(bytes, chunks);
  if (data.length === 0) return undefined;
  if (tag === MP3) return (await mp3.decode(data, 'sound.mp3', signal)) as AudioMedia;
  const wav = parseWavFormat(bytes, { id: 'fmt ', ...format });
  const frames = Math.floor(data.length / (wav.bytesPerSample * wav.channels));
  if (frames === 0) return undefined;
  const channels = await readWavSamples(data, wav, frames, new WorkPacer(signal));
  const { sampleRate, bitDepth } = wav;
  return { kind: 'audio', format: 'wav', sampleRate, channels, ...(bitDepth ? { bitDepth } : {}), warnings: [] };
}

function joined(bytes: Uint8Array, chunks: AviStream['chunks']): Uint8Array {
  const data = new Uint8Array(chunks.reduce((sum, c) => sum + c.size, 0));
  let at = 0;
  for (const { start, size } of chunks) {
    data.set(bytes.subarray(start, start + size), at);
    at += size;
  }
  return data;
}

/** An empty chunk repeats the frame before it. */
function chunkBytes(bytes: Uint8Array, { chunks }: AviStream, index: number): Uint8Array | undefined {
  for (let i = index; i >= 0; i--) {
    const { start, size } = chunks[i]!;
    if (size > 0) return bytes.subarray(start, start + size);
  }
  return undefined;
}
