import { decoder } from '@audio/decode-flac';
import { errors, isOneLensError } from '../../common/errors';
import type { AudioMedia } from '../../media/media';
import type { Format } from '../format';
import { WorkPacer } from '../workPacer';
import { flacFrames, readFlacFrameHeader } from './flacFrames';
import { type FlacStreamInfo, parseFlacStreamInfo, readFlacHeader } from './flacStreamInfo';
import { id3v2Length, trailingTagStart } from './id3';
import { AUDIO_LIMITS, checkLength, MAX_DECODED_BYTES } from './limits';
import { detectOgg, oggPackets, readOggStream } from './oggPages';
import { quietly } from './quietly';
import { fourCc } from './riff';
import { SampleCollector } from './sampleCollector';

/** Frames are handed to libFLAC in groups of about this many bytes. */
const CHUNK_BYTES = 1 << 16;

/**
 * FLAC, native or in Ogg, decoded by libFLAC. Each frame's checksum is proven first. The header tells the number of
 * samples, so that a cut file is an error (FILE_TRUNCATED).
 */
export const flac: Format = {
  id: 'flac',
  kind: 'audio',
  extensions: ['.flac', '.oga', '.ogg'],
  mime: 'audio/flac',
  magic: 'fLaC, or OggS with FLAC',
  maxBytes: MAX_DECODED_BYTES,
  limits: AUDIO_LIMITS,
  detect: (head) => (fourCc(head, id3v2Length(head)) === 'fLaC' || detectOgg(head) === 'flac' ? 'yes' : 'no'),
  decode: async (bytes, _name, signal) => {
    const pacer = new WorkPacer(signal);
    return fourCc(bytes, 0) === 'OggS' ? decodeOggFlac(bytes, pacer) : decodeNativeFlac(bytes, pacer);
  },
};

async function decodeNativeFlac(bytes: Uint8Array, pacer: WorkPacer): Promise<AudioMedia> {
  const { info, framesStart } = readFlacHeader(bytes, id3v2Length(bytes));
  checkLength('FLAC', info.totalSamples, info);
  const sink = await FlacSink.open(info, pacer);
  try {
    for (const { start, end, samples } of flacFrames(bytes, framesStart, trailingTagStart(bytes)))
      await sink.add(bytes.subarray(start, end), samples);
    return await sink.finish([]);
  } finally {
    sink.free();
  }
}

/** FLAC in Ogg (xiph.org/flac/ogg_mapping.html): STREAMINFO from byte 17 of the first packet; one frame a packet. */
async function decodeOggFlac(bytes: Uint8Array, pacer: WorkPacer): Promise<AudioMedia> {
  const stream = await readOggStream(bytes, pacer);
  const packets = oggPackets(bytes, stream.pages);
  const info = parseFlacStreamInfo(packets.next().value ?? new Uint8Array(0), 17);
  checkLength('FLAC', info.totalSamples, info);
  const sink = await FlacSink.open(info, pacer);
  try {
    for (const packet of packets) {
      const frame = readFlacFrameHeader(packet, 0);
      if (frame) await sink.add(packet, frame.samples);
      else if (packet[0] === 0xff) throw errors.damaged('FLAC', 'the header of a frame fails its checksum');
    }
    return await sink.finish(stream.warnings);
  } finally {
    sink.free();
  }
}

/**
 * The binding divides by the largest positive value; everything else here, WAV too, by 2^(bits - 1), so that the
 * lowest value is -1. Undone in place; exact to 24 bits, which is what a float32 holds.
 */
function toFullScale(samples: Float32Array, bits: number): void {
  const divisor = 2 ** (bits - 1);
  const theirs = divisor - 1;
  for (let i = 0; i < samples.length; i++)
    samples[i] = (bits <= 24 ? Math.round(samples[i]! * theirs) : samples[i]! * theirs) / divisor;
}

/** Whole frames in, samples out. */
class FlacSink {
  private readonly collector: SampleCollector;
  private group: Uint8Array[] = [];
  private groupBytes = 0;
  private announced = 0;

  private constructor(
    private readonly libFlac: Awaited<ReturnType<typeof decoder>>,
    private readonly info: FlacStreamInfo,
    private readonly pacer: WorkPacer,
  ) {
    this.collector = new SampleCollector('FLAC', info);
  }

  static async open(info: FlacStreamInfo, pacer: WorkPacer): Promise<FlacSink> {
    return new FlacSink(await decoder(), info, pacer);
  }

  /** `samples` as the frame's header says; the sum is held against the limits before the frame is decoded. */
  async add(frame: Uint8Array, samples: number): Promise<void> {
    this.announced += samples;
    checkLength('FLAC', this.announced, this.info);
    this.group.push(frame);
    this.groupBytes += frame.length;
    if (this.groupBytes < CHUNK_BYTES) return;
    this.decode();
    await this.pacer.breathe();
  }

  async finish(warnings: string[]): Promise<AudioMedia> {
    this.decode();
    this.collector.add(this.guard(() => this.libFlac.flush().channelData));
    const { sampleRate, bitDepth, totalSamples } = this.info;
    if (this.announced < totalSamples)
      throw errors.truncated('FLAC', `${this.announced} of ${totalSamples} samples are there`);
    if (this.collector.length < this.announced)
      throw errors.damaged('FLAC', `${this.announced - this.collector.length} of ${this.announced} samples fail`);
    return { kind: 'audio', format: 'flac', sampleRate, bitDepth, channels: this.collector.finish(), warnings };
  }

  /** Throws FILE_DAMAGED where libFLAC's memory is no longer sound: what it decoded cannot be trusted then. */
  free(): void {
    try {
      this.libFlac.free();
    } catch {
      throw errors.damaged('FLAC', 'its frames overrun the memory of the decoder');
    }
  }

  private decode(): void {
    const chunk = Buffer.concat(this.group);
    this.group = [];
    this.groupBytes = 0;
    this.collector.add(this.guard(() => this.libFlac.decode(chunk).channelData));
  }

  private guard(work: () => Float32Array[]): Float32Array[] {
    try {
      const samples = quietly(work);
      for (const channel of samples) toFullScale(channel, this.info.bitDepth);
      return samples;
    } catch (error) {
      throw isOneLensError(error)
        ? error
        : errors.damaged('FLAC', `it fails to decode after ${this.collector.length} samples`);
    }
  }
}
