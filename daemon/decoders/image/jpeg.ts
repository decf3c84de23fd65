import { errors } from '../../common/errors';
import { ByteReader, hasText, startsWith } from './byteReader';
import { checkSides, type ImageHeader } from './imageHeader';

/** JPEG header and marker check (ITU-T T.81, annex B). */

const SOI = [0xff, 0xd8];
const EOI = 0xd9;
const SOS = 0xda;
/** Start-of-frame markers that are decoded: baseline, extended sequential, progressive (all Huffman). */
const FRAMES = [0xc0, 0xc1, 0xc2];
const OTHER_FRAMES: Readonly<Record<number, string>> = {
  195: 'lossless coding (SOF3)',
  197: 'differential coding (SOF5)',
  198: 'differential coding (SOF6)',
  199: 'differential coding (SOF7)',
  201: 'arithmetic coding (SOF9)',
  202: 'arithmetic coding (SOF10)',
  203: 'arithmetic coding (SOF11)',
};

export function isJpeg(head: Uint8Array): boolean {
  return startsWith(head, [...SOI, 0xff]);
}

/**
 * Reads the frame header and walks all markers. A missing end marker makes the file `suspect`: the end is mended and
 * the decoder must then not complain, which a file that is really cut does not pass.
 */
export function readJpegHeader(bytes: Uint8Array): ImageHeader {
  const read = new ByteReader(bytes, 'JPEG', false);
  let at = 2;
  let frame: { width: number; height: number; channels: number; bitDepth: number } | undefined;
  let statesDensity = false;
  for (;;) {
    at = findMarker(bytes, at);
    const marker = bytes[at + 1];
    if (marker === undefined || marker === EOI) break;
    const length = segmentLength(read, at, frame !== undefined);
    if (length === undefined) return finish(bytes, at, frame, statesDensity);
    if (OTHER_FRAMES[marker] !== undefined) throw errors.unsupported('JPEG', OTHER_FRAMES[marker]);
    if (FRAMES.includes(marker) && frame === undefined) frame = readFrame(read, at);
    if (marker === 0xe0 && hasText(bytes, 'JFIF\0', at + 4)) statesDensity = (bytes[at + 11] ?? 0) > 0;
    if (marker === SOS && frame === undefined)
      throw errors.damaged('JPEG', 'its picture data precede the frame header');
    at += 2 + length;
  }
  return finish(bytes, at, frame, statesDensity);
}

/** The first marker at or after `from`: 0xFF and a byte that is no stuffing, fill or restart. bytes.length when none. */
function findMarker(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    if (next === undefined) break;
    if (next !== 0 && next !== 0xff && next !== 1 && !(next >= 0xd0 && next <= 0xd8)) return at;
  }
  return bytes.length;
}

/** Length of the segment at `at` (with its two length bytes); undefined where it is cut after the frame header. */
function segmentLength(read: ByteReader, at: number, hasFrame: boolean): number | undefined {
  if (hasFrame && at + 4 > read.length) return undefined;
  const length = read.u16(at + 2);
  if (hasFrame && at + 2 + length > read.length) return undefined;
  if (length < 2) throw errors.damaged('JPEG', `a segment at byte ${at} says it is ${length} bytes long`);
  read.need(at + 2, length, `the segment at byte ${at}`);
  return length;
}

function readFrame(read: ByteReader, at: number) {
  const [bitDepth, height, width, channels] = [read.u8(at + 4), read.u16(at + 5), read.u16(at + 7), read.u8(at + 9)];
  if (height === 0 && width > 0) throw errors.unsupported('JPEG', 'a height that is stated after the picture (DNL)');
  checkSides('JPEG', width, height);
  if (bitDepth !== 8) throw errors.unsupported('JPEG', `${bitDepth} bits a channel`);
  return { width, height, channels, bitDepth };
}

function finish(
  bytes: Uint8Array,
  at: number,
  frame: { width: number; height: number; channels: number; bitDepth: number } | undefined,
  statesDensity: boolean,
): ImageHeader {
  if (!frame) throw errors.truncated('JPEG', 'it ends before the frame header');
  const header = { ...frame, statesDensity, warnings: [] };
  if (bytes[at + 1] === EOI) return header;
  return { ...header, bytes: withEnd(bytes), suspect: 'it has no end marker (EOI)' };
}

function withEnd(bytes: Uint8Array): Uint8Array {
  const mended = new Uint8Array(bytes.length + 2);
  mended.set(bytes);
  mended.set([0xff, EOI], bytes.length);
  return mended;
}
