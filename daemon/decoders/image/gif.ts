import { errors } from '../../common/errors';
import { ByteReader, hasText } from './byteReader';
import { checkSides, type ImageHeader } from './imageHeader';

/** GIF header and block check (GIF89a specification, sections 15 to 27). */

const IMAGE = 0x2c;
const EXTENSION = 0x21;
const TRAILER = 0x3b;

export function isGif(head: Uint8Array): boolean {
  return hasText(head, 'GIF87a') || hasText(head, 'GIF89a');
}

/** Walks all blocks. A file cut inside its first frame is FILE_TRUNCATED, later a warning: the first frame is whole. */
export function readGifHeader(bytes: Uint8Array): ImageHeader {
  const read = new ByteReader(bytes, 'GIF', true);
  read.need(0, 13, 'the header');
  const [width, height] = [read.u16(6), read.u16(8)];
  checkSides('GIF', width, height);
  const { frames, complete } = walkBlocks(read, 13 + paletteBytes(read.u8(10)));
  if (frames === 0 && complete) throw errors.damaged('GIF', 'it holds no picture');
  if (frames === 0) throw errors.truncated('GIF', 'it ends inside its first frame');
  const warnings = complete ? [] : [`The GIF file is cut short after frame ${frames}; the first frame is whole.`];
  return { width, height, bitDepth: 8, frames, warnings };
}

/** Whole frames, and whether the trailer was reached. */
function walkBlocks(read: ByteReader, from: number): { frames: number; complete: boolean } {
  let at = from;
  let frames = 0;
  while (at < read.length) {
    const kind = read.u8(at);
    if (kind === TRAILER) return { frames, complete: true };
    if (kind !== IMAGE && kind !== EXTENSION) {
      if (frames > 0) return { frames, complete: false };
      throw errors.damaged('GIF', `there is no block at byte ${at}`);
    }
    const data = kind === IMAGE ? imageData(read, at) : at + 2;
    const end = data === undefined ? undefined : skipSubBlocks(read.bytes, data);
    if (end === undefined) return { frames, complete: false };
    if (kind === IMAGE) frames++;
    at = end;
  }
  return { frames, complete: false };
}

/** Where the sub-blocks of the frame at `at` begin; undefined where its header is cut. */
function imageData(read: ByteReader, at: number): number | undefined {
  if (at + 10 > read.length) return undefined;
  checkSides('GIF', read.u16(at + 5), read.u16(at + 7));
  const data = at + 10 + paletteBytes(read.u8(at + 9));
  if (data >= read.length) return undefined;
  const codeSize = read.u8(data);
  if (codeSize < 1 || codeSize > 11) throw errors.damaged('GIF', `a frame says LZW codes of ${codeSize} bits`);
  return data + 1;
}

/** Bytes of the colour table that a packed field announces. */
function paletteBytes(packed: number): number {
  return packed & 0x80 ? 3 << ((packed & 7) + 1) : 0;
}

/** The position after the sub-blocks at `from`; undefined where they are cut. */
function skipSubBlocks(bytes: Uint8Array, from: number): number | undefined {
  let at = from;
  for (;;) {
    const size = bytes[at];
    if (size === undefined) return undefined;
    at += 1 + size;
    if (size === 0) return at;
  }
}
