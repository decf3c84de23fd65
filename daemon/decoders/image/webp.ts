import { errors } from '../../common/errors';
import { ByteReader, hasText } from './byteReader';
import { checkSides, type ImageHeader } from './imageHeader';

/** WebP header and chunk check (RFC 9649; RIFF chunks, little-endian). */

interface Sides {
  width: number;
  height: number;
}

export function isWebp(head: Uint8Array): boolean {
  return hasText(head, 'RIFF') && hasText(head, 'WEBP', 8);
}

/** The RIFF length decides how far the file must reach; bytes after it are ignored. */
export function readWebpHeader(bytes: Uint8Array): ImageHeader {
  const read = new ByteReader(bytes, 'WebP', true);
  read.need(0, 20, 'the header');
  const end = 8 + read.u32(4);
  const sides = readSides(read, 12);
  checkSides('WebP', sides.width, sides.height);
  read.need(0, end, 'the RIFF block');
  const frames = countFrames(read, end);
  return { ...sides, bitDepth: 8, frames, warnings: [] };
}

/** Sides from the first chunk at `at`: VP8X, VP8L or VP8 (RFC 9649, sections 2.5 to 2.7). */
function readSides(read: ByteReader, at: number): Sides {
  const type = read.text(at, 4);
  const data = at + 8;
  if (type === 'VP8X') return { width: 1 + read.u24(data + 4), height: 1 + read.u24(data + 7) };
  if (type === 'VP8L') {
    if (read.u8(data) !== 0x2f) throw errors.damaged('WebP', 'its lossless picture has no signature');
    const packed = read.u32(data + 1);
    return { width: 1 + (packed & 0x3fff), height: 1 + ((packed >>> 14) & 0x3fff) };
  }
  if (type === 'VP8 ') {
    read.need(data, 10, 'the frame header');
    if (read.u24(data + 3) !== 0x2a019d) throw errors.damaged('WebP', 'its picture has no start code');
    return { width: read.u16(data + 6) & 0x3fff, height: read.u16(data + 8) & 0x3fff };
  }
  throw errors.damaged('WebP', `its first chunk is ${JSON.stringify(type)}`);
}

/** Frames of an animation (ANMF chunks), or 1. */
function countFrames(read: ByteReader, end: number): number {
  let frames = 0;
  for (let at = 12; at + 8 <= end; ) {
    const size = read.u32(at + 4);
    if (at + 8 + size > end) throw errors.damaged('WebP', `a chunk at byte ${at} reaches past the RIFF block`);
    if (hasText(read.bytes, 'ANMF', at)) frames++;
    at += 8 + size + (size & 1);
  }
  return Math.max(1, frames);
}
