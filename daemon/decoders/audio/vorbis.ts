import { decoder } from '@audio/decode-vorbis';
import { errors, isOneLensError } from '../../common/errors';
import type { AudioMedia } from '../../media/media';
import type { Format } from '../format';
import { WorkPacer } from '../workPacer';
import { AUDIO_LIMITS, type AudioShape, checkLength, checkShape, MAX_AUDIO_FILE_BYTES } from './limits';
import { detectOgg, type OggPage, oggPackets, readOggStream } from './oggPages';
import { SampleCollector } from './sampleCollector';

/** The codec orders and names at most this many channels (Vorbis I, section 4.3.9). */
const MAX_VORBIS_CHANNELS = 8;
const HEADER_PACKETS = 3;

/**
 * Vorbis in Ogg, decoded by libvorbis. Also the row that takes Ogg files of other codecs, to say which they hold.
 * Cut files: see readOggStream.
 */
export const vorbis: Format = {
  id: 'vorbis',
  kind: 'audio',
  extensions: ['.ogg', '.oga'],
  mime: 'audio/ogg; codecs=vorbis',
  magic: 'OggS with Vorbis',
  maxBytes: MAX_AUDIO_FILE_BYTES,
  limits: AUDIO_LIMITS,
  detect: (head) => (['vorbis', ''].includes(detectOgg(head) ?? 'none') ? 'yes' : 'no'),
  decode: decodeVorbis,
};

async function decodeVorbis(bytes: Uint8Array, _name: string, signal?: AbortSignal): Promise<AudioMedia> {
  const pacer = new WorkPacer(signal);
  const { codec, pages, warnings } = await readOggStream(bytes, pacer);
  if (codec !== 'vorbis') throw errors.unsupported('Ogg', `a ${codec} stream that is not its first`);
  const shape = readHeaders(bytes, pages);
  checkLength('Vorbis', Math.max(0, pages.at(-1)?.granule ?? 0), shape);
  const collector = new SampleCollector('Vorbis', shape);
  await decodePages(bytes, pages, collector, pacer);
  return {
    kind: 'audio',
    format: 'vorbis',
    sampleRate: shape.sampleRate,
    channels: collector.finish(),
    warnings,
  };
}

/** The identification header (Vorbis I, section 4.2.2), and that the other two headers are there. */
function readHeaders(bytes: Uint8Array, pages: readonly OggPage[]): AudioShape {
  const headers = firstPackets(bytes, pages);
  const first = headers[0];
  if (!first || first.length < 30) throw errors.damaged('Vorbis', 'its identification header is incomplete');
  const view = new DataView(first.buffer, first.byteOffset, first.byteLength);
  const shape = { channels: view.getUint8(11), sampleRate: view.getUint32(12, true) };
  checkShape('Vorbis', shape);
  if (shape.channels > MAX_VORBIS_CHANNELS)
    throw errors.unsupported('Vorbis', `${shape.channels} channels (at most ${MAX_VORBIS_CHANNELS})`);
  const [short, long] = [view.getUint8(28) & 15, view.getUint8(28) >> 4];
  if (short < 6 || long > 13 || short > long || (view.getUint8(29) & 1) === 0)
    throw errors.damaged('Vorbis', 'its identification header is not valid');
  const missing = [3, 5].some((type, i) => headers[i + 1]?.[0] !== type);
  if (missing)
    throw headers.length < HEADER_PACKETS
      ? errors.truncated('Vorbis', 'the file ends before its third header')
      : errors.damaged('Vorbis', 'its headers are not in order');
  return shape;
}

function firstPackets(bytes: Uint8Array, pages: readonly OggPage[]): Uint8Array[] {
  const headers: Uint8Array[] = [];
  for (const packet of oggPackets(bytes, pages)) {
    headers.push(packet);
    if (headers.length === HEADER_PACKETS) break;
  }
  return headers;
}

async function decodePages(
  bytes: Uint8Array,
  pages: readonly OggPage[],
  collector: SampleCollector,
  pacer: WorkPacer,
): Promise<void> {
  let libVorbis: Awaited<ReturnType<typeof decoder>> | undefined;
  try {
    libVorbis = await decoder();
    for (const page of pages) {
      collector.add(libVorbis.decode(bytes.subarray(page.start, page.end)).channelData);
      await pacer.breathe();
    }
    collector.add(libVorbis.flush().channelData);
  } catch (error) {
    throw isOneLensError(error)
      ? error
      : errors.damaged('Vorbis', `it fails to decode after ${collector.length} samples`);
  } finally {
    libVorbis?.free();
  }
}
