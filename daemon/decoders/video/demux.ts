import type { EncodedPacket, Input, InputAudioTrack, InputVideoTrack } from 'mediabunny';
import { errors, isOneLensError } from '../../common/errors';
import type { VideoMedia } from '../../media/media';
import { WorkPacer } from '../workPacer';
import { codecProfile, printable, videoCodecName } from './codecNames';
import { checkFrameCount, checkFrameSize, timingOf, type VideoHeader } from './videoHeader';

/** The only importer of mediabunny (demultiplexing of MP4, QuickTime, Matroska and WebM). Loaded at the first video. */

/** Seconds that reading the times of all frames may take. */
const TIME_LIMIT = 15;

export interface Demuxed {
  header: VideoHeader;
  /** The bytes of the frame that is shown at this time of `header.frameTimes`; undefined where there are none. */
  packet(time: number): Promise<Uint8Array | undefined>;
}

/**
 * Reads the tracks of a file whose structure was scanned before. `format` is the row's id and `name` what errors call it.
 * Throws FILE_DAMAGED, MEDIA_EMPTY (no video track, no frames), FILE_TOO_LARGE, CANCELLED.
 */
export async function demux(bytes: Uint8Array, format: string, name: string, signal?: AbortSignal): Promise<Demuxed> {
  try {
    return await read(bytes, format, name, signal);
  } catch (error) {
    if (isOneLensError(error)) throw error;
    throw errors.damaged(name, `its tracks cannot be read (${reasonOf(error)})`);
  }
}

async function read(bytes: Uint8Array, format: string, name: string, signal?: AbortSignal): Promise<Demuxed> {
  const { Input, BufferSource, EncodedPacketSink, Logging, LogLevel, MP4, QTFF, MATROSKA, WEBM } = await import(
    'mediabunny'
  );
  Logging.level = LogLevel.Silent;
  const input = new Input({
    source: guarded(new BufferSource(bytes), bytes.length, name),
    formats: [MP4, QTFF, MATROSKA, WEBM],
  });
  const track = await input.getPrimaryVideoTrack();
  if (!track) throw errors.noContent(name, 'video tracks');
  const sink = new EncodedPacketSink(track);
  const packets = await readPackets(sink.packets(undefined, undefined, { metadataOnly: true }), name, signal);
  checkFrameCount(name, packets.starts.length);
  const header = await readHeader(input, track, packets, format, name);
  const first = packets.starts.reduce((a, b) => Math.min(a, b));
  const packet = async (time: number) => (await sink.getPacket(first + time + 1e-6))?.data;
  return { header, packet };
}

/** The same place read so often in a row is a loop; nothing whole is read more than a few times. */
const MAX_REPEATS = 200;
/** Reads of a file of no bytes; each byte of a larger one may cost one more (a packet costs a few). */
const MOST_READS = 5000;

/**
 * Ends a library that would read for ever: mediabunny 1.61.0 does not advance in `resync` (matroska/ebml.js) when exactly
 * 8 bytes are left, so that a damaged Matroska file would hang it. Its reads pass through `_read`, which is not public;
 * the fuzz test notices if a later version no longer calls it.
 */
function guarded<S extends object>(source: S, bytes: number, name: string): S {
  const inner = source as unknown as { _read(start: number, end: number, ...rest: number[]): unknown };
  const read = inner._read.bind(source);
  const end = performance.now() + TIME_LIMIT * 1000;
  let [lastStart, lastEnd, repeats, reads] = [-1, -1, 0, 0];
  inner._read = (from, to, ...rest) => {
    repeats = from === lastStart && to === lastEnd ? repeats + 1 : 0;
    [lastStart, lastEnd] = [from, to];
    if (repeats > MAX_REPEATS) throw errors.damaged(name, `no element can be found from byte ${from} on`);
    if (++reads > MOST_READS + bytes) throw errors.damaged(name, 'its elements lead round in a circle');
    if (reads % 1024 === 0 && performance.now() > end)
      throw errors.timedOut(`Reading the structure of the ${name} file`, TIME_LIMIT);
    return read(from, to, ...rest);
  };
  return source;
}

interface Packets {
  /** Seconds, in the order of the file. */
  starts: number[];
  durations: number[];
  bytes: number;
}

async function readPackets(source: AsyncIterable<EncodedPacket>, name: string, signal?: AbortSignal): Promise<Packets> {
  const pacer = new WorkPacer(signal);
  const end = performance.now() + TIME_LIMIT * 1000;
  const packets: Packets = { starts: [], durations: [], bytes: 0 };
  for await (const { timestamp, duration, byteLength } of source) {
    if (!Number.isFinite(timestamp)) throw errors.damaged(name, 'a frame has no time');
    packets.starts.push(timestamp);
    packets.durations.push(Number.isFinite(duration) ? duration : 0);
    packets.bytes += byteLength;
    checkFrameCount(name, packets.starts.length);
    if (performance.now() > end) throw errors.timedOut(`Reading the frames of the ${name} file`, TIME_LIMIT);
    await pacer.breathe();
  }
  return packets;
}

async function readHeader(
  input: Input,
  track: InputVideoTrack,
  packets: Packets,
  format: string,
  name: string,
): Promise<VideoHeader> {
  const timing = timingOf(packets.starts, packets.durations);
  const [width, height] = [Math.round(await track.getDisplayWidth()), Math.round(await track.getDisplayHeight())];
  checkFrameSize(name, width, height);
  checkFrameSize(name, await track.getCodedWidth(), await track.getCodedHeight());
  const codecString = (await orNothing(track.getCodecParameterString())) ?? undefined;
  const profile = codecString && codecProfile(codecString);
  const rotation = await track.getRotation();
  const color = await colorOf(track);
  const warnings: string[] = [];
  const sound = await soundOf(input, warnings);
  return {
    ...timing,
    format,
    width,
    height,
    codec: videoCodecName((await track.getCodec()) ?? codeOf(await track.getInternalCodecId())),
    bitRate: timing.duration > 0 ? (packets.bytes * 8) / timing.duration : 0,
    ...(profile ? { profile } : {}),
    ...(rotation ? { rotation } : {}),
    ...(color ? { color } : {}),
    ...(sound ? { sound } : {}),
    warnings,
  };
}

function codeOf(id: string | number | Uint8Array | null): string {
  return typeof id === 'string' && id !== '' ? id : 'unknown';
}

async function colorOf(track: InputVideoTrack): Promise<VideoMedia['color']> {
  const space = await orNothing(track.getColorSpace());
  if (!space?.primaries && !space?.transfer && !space?.matrix) return undefined;
  const { primaries, transfer, matrix, fullRange } = space;
  const hdr = transfer === 'pq' || transfer === 'hlg';
  return {
    ...(primaries ? { primaries } : {}),
    ...(transfer ? { transfer } : {}),
    ...(matrix ? { matrix } : {}),
    ...(typeof fullRange === 'boolean' ? { fullRange } : {}),
    hdr,
  };
}

async function soundOf(input: Input, warnings: string[]): Promise<VideoMedia['sound']> {
  try {
    const track = await input.getPrimaryAudioTrack();
    return track ? await describeSound(track) : undefined;
  } catch (error) {
    warnings.push(`The sound track's header cannot be read (${reasonOf(error)}).`);
    return undefined;
  }
}

async function describeSound(track: InputAudioTrack): Promise<VideoMedia['sound']> {
  const codec = (await track.getCodec()) ?? printable(codeOf(await track.getInternalCodecId()).toLowerCase());
  return { codec, sampleRate: await track.getSampleRate(), channels: await track.getNumberOfChannels() };
}

async function orNothing<T>(value: Promise<T>): Promise<T | undefined> {
  try {
    return await value;
  } catch {
    return undefined;
  }
}

/** One line without a full stop, at most 100 characters. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return (text.split('\n')[0] ?? '')
    .replace(/\p{Cc}/gu, ' ')
    .split('. ')[0]!
    .slice(0, 100)
    .replace(/[.\s]+$/, '');
}
