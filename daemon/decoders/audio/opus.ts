import { createOpusDecoder } from '@audio/decode-opus/core';
import { errors, isOneLensError } from '../../common/errors';
import type { AudioMedia } from '../../media/media';
import type { Format } from '../format';
import { WorkPacer } from '../workPacer';
import { AUDIO_LIMITS, type AudioShape, checkLength, MAX_AUDIO_FILE_BYTES } from './limits';
import { detectOgg, oggPackets, readOggStream } from './oggPages';
import { OPUS_RATE, type OpusHead, opusPacketSamples, parseOpusHead } from './opusPackets';
import { SampleCollector } from './sampleCollector';

/** Packets (of 20 ms, usually) that are decoded between two looks at the signal. */
const PACKETS_A_CHUNK = 256;

/** Opus in Ogg (RFC 7845), decoded by libopus at 48 kHz. Cut files: see readOggStream. */
export const opus: Format = {
  id: 'opus',
  kind: 'audio',
  extensions: ['.opus', '.ogg', '.oga'],
  mime: 'audio/ogg; codecs=opus',
  magic: 'OggS with OpusHead',
  maxBytes: MAX_AUDIO_FILE_BYTES,
  limits: AUDIO_LIMITS,
  detect: (head) => (detectOgg(head) === 'opus' ? 'yes' : 'no'),
  decode: decodeOpus,
};

async function decodeOpus(bytes: Uint8Array, _name: string, signal?: AbortSignal): Promise<AudioMedia> {
  const pacer = new WorkPacer(signal);
  const { pages, warnings } = await readOggStream(bytes, pacer);
  const packets = oggPackets(bytes, pages);
  const head = parseOpusHead(packets.next().value ?? new Uint8Array(0));
  packets.next(); // the tags
  const shape = { sampleRate: OPUS_RATE, channels: head.channels };
  const collector = new SampleCollector('Opus', shape);
  await decodePackets(inGroups(packets, shape), head, collector, pacer);
  return {
    kind: 'audio',
    format: 'opus',
    sampleRate: OPUS_RATE,
    channels: collector.finish(playedSamples(pages.at(-1)?.granule ?? -1, head)),
    warnings,
  };
}

/** The last page's position counts the samples to drop at the start; what is coded beyond it is padding. */
function playedSamples(lastGranule: number, { preSkip }: OpusHead): number {
  return lastGranule > preSkip ? lastGranule - preSkip : Number.POSITIVE_INFINITY;
}

/** Packets in groups; the samples that their headers announce are held against the limits before they are decoded. */
function* inGroups(packets: Iterable<Uint8Array>, shape: AudioShape): Generator<Uint8Array[]> {
  let group: Uint8Array[] = [];
  let announced = 0;
  for (const packet of packets) {
    const samples = opusPacketSamples(packet);
    if (samples === 0) throw errors.damaged('Opus', `the packet after ${announced} samples is not valid`);
    announced += samples;
    checkLength('Opus', announced, shape);
    group.push(packet);
    if (group.length < PACKETS_A_CHUNK) continue;
    yield group;
    group = [];
  }
  yield group;
}

async function decodePackets(
  groups: Iterable<Uint8Array[]>,
  head: OpusHead,
  collector: SampleCollector,
  pacer: WorkPacer,
): Promise<void> {
  const libOpus = await createOpusDecoder();
  try {
    libOpus.configure({ ...head, sampleRate: OPUS_RATE });
    for (const group of groups) {
      const { channelData, errors: failures } = libOpus.decodeFrames(group);
      const failure = failures[0];
      if (failure) throw errors.damaged('Opus', `packet ${failure.frameNumber + 2} fails (${failure.message})`);
      collector.add(channelData);
      await pacer.breathe();
    }
  } catch (error) {
    throw isOneLensError(error)
      ? error
      : errors.damaged('Opus', `it fails to decode after ${collector.length} samples`);
  } finally {
    libOpus.free();
  }
}
