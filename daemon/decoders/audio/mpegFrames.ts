import { MAX_SECONDS } from './limits';
import { latin1Of } from './riff';

/** The header of one MPEG audio frame (ISO 11172-3 and 13818-3, and the unofficial version 2.5). */
export interface MpegHeader {
  version: 1 | 2 | 2.5;
  layer: 1 | 2 | 3;
  /** Hertz. */
  sampleRate: number;
  channels: 1 | 2;
  /** The whole frame. */
  bytes: number;
  /** Samples a channel that it decodes to. */
  samples: number;
}

const RATES = { 1: [44_100, 48_000, 32_000], 2: [22_050, 24_000, 16_000], 2.5: [11_025, 12_000, 8000] } as const;
/** kbit/s by version (1, or 2 and 2.5) and layer; index 0 is "free" and not read. */
const BITRATES: Readonly<Record<string, readonly number[]>> = {
  '1/1': [0, 32, 64, 96, 128, 160, 192, 224, 256, 288, 320, 352, 384, 416, 448],
  '1/2': [0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384],
  '1/3': [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320],
  '2/1': [0, 32, 48, 56, 64, 80, 96, 112, 128, 144, 160, 176, 192, 224, 256],
  '2/2': [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
  '2/3': [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160],
};
const VERSIONS = [2.5, undefined, 2, 1] as const;
const LAYERS = [undefined, 3, 2, 1] as const;

/** The frame header at `at`, or undefined if there is none. */
export function readMpegHeader(bytes: Uint8Array, at: number): MpegHeader | undefined {
  if (at + 4 > bytes.length || bytes[at] !== 0xff || (bytes[at + 1]! & 0xe0) !== 0xe0) return undefined;
  const version = VERSIONS[(bytes[at + 1]! >> 3) & 3];
  const layer = LAYERS[(bytes[at + 1]! >> 1) & 3];
  if (version === undefined || layer === undefined) return undefined;
  const sampleRate = RATES[version][(bytes[at + 2]! >> 2) & 3];
  const bitrate = BITRATES[`${version === 1 ? 1 : 2}/${layer}`]?.[bytes[at + 2]! >> 4];
  if (sampleRate === undefined || !bitrate) return undefined;
  const padding = (bytes[at + 2]! >> 1) & 1;
  const samples = layer === 1 ? 384 : layer === 3 && version !== 1 ? 576 : 1152;
  const slot = layer === 1 ? 4 : 1;
  const length = Math.floor((samples * bitrate * 125) / (sampleRate * slot) + padding) * slot;
  const channels = bytes[at + 3]! >> 6 === 3 ? 1 : 2;
  return { version, layer, sampleRate, channels, bytes: length, samples };
}

const sameStream = (a: MpegHeader, b: MpegHeader): boolean =>
  a.version === b.version && a.layer === b.layer && a.sampleRate === b.sampleRate;

/** Most bytes that are stepped over in search of a frame: pictures in tags between joined files, not other data. */
const MAX_SKIPPED = 64 * 1024 ** 2;

/** Frames that follow one another from `at` on, at most `limit`; a frame must be whole to count. */
export function countFrames(bytes: Uint8Array, at: number, limit: number): number {
  const first = readMpegHeader(bytes, at);
  let count = 0;
  for (let header = first; header && count < limit; header = readMpegHeader(bytes, at)) {
    if (!first || !sameStream(first, header) || at + header.bytes > bytes.length) break;
    at += header.bytes;
    count++;
  }
  return count;
}

/** What a walk over all frames found; nothing is decoded for it. */
export interface MpegStream {
  first: MpegHeader;
  channels: 1 | 2;
  /** Contiguous runs of whole frames, [start, end) in bytes. */
  runs: Array<{ start: number; end: number }>;
  frames: number;
  /** Samples a channel. */
  samples: number;
  /** Bytes between the runs that are no frames. */
  skipped: number;
  /** Bytes of the last frame that are missing. */
  missing: number;
  /** Frames that a Xing or Info header promises. */
  declaredFrames?: number;
}

/**
 * Walks the frames of [from, end). Where the chain breaks, the next place is sought at which a frame of the same
 * kind is followed by another. Undefined if there is no frame at all. Stops beyond two hours: that is an error then.
 */
export function walkMpegFrames(bytes: Uint8Array, from: number, end: number): MpegStream | undefined {
  const sound = bytes.subarray(0, end);
  let at = findFrame(sound, from, undefined);
  const first = readMpegHeader(sound, at);
  if (!first) return undefined;
  const stream: MpegStream = { first, channels: 1, runs: [], frames: 0, samples: 0, skipped: at - from, missing: 0 };
  const declaredFrames = readXingFrames(sound, at, first);
  if (declaredFrames !== undefined) stream.declaredFrames = declaredFrames;
  while (at < end && stream.samples <= MAX_SECONDS * first.sampleRate) {
    const header = readMpegHeader(sound, at);
    if (!header || !sameStream(header, first)) {
      const next = findFrame(sound, at + 1, first);
      stream.skipped += next - at;
      if (stream.skipped > MAX_SKIPPED) break;
      at = next;
      continue;
    }
    if (at + header.bytes > end) {
      stream.missing = at + header.bytes - end;
      break;
    }
    addFrame(stream, at, header);
    at += header.bytes;
  }
  return stream;
}

function addFrame(stream: MpegStream, at: number, header: MpegHeader): void {
  const run = stream.runs.at(-1);
  if (run?.end === at) run.end += header.bytes;
  else stream.runs.push({ start: at, end: at + header.bytes });
  if (header.channels === 2) stream.channels = 2;
  stream.frames++;
  stream.samples += header.samples;
}

/** The next frame that is followed by another one like it, or that ends the sound; the end if there is none. */
function findFrame(sound: Uint8Array, from: number, like: MpegHeader | undefined): number {
  for (let at = sound.indexOf(0xff, from); at >= 0; at = sound.indexOf(0xff, at + 1)) {
    if (at - from > MAX_SKIPPED) break;
    const header = readMpegHeader(sound, at);
    if (!header || (like && !sameStream(like, header))) continue;
    const next = at + header.bytes;
    const following = readMpegHeader(sound, next);
    if (next === sound.length || (following && sameStream(header, following))) return at;
  }
  return sound.length;
}

/** The frame count in a Xing or Info header (Gabriel Bouvigne, "MP3 Info tag"), which counts itself out. */
function readXingFrames(bytes: Uint8Array, at: number, header: MpegHeader): number | undefined {
  if (header.layer !== 3) return undefined;
  const sideInfo = header.version === 1 ? (header.channels === 1 ? 17 : 32) : header.channels === 1 ? 9 : 17;
  const tag = at + 4 + sideInfo;
  if (!['Xing', 'Info'].includes(latin1Of(bytes, tag, 4)) || tag + 12 > bytes.length) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset + tag, 12);
  return view.getUint32(4) & 1 ? view.getUint32(8) : undefined;
}
