import { errors } from '../../common/errors';
import { ByteReader, startsWith } from './byteReader';
import { crc32 } from './crc32';
import { checkSides, type ImageHeader } from './imageHeader';

/** PNG header and chunk check (PNG specification, third edition, sections 5 and 11). */

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Colour type -> channels. Type 3 is a palette of RGB. */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 3, 4: 2, 6: 4 };

/** Deflate makes at most this many bytes of one (zlib.net/zlib_tech.html). */
const DEFLATE_RATIO = 1032;

export function isPng(head: Uint8Array): boolean {
  return startsWith(head, SIGNATURE);
}

/**
 * Reads IHDR and walks all chunks. A chunk past the end, or no IEND, is FILE_TRUNCATED; a wrong checksum of a chunk
 * that the pixels need is FILE_DAMAGED, of any other a warning.
 */
export function readPngHeader(bytes: Uint8Array): ImageHeader {
  const read = new ByteReader(bytes, 'PNG', false);
  read.need(8, 25, 'the first chunk (IHDR)');
  if (read.text(12, 4) !== 'IHDR') throw errors.damaged('PNG', 'its first chunk is not IHDR');
  const [width, height, bits, colorType] = [read.u32(16), read.u32(20), read.u8(24), read.u8(25)];
  checkSides('PNG', width, height);
  const channels = CHANNELS[colorType];
  if (channels === undefined) throw errors.damaged('PNG', `its header says colour type ${colorType}`);
  if (![1, 2, 4, 8, 16].includes(bits)) throw errors.damaged('PNG', `its header says ${bits} bits a channel`);
  const warnings: string[] = [];
  const chunks = walkChunks(read, warnings);
  const packed = chunks.get('IDAT');
  if (packed === undefined) throw errors.damaged('PNG', 'it has no picture data (IDAT)');
  const needed = Math.ceil((width * bits * channels) / 8) * height;
  if (needed > DEFLATE_RATIO * packed + DEFLATE_RATIO)
    throw errors.truncated('PNG', `its ${packed} bytes of compressed pixels cannot hold ${width} × ${height} pixels`);
  const palette = colorType === 3;
  return {
    width,
    height,
    channels: chunks.has('tRNS') ? (channels === 1 ? 2 : 4) : channels,
    bitDepth: palette ? 8 : bits,
    statesDensity: chunks.has('pHYs'),
    warnings,
  };
}

/** The chunk types of the file with the bytes of their data, each checked. */
function walkChunks(read: ByteReader, warnings: string[]): Map<string, number> {
  const types = new Map<string, number>();
  let at = 8;
  while (!types.has('IEND')) {
    if (at >= read.length) throw errors.truncated('PNG', 'its last chunk (IEND) is missing');
    read.need(at, 8, 'a chunk');
    const length = read.u32(at);
    const type = read.text(at + 4, 4);
    if (!/^[A-Za-z]{4}$/.test(type)) throw errors.damaged('PNG', `there is no chunk at byte ${at}`);
    read.need(at, 12 + length, `the chunk ${type}`);
    if (crc32(read.bytes, at + 4, at + 8 + length) !== read.u32(at + 8 + length)) reportChecksum(type, warnings);
    types.set(type, (types.get(type) ?? 0) + length);
    at += 12 + length;
  }
  return types;
}

function reportChecksum(type: string, warnings: string[]): void {
  // an upper-case first letter marks a critical chunk
  if (type[0]! < 'a' || type === 'tRNS') throw errors.damaged('PNG', `the checksum of its chunk ${type} is wrong`);
  warnings.push(`The checksum of the PNG chunk ${type} is wrong; the pixels do not depend on it.`);
}
