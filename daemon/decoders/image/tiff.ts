import { errors } from '../../common/errors';
import { ByteReader, startsWith } from './byteReader';
import { checkSides, type ImageHeader } from './imageHeader';

/** TIFF and BigTIFF directory check (TIFF 6.0, section 2; BigTIFF as in libtiff). */

/** Pages that are counted; a file with more is taken for a damaged one. */
const MAX_PAGES = 10_000;
/** Tag -> the field read here. */
const TAGS: Readonly<Record<number, keyof Directory>> = {
  256: 'width',
  257: 'height',
  258: 'bits',
  277: 'channels',
};
/** [offsets, byte counts] of the picture's strips and of its tiles. */
const DATA_TAGS = [
  [273, 279],
  [324, 325],
] as const;
/** Compressions that libtiff decodes here: none, CCITT, LZW, JPEG, deflate, PackBits (TIFF 6.0; libtiff). */
const COMPRESSIONS = [1, 2, 3, 4, 5, 7, 8, 32773, 32946];
/** Field type -> bytes a value; only whole numbers are read. */
const TYPE_BYTES: Readonly<Record<number, number>> = { 1: 1, 3: 2, 4: 4, 16: 8 };

interface Directory {
  width?: number;
  height?: number;
  bits?: number;
  channels?: number;
}

/** One directory entry: where its values are and how wide each is. */
interface Entry {
  type: number;
  count: number;
  at: number;
}

const SIGNATURES = [
  [0x49, 0x49, 42, 0],
  [0x4d, 0x4d, 0, 42],
  [0x49, 0x49, 43, 0],
  [0x4d, 0x4d, 0, 43],
];

export function isTiff(head: Uint8Array): boolean {
  return SIGNATURES.some((s) => startsWith(head, s));
}

/**
 * Reads the first directory, checks that its strips or tiles lie in the file, and counts the pages.
 * A chain of directories that returns to itself is FILE_DAMAGED.
 */
export function readTiffHeader(bytes: Uint8Array): ImageHeader {
  const read = new ByteReader(bytes, 'TIFF', bytes[0] === 0x49);
  const big = read.u16(2) === 43;
  const first = big ? read.u64(8) : read.u32(4);
  if (first < 8) throw errors.damaged('TIFF', `its first directory is at byte ${first}`);
  const entries = readEntries(read, first, big);
  const header = describe(read, entries);
  const frames = countPages(read, first, big);
  checkData(read, entries);
  checkPlainSize(read, entries, header);
  return { ...header, frames };
}

function describe(read: ByteReader, entries: Map<number, Entry>): ImageHeader {
  const directory: Directory = {};
  for (const [tag, field] of Object.entries(TAGS)) {
    const entry = entries.get(Number(tag));
    if (entry) directory[field] = readValue(read, entry, 0);
  }
  const { width, height, bits = 1, channels = 1 } = directory;
  if (width === undefined || height === undefined) throw errors.damaged('TIFF', 'its directory states no size');
  checkSides('TIFF', width, height);
  const compression = readValue(read, entries.get(259), 0) ?? 1;
  if (!COMPRESSIONS.includes(compression)) throw errors.unsupported('TIFF', `compression ${compression}`);
  const statesDensity = entries.has(282);
  // a palette (photometric 3) is expanded to RGB
  const palette = readValue(read, entries.get(262), 0) === 3;
  return { width, height, channels: palette ? 3 : channels, bitDepth: palette ? 8 : bits, statesDensity, warnings: [] };
}

function readEntries(read: ByteReader, at: number, big: boolean): Map<number, Entry> {
  const { count, size, table } = directoryAt(read, at, big);
  const entries = new Map<number, Entry>();
  for (let i = 0; i < count; i++) {
    const e = table + i * size;
    const [type, values] = [read.u16(e + 2), big ? read.u64(e + 4) : read.u32(e + 4)];
    const inline = big ? 8 : 4;
    const field = e + (big ? 12 : 8);
    const fits = (TYPE_BYTES[type] ?? Number.POSITIVE_INFINITY) * values <= inline;
    entries.set(read.u16(e), { type, count: values, at: fits ? field : big ? read.u64(field) : read.u32(field) });
  }
  return entries;
}

/** Number of entries, bytes of one, and where the first is; the whole directory lies in the file. */
function directoryAt(read: ByteReader, at: number, big: boolean): { count: number; size: number; table: number } {
  const count = big ? read.u64(at) : read.u16(at);
  const size = big ? 20 : 12;
  const table = at + (big ? 8 : 2);
  read.need(table, count * size + (big ? 8 : 4), `the directory at byte ${at}`);
  return { count, size, table };
}

function nextDirectory(read: ByteReader, at: number, big: boolean): number {
  const { count, size, table } = directoryAt(read, at, big);
  return big ? read.u64(table + count * size) : read.u32(table + count * size);
}

/** The index-th value of a whole-number entry; undefined where there is none. */
function readValue(read: ByteReader, entry: Entry | undefined, index: number): number | undefined {
  if (!entry || index >= entry.count) return undefined;
  const bytes = TYPE_BYTES[entry.type];
  if (bytes === undefined) return undefined;
  const at = entry.at + index * bytes;
  return bytes === 1 ? read.u8(at) : bytes === 2 ? read.u16(at) : bytes === 4 ? read.u32(at) : read.u64(at);
}

/** Every strip or tile must lie inside the file. */
function checkData(read: ByteReader, entries: Map<number, Entry>): void {
  const pair = DATA_TAGS.find(([offsets]) => entries.has(offsets));
  if (!pair) throw errors.damaged('TIFF', 'its directory points at no picture data');
  const [offsets, counts] = [entries.get(pair[0])!, entries.get(pair[1])];
  if (offsets.count > read.length) throw errors.damaged('TIFF', `its directory claims ${offsets.count} strips`);
  for (let i = 0; i < offsets.count; i++) {
    const at = readValue(read, offsets, i) ?? 0;
    if (at === 0 && readValue(read, counts, i) === 0) continue; // a sparse tile
    read.need(at, readValue(read, counts, i) ?? 1, `strip ${i + 1} of ${offsets.count}`);
  }
}

/** Pixels that are not compressed must fit the file; YCbCr (6) may leave out most of its colour. */
function checkPlainSize(read: ByteReader, entries: Map<number, Entry>, header: ImageHeader): void {
  const compression = readValue(read, entries.get(259), 0) ?? 1;
  const photometric = readValue(read, entries.get(262), 0);
  if (compression !== 1 || photometric === 6) return;
  const bits = readValue(read, entries.get(258), 0) ?? 1;
  const channels = readValue(read, entries.get(277), 0) ?? 1;
  const needed = Math.floor((header.width * header.height * bits * channels) / 8);
  if (needed > read.length)
    throw errors.truncated('TIFF', `its pixels need ${needed} bytes, the file has ${read.length}`);
}

function countPages(read: ByteReader, first: number, big: boolean): number {
  const seen = new Set<number>();
  for (let at = first; at !== 0; at = nextDirectory(read, at, big)) {
    if (seen.has(at)) throw errors.damaged('TIFF', `its directories run in a circle (byte ${at})`);
    seen.add(at);
    if (seen.size > MAX_PAGES) throw errors.damaged('TIFF', `it claims more than ${MAX_PAGES} pages`);
  }
  return seen.size;
}
