import { inflateRawSync } from 'node:zlib';
import { errors } from '../../common/errors';
import { latin1 } from './numberScanner';

export interface ZipEntry {
  name: string;
  /** Bytes, unpacked and packed. */
  size: number;
  packed: number;
  /** 0 stored, 8 deflated. */
  method: number;
  /** First byte of its local header. */
  start: number;
}

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const MAX_COMMENT = 65_535;
const MAX_ENTRIES = 4096;
const EXTENDED = 0xffffffff;
/** Deflate packs at most 1032 to 1. */
const DEFLATE_MAX_RATIO = 1032;

/** The files in a ZIP archive by its directory (PKWARE APPNOTE, section 4.3); sizes of four bytes, as numpy writes. */
export function readZipDirectory(format: string, bytes: Uint8Array): ZipEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  if (end < 0) throw errors.truncated(format, 'as an archive it has no end');
  const count = view.getUint16(end + 10, true);
  const entries: ZipEntry[] = [];
  let at = view.getUint32(end + 16, true);
  for (let i = 0; i < Math.min(count, MAX_ENTRIES); i++) {
    if (at + 46 > end || view.getUint32(at, true) !== ENTRY)
      throw errors.damaged(format, `its directory has no entry ${i + 1} of ${count} at byte ${at}`);
    const [packed, size, start] = [
      view.getUint32(at + 20, true),
      view.getUint32(at + 24, true),
      view.getUint32(at + 42, true),
    ];
    if (packed === EXTENDED || size === EXTENDED || start === EXTENDED)
      throw errors.tooLarge(`archive of the ${format} file`, 'in parts of 4 GiB or more', '4 GiB a part');
    const [name, extra, comment] = [28, 30, 32].map((place) => view.getUint16(at + place, true)) as [
      number,
      number,
      number,
    ];
    const method = view.getUint16(at + 10, true);
    entries.push({ name: latin1(bytes, at + 46, at + 46 + name), size, packed, method, start });
    at += 46 + name + extra + comment;
  }
  return entries;
}

function findEnd(view: DataView): number {
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - MAX_COMMENT); at--)
    if (view.getUint32(at, true) === END) return at;
  return -1;
}

/** One file of the archive, no larger than its entry says. */
export function unpackZipEntry(format: string, bytes: Uint8Array, entry: ZipEntry): Uint8Array {
  const { start, packed, size, method } = entry;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (start + 30 > bytes.length || view.getUint32(start, true) !== LOCAL)
    throw errors.damaged(format, `there is no file at byte ${start}`);
  const from = start + 30 + view.getUint16(start + 26, true) + view.getUint16(start + 28, true);
  if (from + packed > bytes.length)
    throw errors.truncated(format, `a file of ${packed} bytes at byte ${start} is not all there`);
  const content = bytes.subarray(from, from + packed);
  if (method === 0) return content;
  if (method !== 8) throw errors.unsupported(format, `the packing ${method}`);
  if (size > packed * DEFLATE_MAX_RATIO) throw errors.damaged(format, `${packed} bytes cannot unpack to ${size}`);
  try {
    return inflateRawSync(content, { maxOutputLength: Math.max(1, size) });
  } catch (error) {
    throw errors.damaged(format, `a file in it cannot be unpacked (${error instanceof Error ? error.message : error})`);
  }
}
