import { errors } from '../../common/errors';
import type { PointMedia } from '../../media/media';
import type { Format } from '../format';
import { WorkPacer } from '../workPacer';
import { columnRoles, rolesOfUnnamed } from './columnRoles';
import { checkCount, MAX_POINT_FILE_BYTES } from './limits';
import { type NpyHeader, parseNpyHeader } from './npyHeader';
import { latin1 } from './numberScanner';
import { scaleColors } from './scaleColors';
import { toPointMedia } from './toPointMedia';

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
  maxBytes: MAX_POINT_FILE_BYTES,
  detect: (head) => (latin1(head, 0, 6) === '\x93NUMPY' ? 'yes' : 'no'),
  decode: decodeNpy,
};

async function decodeNpy(bytes: Uint8Array, _name: string, signal?: AbortSignal): Promise<PointMedia> {
  const pacer = new WorkPacer(signal);
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
    encoding: header.littleEndian || header.size === 1 ? 'binary_little_endian' : 'binary_big_endian',
    positions,
    colors: colors && scaleColors(colors, header.kind === 'f' || header.size > 2 ? undefined : header.size),
    declared: points,
    warnings: [],
  });
}

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
function valueReader(bytes: Uint8Array, { kind, size, littleEndian, dataStart }: NpyHeader): (i: number) => number {
  const view = new DataView(bytes.buffer, bytes.byteOffset + dataStart, bytes.length - dataStart);
  const readers: Readonly<Record<string, (i: number) => number>> = {
    f2: (i) => halfToNumber(view.getUint16(2 * i, littleEndian)),
    f4: (i) => view.getFloat32(4 * i, littleEndian),
    f8: (i) => view.getFloat64(8 * i, littleEndian),
    i1: (i) => view.getInt8(i),
    i2: (i) => view.getInt16(2 * i, littleEndian),
    i4: (i) => view.getInt32(4 * i, littleEndian),
    i8: (i) => Number(view.getBigInt64(8 * i, littleEndian)),
    u1: (i) => view.getUint8(i),
    u2: (i) => view.getUint16(2 * i, littleEndian),
    u4: (i) => view.getUint32(4 * i, littleEndian),
    u8: (i) => Number(view.getBigUint64(8 * i, littleEndian)),
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
