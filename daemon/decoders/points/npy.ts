import { errors } from '../../common/errors';
import type { PointMedia } from '../../media/media';
import { eachRecord, readWhole } from '../byteSource';
import type { ByteSource, Format } from '../format';
import { WorkPacer } from '../workPacer';
import { columnRoles, rolesOfUnnamed } from './columnRoles';
import { checkCount, MAX_STREAM_FILE_BYTES, MAX_STREAM_POINTS, STREAM_LIMITS } from './limits';
import { type NpyHeader, parseNpyHeader } from './npyHeader';
import { latin1 } from './numberScanner';
import { PointSampler } from './pointSampler';
import { scaleColors } from './scaleColors';
import { toPointMedia } from './toPointMedia';

/** Enough for any header and some rows. */
const HEAD_BYTES = 2 * 1024 ** 2;
const POINTS_A_CHUNK = 1 << 14;
/** Most values of one point; wider arrays are something else. */
const MAX_COLUMNS = 32;
/** A file of three rows holds three points only if the rows are this long: xyz, with intensity, with colour. */
const POINT_WIDTHS = [3, 4, 6];

/** NPY: an array [N, C] or [C, N] of numbers, C at least 3: xyz, and colours where the columns after look like it. */
export const npy: Format = {
  id: 'npy',
  kind: 'point',
  extensions: ['.npy'],
  mime: 'application/x-npy',
  magic: '93 NUMPY',
  maxBytes: MAX_STREAM_FILE_BYTES,
  limits: STREAM_LIMITS,
  detect: (head) => (latin1(head, 0, 6) === '\x93NUMPY' ? 'yes' : 'no'),
  decode: async (bytes, _name, signal) => decodeNpyArray(bytes, new WorkPacer(signal)),
  decodeStream: streamNpy,
};

/** An array in memory, as `decode` does. */
export async function decodeNpyArray(bytes: Uint8Array, pacer: WorkPacer): Promise<PointMedia> {
  if (latin1(bytes, 0, 6) !== '\x93NUMPY') throw errors.damaged('NPY', 'it does not begin with NUMPY');
  const header = parseNpyHeader(bytes);
  const { points, columns, pointStep, columnStep } = planLayout(header);
  if (points === 0) throw errors.noContent('NPY', 'points');
  checkCount('NPY', 'points', points, columns * header.size, bytes.length - header.dataStart);
  const read = valueReader(bytes, header);
  const at = (point: number, column: number) => read(point * pointStep + column * columnStep);
  const roles = rolesOfUnnamed(columns, points, at) ?? columnRoles([0, 1, 2]);
  const positions = new Float32Array(3 * points);
  const colors = roles.color && new Float32Array(3 * points);
  for (let i = 0; i < points; i++) {
    for (let axis = 0; axis < 3; axis++) {
      positions[3 * i + axis] = at(i, roles.place[axis]!);
      if (colors && roles.color) colors[3 * i + axis] = at(i, roles.color[axis]!);
    }
    if (i % POINTS_A_CHUNK === 0) await pacer.breathe();
  }
  return toPointMedia({
    format: 'npy',
    encoding: encodingOf(header),
    positions,
    colors: colors && scaleColors(colors, colorBytes(header)),
    declared: points,
    warnings: [],
  });
}

/** rgb in [0, 1] of an array [count, 3] or wider; undefined if it has another shape. */
export async function decodeNpyColors(
  bytes: Uint8Array,
  count: number,
  pacer: WorkPacer,
): Promise<Float32Array | undefined> {
  const header = parseNpyHeader(bytes);
  const { points, columns, pointStep, columnStep } = planLayout(header);
  if (points !== count || columns > 4) return undefined;
  checkCount('NPY', 'colours', points, columns * header.size, bytes.length - header.dataStart);
  const read = valueReader(bytes, header);
  const colors = new Float32Array(3 * count);
  for (let i = 0; i < count; i++) {
    for (let axis = 0; axis < 3; axis++) colors[3 * i + axis] = read(i * pointStep + axis * columnStep);
    if (i % POINTS_A_CHUNK === 0) await pacer.breathe();
  }
  return scaleColors(colors, colorBytes(header));
}

/** Rows of points are read in pieces; arrays in another order are read whole. */
async function streamNpy(source: ByteSource, _name: string, signal?: AbortSignal): Promise<PointMedia> {
  const pacer = new WorkPacer(signal);
  const head = await source.read(0, HEAD_BYTES);
  const header = parseNpyHeader(head);
  const { points, columns, columnStep } = planLayout(header);
  if (columnStep !== 1) return decodeNpyArray(await readWhole(source, 'NPY', signal), pacer);
  const stride = columns * header.size;
  checkCount('NPY', 'points', points, stride, source.size - header.dataStart, MAX_STREAM_POINTS);
  const probed = valueReader(head, header);
  const rows = Math.min(points, Math.floor((head.length - header.dataStart) / stride));
  const { place, color } =
    rolesOfUnnamed(columns, rows, (point, column) => probed(point * columns + column)) ?? columnRoles([0, 1, 2]);
  const sampler = new PointSampler({
    format: 'npy',
    encoding: encodingOf(header),
    hasColors: color !== undefined,
    colorBytes: colorBytes(header),
    declared: points,
  });
  const read = cellReader(header);
  const { size, dataStart: start } = header;
  const at = (column: number): number => column * size;
  const [x, y, z] = [at(place[0]), at(place[1]), at(place[2])];
  const [r, g, b] = color ? [at(color[0]), at(color[1]), at(color[2])] : [0, 0, 0];
  await eachRecord(source, { format: 'NPY', start, stride, count: points }, pacer, (view, row) => {
    if (!color) sampler.add(read(view, row + x), read(view, row + y), read(view, row + z));
    else
      sampler.add(
        read(view, row + x),
        read(view, row + y),
        read(view, row + z),
        read(view, row + r),
        read(view, row + g),
        read(view, row + b),
      );
  });
  return sampler.finish();
}

const encodingOf = ({ littleEndian, size }: NpyHeader): string =>
  littleEndian || size === 1 ? 'binary_little_endian' : 'binary_big_endian';

/** Bytes of an integer colour channel; undefined where the values decide. */
const colorBytes = ({ kind, size }: NpyHeader): number | undefined => (kind === 'f' || size > 2 ? undefined : size);

interface NpyLayout {
  points: number;
  columns: number;
  /** Values from one point, and from one column, to the next. */
  pointStep: number;
  columnStep: number;
}

/** Sides of length 1 in front do not count. Where both readings are possible, rows are points, but for [3, N]. */
function planLayout({ shape, fortranOrder }: NpyHeader): NpyLayout {
  const sides = [...shape];
  while (sides.length > 2 && sides[0] === 1) sides.shift();
  const [rows, across] = sides;
  if (sides.length !== 2 || rows === undefined || across === undefined) throw wrongShape(shape);
  const [rowStep, acrossStep] = fortranOrder ? [1, rows] : [across, 1];
  if (rows === 0 || across === 0) throw errors.noContent('NPY', 'points');
  const rowsAreAxes = rows === 3 && !POINT_WIDTHS.includes(across);
  if (isWidth(across) && !rowsAreAxes)
    return { points: rows, columns: across, pointStep: rowStep, columnStep: acrossStep };
  if (isWidth(rows)) return { points: across, columns: rows, pointStep: acrossStep, columnStep: rowStep };
  throw wrongShape(shape);
}

const isWidth = (side: number): boolean => side >= 3 && side <= MAX_COLUMNS;

function wrongShape(shape: readonly number[]): Error {
  return errors.unsupported('NPY', `the shape [${shape.slice(0, 8).join(', ')}]; a point cloud has [N, 3] or [N, 6]`);
}

/** Reads the value of the given number. */
function valueReader(bytes: Uint8Array, header: NpyHeader): (i: number) => number {
  const view = new DataView(bytes.buffer, bytes.byteOffset + header.dataStart, bytes.length - header.dataStart);
  const read = cellReader(header);
  return (i) => read(view, i * header.size);
}

/** Reads the value at a byte. */
function cellReader({ kind, size, littleEndian }: NpyHeader): (view: DataView, at: number) => number {
  const readers: Readonly<Record<string, (view: DataView, at: number) => number>> = {
    f2: (view, at) => halfToNumber(view.getUint16(at, littleEndian)),
    f4: (view, at) => view.getFloat32(at, littleEndian),
    f8: (view, at) => view.getFloat64(at, littleEndian),
    i1: (view, at) => view.getInt8(at),
    i2: (view, at) => view.getInt16(at, littleEndian),
    i4: (view, at) => view.getInt32(at, littleEndian),
    i8: (view, at) => Number(view.getBigInt64(at, littleEndian)),
    u1: (view, at) => view.getUint8(at),
    u2: (view, at) => view.getUint16(at, littleEndian),
    u4: (view, at) => view.getUint32(at, littleEndian),
    u8: (view, at) => Number(view.getBigUint64(at, littleEndian)),
  };
  const reader = readers[`${kind}${size}`];
  if (!reader) throw errors.unsupported('NPY', `values of the type ${kind}${size}`);
  return reader;
}

/** IEEE 754 binary16. */
function halfToNumber(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  const sign = bits & 0x8000 ? -1 : 1;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
}
