import { errors } from '../../common/errors';
import { ByteReader, hasText } from './byteReader';
import { checkSides, type ImageHeader } from './imageHeader';

/** Longest side of an AV1 picture (AV1 specification, 5.5.1: 16 bits). */
const MAX_AV1_SIDE = 65_536;

/** AVIF box check (ISO/IEC 14496-12 boxes; ISO/IEC 23008-12 item properties). */

const BRANDS = ['avif', 'avis'];
/** Boxes that only hold boxes on the way to `ispe`; the number is what precedes them (version and flags). */
const CONTAINERS: Readonly<Record<string, number>> = { meta: 4, iprp: 0, ipco: 0 };

export function isAvif(head: Uint8Array): boolean {
  return brands(head).some((b) => BRANDS.includes(b));
}

/** The brands of an ISO media file: the major one first; none where it is no such file. */
export function brands(head: Uint8Array): string[] {
  if (!hasText(head, 'ftyp', 4)) return [];
  const read = new ByteReader(head, 'ISO media', false);
  const end = Math.min(read.u32(0), head.length);
  const found: string[] = [];
  for (let at = 8; at + 4 <= end; at += 4) if (at !== 12) found.push(read.text(at, 4));
  return found;
}

/** Checks that every top box lies in the file and takes the largest `ispe` (the others are tiles and thumbnails). */
export function readAvifHeader(bytes: Uint8Array): ImageHeader {
  const read = new ByteReader(bytes, 'AVIF', false);
  const sides: Array<[number, number]> = [];
  // sides first: a header that lies about them must not be reported as anything else
  collectSides(read, 0, bytes.length, sides, 0);
  const largest = sides.sort((a, b) => b[0] * b[1] - a[0] * a[1])[0];
  if (largest) checkSides('AVIF', largest[0], largest[1]);
  if (largest && Math.max(...largest) > MAX_AV1_SIDE)
    throw errors.damaged(
      'AVIF',
      `its header says ${largest[0]} × ${largest[1]} pixels, AV1 has ${MAX_AV1_SIDE} a side`,
    );
  checkBoxes(read);
  if (!largest) throw errors.damaged('AVIF', 'it states no size (ispe)');
  return { width: largest[0], height: largest[1], warnings: [] };
}

interface Box {
  type: string;
  /** First byte of its content. */
  from: number;
  /** Byte after its last; may lie past the end of the file. */
  to: number;
}

/** The box at `at`, or undefined where its header does not fit before `end`. A size of 0 reaches to `end`. */
function readBox(read: ByteReader, at: number, end: number): Box | undefined {
  if (at + 8 > end) return undefined;
  const size = read.u32(at);
  const type = read.text(at + 4, 4);
  if (size === 0) return { type, from: at + 8, to: end };
  if (size === 1) return at + 16 > end ? undefined : { type, from: at + 16, to: at + Math.max(16, read.u64(at + 8)) };
  return size < 8 ? undefined : { type, from: at + 8, to: at + size };
}

function collectSides(
  read: ByteReader,
  from: number,
  end: number,
  sides: Array<[number, number]>,
  depth: number,
): void {
  let at = from;
  for (let box = readBox(read, at, end); box && depth < 8; box = readBox(read, at, end)) {
    const to = Math.min(box.to, end);
    const skip = CONTAINERS[box.type];
    if (box.type === 'ispe' && box.from + 12 <= to) sides.push([read.u32(box.from + 4), read.u32(box.from + 8)]);
    else if (skip !== undefined) collectSides(read, box.from + skip, to, sides, depth + 1);
    at = box.to;
  }
}

function checkBoxes(read: ByteReader): void {
  let at = 0;
  while (at < read.length) {
    const box = readBox(read, at, read.length);
    if (!box) throw errors.truncated('AVIF', `there is no whole box at byte ${at}`);
    read.need(at, box.to - at, `the box ${JSON.stringify(box.type)}`);
    at = box.to;
  }
}
