import { errors } from '../../common/errors';
import type { AudioMedia } from '../../media/media';
import type { Format } from '../format';
import { WorkPacer } from '../workPacer';
import { AUDIO_LIMITS, checkLength, MAX_AUDIO_FILE_BYTES } from './limits';
import { fourCc, onlyChunksFollow, type RiffChunk, riffChunks } from './riff';
import { parseWavFormat, type WavFormat } from './wavFormat';
import { readWavSamples } from './wavSamples';

const CONTAINERS = ['RIFF', 'RF64', 'BW64', 'RIFX'];

/**
 * WAV by our own parser: PCM 8 to 32 bits, float 32 and 64, A-law and mu-law, WAVE_FORMAT_EXTENSIBLE, RF64.
 * The size in the data chunk: 0 or all ones, as streaming writers leave it, means to the end of the file (with a
 * warning); any other that reaches past the end means that the file was cut short (FILE_TRUNCATED).
 */
export const wav: Format = {
  id: 'wav',
  kind: 'audio',
  extensions: ['.wav', '.wave', '.rf64'],
  mime: 'audio/wav',
  magic: 'RIFF....WAVE, RF64....WAVE',
  maxBytes: MAX_AUDIO_FILE_BYTES,
  limits: AUDIO_LIMITS,
  detect: (head) => (CONTAINERS.includes(fourCc(head, 0)) && fourCc(head, 8) === 'WAVE' ? 'yes' : 'no'),
  decode: decodeWav,
};

async function decodeWav(bytes: Uint8Array, _name: string, signal?: AbortSignal): Promise<AudioMedia> {
  const pacer = new WorkPacer(signal);
  if (bytes.length < 12) throw errors.truncated('WAV', `${bytes.length} bytes are less than its header`);
  if (fourCc(bytes, 0) === 'RIFX') throw errors.unsupported('WAV', 'big-endian samples (RIFX)');
  const warnings: string[] = [];
  const { format, data } = findParts(bytes);
  const dataBytes = dataLength(bytes, data, warnings);
  const frameBytes = format.bytesPerSample * format.channels;
  const frames = Math.floor(dataBytes / frameBytes);
  if (frames === 0) throw errors.noContent('WAV', 'samples');
  if (dataBytes % frameBytes !== 0) warnings.push('The last sample is incomplete and was left out.');
  checkLength('WAV', frames, format);
  const channels = await readWavSamples(bytes.subarray(data.start), format, frames, pacer);
  return {
    kind: 'audio',
    format: 'wav',
    sampleRate: format.sampleRate,
    channels,
    bitDepth: format.bitDepth,
    warnings: [...warnings, ...repairNonFinite(channels)],
  };
}

function findParts(bytes: Uint8Array): { format: WavFormat; data: RiffChunk } {
  let format: WavFormat | undefined;
  let longSize: number | undefined;
  for (const chunk of riffChunks(bytes)) {
    if (chunk.id === 'ds64') longSize = readLongSize(bytes, chunk);
    if (chunk.id === 'fmt ') format = parseWavFormat(bytes, chunk);
    if (chunk.id !== 'data') continue;
    if (!format) throw errors.damaged('WAV', 'its samples come before its fmt chunk');
    const size = chunk.size === 0xffff_ffff && longSize !== undefined ? longSize : chunk.size;
    return { format, data: { ...chunk, size } };
  }
  throw errors.truncated('WAV', 'the file ends before its data chunk');
}

/** RF64 (EBU Tech 3306): the ds64 chunk holds the sizes that do not fit 32 bits; the data size is the second. */
function readLongSize(bytes: Uint8Array, { start, size }: RiffChunk): number {
  if (size < 16 || start + 16 > bytes.length) throw errors.damaged('WAV', 'its ds64 chunk is too short');
  return Number(new DataView(bytes.buffer, bytes.byteOffset + start, 16).getBigUint64(8, true));
}

/** Sizes that writers leave when they cannot go back: all ones (less a header), or sox's 0x7ffff000. */
const isUnknownSize = (size: number): boolean =>
  (size >= 0xffff_ff00 && size <= 0xffff_ffff) || (size >= 0x7fff_f000 && size <= 0x7fff_ffff);

function dataLength(bytes: Uint8Array, data: RiffChunk, warnings: string[]): number {
  const rest = bytes.length - data.start;
  if (data.size > 0 && data.size <= rest) return data.size;
  if (data.size === 0 && (rest === 0 || onlyChunksFollow(bytes, data.start))) return 0;
  if (data.size !== 0 && !isUnknownSize(data.size))
    throw errors.truncated('WAV', `its header says ${data.size} bytes of samples, ${rest} are there`);
  if (rest > 0) warnings.push('The header does not say how long the recording is; it was read to the end of the file.');
  return rest;
}

/** Float files may hold NaN or infinity; they become silence, so that nothing measured later is NaN. */
function repairNonFinite(channels: readonly Float32Array[]): string[] {
  let count = 0;
  for (const samples of channels)
    for (let i = 0; i < samples.length; i++)
      if (!Number.isFinite(samples[i]!)) {
        samples[i] = 0;
        count++;
      }
  return count === 0 ? [] : [`${count} samples are not finite numbers and were set to 0.`];
}
