import { errors } from '../../common/errors';
import type { PointMedia } from '../../media/media';
import { eachRecord, readWhole } from '../byteSource';
import type { ByteSource, Format } from '../format';
import { WorkPacer } from '../workPacer';
import { checkCount, MAX_STREAM_FILE_BYTES, MAX_STREAM_POINTS, STREAM_LIMITS } from './limits';
import { decompressLzf, LZF_MAX_RATIO } from './lzf';
import { latin1, NumberScanner } from './numberScanner';
import { type PcdField, type PcdHeader, parsePcdHeader } from './pcdHeader';
import { PointSampler } from './pointSampler';
import { scaleColors } from './scaleColors';
import { toPointMedia } from './toPointMedia';

const HEAD_BYTES = 64 * 1024;
const POINTS_A_CHUNK = 1 << 14;

/** PCD of the Point Cloud Library: ascii, binary, and binary_compressed (LZF, fields one after the other). */
export const pcd: Format = {
  id: 'pcd',
  kind: 'point',
  extensions: ['.pcd'],
  mime: 'application/vnd.pcl.pcd',
  magic: '# .PCD v, or VERSION and FIELDS',
  maxBytes: MAX_STREAM_FILE_BYTES,
  limits: STREAM_LIMITS,
  detect: (head) => {
    const text = latin1(head, 0, 4096);
    if (/^# \.PCD v/i.test(text)) return 'yes';
    return /^(\s*#[^\n]*\n)*\s*VERSION \.?\d/.test(text) && /\n(FIELDS|COLUMNS) /.test(text) ? 'yes' : 'no';
  },
  decode: decodePcd,
  decodeStream: async (source, name, signal) =>
    (await streamPcd(source, signal)) ?? decodePcd(await readWhole(source, 'PCD', signal), name, signal),
};

/** The value of a field of a point. `packed`: the bits as an unsigned integer, for colours kept in a float. */
interface PcdReader {
  value(point: number, field: PcdField): number;
  packed(point: number, field: PcdField): number;
}

async function decodePcd(bytes: Uint8Array, _name: string, signal?: AbortSignal): Promise<PointMedia> {
  const pacer = new WorkPacer(signal);
  const header = parsePcdHeader(bytes);
  const [x, y, z] = placeFields(header.fields);
  if (header.points === 0) throw errors.noContent('PCD', 'points');
  const reader = await openReader(bytes, header, pacer);
  const positions = new Float32Array(3 * header.points);
  const colorFields = findColors(header.fields);
  const colors = colorFields && new Float32Array(3 * header.points);
  for (let i = 0; i < header.points; i++) {
    positions[3 * i] = reader.value(i, x);
    positions[3 * i + 1] = reader.value(i, y);
    positions[3 * i + 2] = reader.value(i, z);
    if (colors) readColor(reader, i, colorFields, colors);
    if (i % POINTS_A_CHUNK === 0) await pacer.breathe();
  }
  if (colors && colorFields.length === 3) {
    const { type, size } = colorFields[0]!;
    scaleColors(colors, type === 'F' ? undefined : size);
  }
  const { encoding, points, warnings } = header;
  const media = toPointMedia({ format: 'pcd', encoding, positions, colors, declared: points, warnings });
  return { ...media, hasNormals: hasNormals(header.fields) };
}

function placeFields(fields: readonly PcdField[]): [PcdField, PcdField, PcdField] {
  const [x, y, z] = ['x', 'y', 'z'].map((name) => fields.find((field) => field.name === name));
  if (!x || !y || !z) throw errors.unsupported('PCD', 'points without the fields x, y and z');
  return [x, y, z];
}

/** Points in `binary` encoding are read in pieces; undefined for the others, which are read whole. */
async function streamPcd(source: ByteSource, signal: AbortSignal | undefined): Promise<PointMedia | undefined> {
  const pacer = new WorkPacer(signal);
  const header = parsePcdHeader(await source.read(0, HEAD_BYTES));
  const { encoding, fields, points, stride, dataStart: start, warnings } = header;
  if (encoding !== 'binary') return undefined;
  const [x, y, z] = placeFields(fields);
  checkCount('PCD', 'points', points, stride, source.size - start, MAX_STREAM_POINTS);
  const colors = findColors(fields);
  const isPacked = colors?.length === 1;
  const sampler = new PointSampler({
    format: 'pcd',
    encoding,
    hasColors: colors !== undefined,
    colorBytes: isPacked ? 1 : colors?.[0]?.type === 'F' ? undefined : colors?.[0]?.size,
    declared: points,
  });
  const rgb = new Float64Array(3);
  await eachRecord(source, { format: 'PCD', start, stride, count: points }, pacer, (view, at) => {
    const value = (field: PcdField) => readValue(view, at + field.offset, field);
    if (isPacked) {
      const packed = view.getUint32(at + colors[0]!.offset, true);
      for (let axis = 0; axis < 3; axis++) rgb[axis] = (packed >>> (16 - 8 * axis)) & 255;
    } else if (colors) for (let axis = 0; axis < 3; axis++) rgb[axis] = value(colors[axis]!);
    sampler.add(value(x), value(y), value(z), rgb[0], rgb[1], rgb[2]);
  });
  return sampler.finish({ hasNormals: hasNormals(fields) }, warnings);
}

const hasNormals = (fields: readonly PcdField[]): boolean => fields.some(({ name }) => name === 'normal_x');

/** One field of packed 0x00rrggbb, or three. */
function findColors(fields: readonly PcdField[]): PcdField[] | undefined {
  const packed = fields.find(({ name, size }) => (name === 'rgb' || name === 'rgba') && size === 4);
  if (packed) return [packed];
  const three = ['r', 'g', 'b'].flatMap((name) => fields.find((field) => field.name === name) ?? []);
  return three.length === 3 ? three : undefined;
}

function readColor(reader: PcdReader, i: number, fields: readonly PcdField[], colors: Float32Array): void {
  if (fields.length === 1) {
    const rgb = reader.packed(i, fields[0]!);
    for (let axis = 0; axis < 3; axis++) colors[3 * i + axis] = ((rgb >>> (16 - 8 * axis)) & 255) / 255;
  } else for (let axis = 0; axis < 3; axis++) colors[3 * i + axis] = reader.value(i, fields[axis]!);
}

async function openReader(bytes: Uint8Array, header: PcdHeader, pacer: WorkPacer): Promise<PcdReader> {
  const data = bytes.subarray(header.dataStart);
  if (header.encoding === 'ascii') return await readAscii(data, header, pacer);
  if (header.encoding === 'binary') {
    checkCount('PCD', 'points', header.points, header.stride, data.length);
    return binaryReader(data, (point, { offset }) => point * header.stride + offset);
  }
  checkCount('PCD', 'points', header.points, header.stride / LZF_MAX_RATIO, data.length);
  const unpacked = unpack(data, header);
  return binaryReader(unpacked, (point, { offset, size, count }) => offset * header.points + point * size * count);
}

/** The data begins with two 32-bit lengths: packed and unpacked. */
function unpack(data: Uint8Array, { points, stride }: PcdHeader): Uint8Array {
  if (data.length < 8) throw errors.truncated('PCD', 'the file ends before its packed points');
  const view = new DataView(data.buffer, data.byteOffset, 8);
  const [packed, size] = [view.getUint32(0, true), view.getUint32(4, true)];
  if (packed > data.length - 8)
    throw errors.truncated('PCD', `${packed} bytes of packed points are declared, ${data.length - 8} are there`);
  if (size !== points * stride)
    throw errors.damaged('PCD', `${points} points of ${stride} bytes do not make ${size} bytes`);
  if (size > packed * LZF_MAX_RATIO) throw errors.damaged('PCD', `${packed} bytes cannot unpack to ${size}`);
  return decompressLzf(data.subarray(8, 8 + packed), size);
}

function binaryReader(data: Uint8Array, locate: (point: number, field: PcdField) => number): PcdReader {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  return {
    value: (point, field) => readValue(view, locate(point, field), field),
    packed: (point, field) => view.getUint32(locate(point, field), true),
  };
}

function readValue(view: DataView, at: number, { type, size }: PcdField): number {
  if (type === 'F') return size === 4 ? view.getFloat32(at, true) : view.getFloat64(at, true);
  if (size === 8) return Number(type === 'I' ? view.getBigInt64(at, true) : view.getBigUint64(at, true));
  if (type === 'U')
    return size === 1 ? view.getUint8(at) : size === 2 ? view.getUint16(at, true) : view.getUint32(at, true);
  return size === 1 ? view.getInt8(at) : size === 2 ? view.getInt16(at, true) : view.getInt32(at, true);
}

/** ASCII points are parsed once, the used columns into an array of doubles. */
async function readAscii(data: Uint8Array, header: PcdHeader, pacer: WorkPacer): Promise<PcdReader> {
  checkCount('PCD', 'points', header.points, 2 * header.columns, data.length + 1);
  const used = [...new Set(['x', 'y', 'z', 'r', 'g', 'b', 'rgb', 'rgba'])].flatMap(
    (name) => header.fields.find((field) => field.name === name) ?? [],
  );
  const slots = new Map(used.map((field, slot) => [field.column, slot]));
  const values = new Float64Array(used.length * header.points);
  const scanner = new NumberScanner('PCD', data);
  for (let i = 0; i < header.points; i++) {
    for (let column = 0; column < header.columns; column++) {
      if (!scanner.skipSpace()) throw errors.truncated('PCD', `point ${i + 1} of ${header.points} is incomplete`);
      const value = scanner.readNumber();
      const slot = slots.get(column);
      if (slot !== undefined) values[i * used.length + slot] = value;
    }
    if (i % POINTS_A_CHUNK === 0) await pacer.breathe();
  }
  const bits = new DataView(new ArrayBuffer(4));
  const value = (point: number, { column }: PcdField) => values[point * used.length + (slots.get(column) ?? 0)]!;
  return {
    value,
    packed: (point, field) => {
      if (field.type !== 'F') return value(point, field) >>> 0;
      bits.setFloat32(0, value(point, field));
      return bits.getUint32(0);
    },
  };
}
