import { errors } from '../../common/errors';
import { type AudioShape, checkShape } from './limits';
import { fourCc } from './riff';

export interface FlacStreamInfo extends AudioShape {
  bitDepth: number;
  /** Samples a channel; 0 where the writer did not know. */
  totalSamples: number;
}

const STREAMINFO_BYTES = 34;

/** Reads the STREAMINFO block's body (RFC 9639, section 8.2). */
export function parseFlacStreamInfo(bytes: Uint8Array, at: number): FlacStreamInfo {
  if (at + STREAMINFO_BYTES > bytes.length) throw errors.truncated('FLAC', 'the file ends inside its header');
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, STREAMINFO_BYTES);
  const packed = view.getUint32(10); // 20 bits rate, 3 bits channels - 1, 5 bits depth - 1, 4 bits of the total
  const info = {
    sampleRate: packed >>> 12,
    channels: ((packed >>> 9) & 7) + 1,
    bitDepth: ((packed >>> 4) & 31) + 1,
    totalSamples: (packed & 15) * 2 ** 32 + view.getUint32(14),
  };
  checkShape('FLAC', info);
  if (info.bitDepth < 4) throw errors.damaged('FLAC', `its header says ${info.bitDepth} bits a sample`);
  return info;
}

/** Reads the metadata blocks of a native file whose "fLaC" is at `at`. */
export function readFlacHeader(bytes: Uint8Array, at: number): { info: FlacStreamInfo; framesStart: number } {
  if (fourCc(bytes, at) !== 'fLaC') throw errors.damaged('FLAC', `"fLaC" is not at byte ${at}`);
  let info: FlacStreamInfo | undefined;
  let block = at + 4;
  for (let last = false; !last; ) {
    if (block + 4 > bytes.length) throw errors.truncated('FLAC', 'the file ends inside its metadata');
    last = bytes[block]! >= 0x80;
    const type = bytes[block]! & 0x7f;
    const size = (bytes[block + 1]! << 16) | (bytes[block + 2]! << 8) | bytes[block + 3]!;
    if (!info && (type !== 0 || size < STREAMINFO_BYTES))
      throw errors.damaged('FLAC', 'its first block is not STREAMINFO');
    if (!info) info = parseFlacStreamInfo(bytes, block + 4);
    block += 4 + size;
    if (block > bytes.length) throw errors.truncated('FLAC', 'the file ends inside its metadata');
  }
  if (!info) throw errors.damaged('FLAC', 'it has no STREAMINFO');
  return { info, framesStart: block };
}
