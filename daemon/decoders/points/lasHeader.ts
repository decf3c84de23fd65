import { errors } from '../../common/errors';
import type { ByteSource } from '../format';
import { checkCount, MAX_STREAM_POINTS } from './limits';
import { latin1 } from './numberScanner';

export interface LasHeader {
  /** For example "1.4". */
  version: string;
  /** Point data record format, 0 to 10. */
  pointFormat: number;
  isCompressed: boolean;
  /** First byte of the point data. */
  dataStart: number;
  /** Bytes of one point, extra bytes included. */
  stride: number;
  points: number;
  scale: [number, number, number];
  offset: [number, number, number];
  /** Content of the variable length records that are used, by "user id/record id". */
  records: Map<string, Uint8Array>;
  /** The file's first byte after them that is no header. */
  size: number;
}

/** Bytes of a point by its format, and where its colour and its time begin (ASPRS LAS 1.4 R15, tables 7 to 17). */
export const POINT_FORMATS: ReadonlyArray<{ bytes: number; color?: number }> = [
  { bytes: 20 },
  { bytes: 28 },
  { bytes: 26, color: 20 },
  { bytes: 34, color: 28 },
  { bytes: 57 },
  { bytes: 63, color: 28 },
  { bytes: 30 },
  { bytes: 36, color: 30 },
  { bytes: 38, color: 30 },
  { bytes: 59 },
  { bytes: 67, color: 30 },
];
const MIN_HEADER = 227;
const FULL_HEADER = 375;
const RECORD_HEADER = 54;
/** Most records and bytes of their content that are looked at; scanners store megabytes of their own there. */
const MAX_RECORDS = 10_000;
const MAX_RECORD_BYTES = 1024 ** 2;
const MAX_FRONT_BYTES = 64 * 1024 ** 2;

/** Reads the public header and the records after it, and checks the points against the file's size. */
export async function readLasHeader(source: ByteSource): Promise<LasHeader> {
  const head = await source.read(0, FULL_HEADER);
  if (latin1(head, 0, 4) !== 'LASF') throw errors.damaged('LAS', 'it does not begin with LASF');
  if (head.length < MIN_HEADER) throw errors.truncated('LAS', `${source.size} bytes are less than its header`);
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const version = `${view.getUint8(24)}.${view.getUint8(25)}`;
  if (view.getUint8(24) !== 1 || view.getUint8(25) > 4) throw errors.unsupported('LAS', `version ${version}`);
  const is14 = view.getUint8(25) === 4 && head.length >= FULL_HEADER && view.getUint16(94, true) >= FULL_HEADER;
  const rawFormat = view.getUint8(104);
  const legacy = view.getUint32(107, true);
  const triple = (at: number): [number, number, number] => [
    view.getFloat64(at, true),
    view.getFloat64(at + 8, true),
    view.getFloat64(at + 16, true),
  ];
  const header: LasHeader = {
    version,
    pointFormat: rawFormat & 0x3f,
    isCompressed: (rawFormat & 0x80) !== 0,
    dataStart: view.getUint32(96, true),
    stride: view.getUint16(105, true),
    points: is14 ? Number(view.getBigUint64(247, true)) || legacy : legacy,
    scale: triple(131),
    offset: triple(155),
    records: new Map(),
    size: view.getUint16(94, true),
  };
  checkHeader(header, source.size);
  header.records = await readRecords(source, header, view.getUint32(100, true));
  return header;
}

function checkHeader(header: LasHeader, fileBytes: number): void {
  const { pointFormat, stride, scale, offset, dataStart, size, points } = header;
  const format = POINT_FORMATS[pointFormat];
  if (!format) throw errors.unsupported('LAS', `point format ${pointFormat}`);
  if (stride < format.bytes)
    throw errors.damaged(
      'LAS',
      `points of format ${pointFormat} take ${format.bytes} bytes, its header says ${stride}`,
    );
  if (![...scale, ...offset].every(Number.isFinite) || scale.some((value) => value === 0))
    throw errors.damaged('LAS', `its scale is ${scale.join(', ')} and its offset ${offset.join(', ')}`);
  if (size < MIN_HEADER || dataStart < size)
    throw errors.damaged('LAS', `its header has ${size} bytes and its points begin at byte ${dataStart}`);
  if (points === 0) throw errors.noContent('LAS', 'points');
  if (dataStart > fileBytes)
    throw errors.truncated('LAS', `its points begin at byte ${dataStart}, the file has ${fileBytes}`);
  // laszip packs well, yet not a point into less than a bit on the average of a chunk's
  const minBytes = header.isCompressed ? 1 / 64 : stride;
  checkCount('LAS', 'points', points, minBytes, fileBytes - dataStart, MAX_STREAM_POINTS);
}

/** Variable length records between the header and the points: 54 bytes of header each (table 5), then the content. */
async function readRecords(source: ByteSource, header: LasHeader, count: number): Promise<Map<string, Uint8Array>> {
  const records = new Map<string, Uint8Array>();
  const front = await source.read(header.size, Math.min(header.dataStart - header.size, MAX_FRONT_BYTES));
  const view = new DataView(front.buffer, front.byteOffset, front.byteLength);
  for (let i = 0, at = 0; i < Math.min(count, MAX_RECORDS) && at + RECORD_HEADER <= front.length; i++) {
    const length = view.getUint16(at + 20, true);
    const user = latin1(front, at + 2, at + 18).replace(/\0.*$/s, '');
    const content = front.subarray(at + RECORD_HEADER, at + RECORD_HEADER + length);
    if (content.length <= MAX_RECORD_BYTES) records.set(`${user}/${view.getUint16(at + 18, true)}`, content);
    at += RECORD_HEADER + length;
  }
  return records;
}
