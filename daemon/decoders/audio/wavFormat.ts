import { errors } from '../../common/errors';
import { type AudioShape, checkShape } from './limits';
import type { RiffChunk } from './riff';

/** How a WAV file stores one sample. */
export type SampleEncoding = 'u8' | 's16' | 's24' | 's32' | 'f32' | 'f64' | 'alaw' | 'mulaw';

export interface WavFormat extends AudioShape {
  encoding: SampleEncoding;
  bytesPerSample: number;
  /** Valid bits a sample, as the file says. */
  bitDepth: number;
}

const PCM = 1;
const FLOAT = 3;
const A_LAW = 6;
const MU_LAW = 7;
const EXTENSIBLE = 0xfffe;
/** Last 14 bytes of every KSDATAFORMAT_SUBTYPE GUID that wraps a plain format tag. */
const SUBTYPE_TAIL = [0x00, 0x00, 0x00, 0x00, 0x10, 0x00, 0x80, 0x00, 0x00, 0xaa, 0x00, 0x38, 0x9b, 0x71];

/** Format tags that are met in practice and not read (mmreg.h), for the error's text. */
const UNREAD_CODECS: Readonly<Record<number, string>> = {
  2: 'Microsoft ADPCM',
  17: 'IMA ADPCM',
  49: 'GSM 6.10',
  80: 'MPEG layer 2',
  85: 'MP3 inside WAV',
  255: 'AAC',
  353: 'Windows Media Audio',
};

const encodings: Readonly<Record<string, SampleEncoding>> = {
  [`${PCM}/1`]: 'u8',
  [`${PCM}/2`]: 's16',
  [`${PCM}/3`]: 's24',
  [`${PCM}/4`]: 's32',
  [`${FLOAT}/4`]: 'f32',
  [`${FLOAT}/8`]: 'f64',
  [`${A_LAW}/1`]: 'alaw',
  [`${MU_LAW}/1`]: 'mulaw',
};

/** Reads a `fmt ` chunk (WAVEFORMATEX or WAVEFORMATEXTENSIBLE). */
export function parseWavFormat(bytes: Uint8Array, { start, size }: RiffChunk): WavFormat {
  if (size < 16) throw errors.damaged('WAV', `its fmt chunk has ${size} bytes, at least 16 are needed`);
  if (start + 16 > bytes.length) throw errors.truncated('WAV', 'the file ends inside its fmt chunk');
  const view = new DataView(bytes.buffer, bytes.byteOffset + start, Math.min(size, bytes.length - start));
  const channels = view.getUint16(2, true);
  const sampleRate = view.getUint32(4, true);
  const blockAlign = view.getUint16(12, true);
  const bits = view.getUint16(14, true);
  checkShape('WAV', { sampleRate, channels });
  const tag = formatTag(view);
  if (bits === 0 && (tag === PCM || tag === FLOAT)) throw errors.damaged('WAV', 'its header says 0 bits a sample');
  const bytesPerSample = Math.ceil(bits / 8);
  const encoding = encodings[`${tag}/${bytesPerSample}`];
  if (!encoding) throw unread(tag, bits);
  if (blockAlign !== bytesPerSample * channels)
    throw errors.damaged('WAV', `${channels} channels of ${bits} bits do not make frames of ${blockAlign} bytes`);
  return { encoding, bytesPerSample, channels, sampleRate, bitDepth: validBits(view, bits) };
}

function formatTag(view: DataView): number {
  const tag = view.getUint16(0, true);
  if (tag !== EXTENSIBLE) return tag;
  if (view.byteLength < 40) throw errors.damaged('WAV', 'its extensible fmt chunk is shorter than 40 bytes');
  const isPlain = SUBTYPE_TAIL.every((byte, i) => view.getUint8(26 + i) === byte);
  if (!isPlain) throw errors.unsupported('WAV', 'a private sample format');
  return view.getUint16(24, true);
}

function validBits(view: DataView, containerBits: number): number {
  if (view.getUint16(0, true) !== EXTENSIBLE) return containerBits;
  const valid = view.getUint16(18, true);
  return valid > 0 && valid <= containerBits ? valid : containerBits;
}

function unread(tag: number, bits: number): Error {
  if (tag === PCM || tag === FLOAT) return errors.unsupported('WAV', `${bits}-bit ${tag === PCM ? 'PCM' : 'float'}`);
  return errors.unsupported('WAV', `the codec ${UNREAD_CODECS[tag] ?? `number ${tag}`}`);
}
