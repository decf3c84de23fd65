import { errors } from '../../common/errors';
import type { NpyHeader } from '../points/npyHeader';

type Cell = (view: DataView, at: number, littleEndian: boolean) => number;

/** numpy's type without byte order -> how one value is read. */
export const NPY_CELLS: Readonly<Record<string, Cell>> = {
  f2: (v, at, le) => halfToNumber(v.getUint16(at, le)),
  f4: (v, at, le) => v.getFloat32(at, le),
  f8: (v, at, le) => v.getFloat64(at, le),
  i1: (v, at) => v.getInt8(at),
  i2: (v, at, le) => v.getInt16(at, le),
  i4: (v, at, le) => v.getInt32(at, le),
  i8: (v, at, le) => Number(v.getBigInt64(at, le)),
  u1: (v, at) => v.getUint8(at),
  u2: (v, at, le) => v.getUint16(at, le),
  u4: (v, at, le) => v.getUint32(at, le),
  u8: (v, at, le) => Number(v.getBigUint64(at, le)),
};

/** Reads the i-th value in the file's order. Throws FILE_TRUNCATED unless `count` values follow the header. */
export function npyReader(bytes: Uint8Array, header: NpyHeader, count: number): (i: number) => number {
  const { dataStart, kind, size, littleEndian } = header;
  const available = bytes.length - dataStart;
  if (!Number.isSafeInteger(count) || count * size > available)
    throw errors.truncated('NPY', `its ${count} values need ${count * size} bytes, and ${available} are there`);
  const view = new DataView(bytes.buffer, bytes.byteOffset + dataStart, available);
  const cell = NPY_CELLS[`${kind}${size}`];
  if (!cell) throw errors.unsupported('NPY', `values of the type ${kind}${size}`);
  return (i) => cell(view, i * size, littleEndian);
}

export function isNpy(head: Uint8Array): boolean {
  return [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59].every((byte, i) => head[i] === byte);
}

/** IEEE 754 binary16. */
export function halfToNumber(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  const sign = bits & 0x8000 ? -1 : 1;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25));
}
