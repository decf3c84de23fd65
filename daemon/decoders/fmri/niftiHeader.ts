import { errors } from '../../common/errors';
import { ByteReader } from '../image/byteReader';

/** What is read of a NIfTI-1 or NIfTI-2 header (nifti.nimh.nih.gov, nifti1.h and nifti2.h). */
export interface NiftiHeader {
  littleEndian: boolean;
  /** Of x, y, z, and of everything after: frames. */
  dims: [number, number, number];
  frames: number;
  voxelSize: [number, number, number];
  /** Seconds; 0 where not given. */
  repetitionTime: number;
  dataType: string;
  /** Bytes of a value. */
  size: number;
  /** First byte of the values. */
  dataStart: number;
  /** value * slope + intercept; slope is not 0. */
  slope: number;
  intercept: number;
  /** Where the axes point, for example "RAS", and which form tells. */
  orientation?: string;
  warnings: string[];
}

const TYPES: Readonly<Record<number, readonly [name: string, size: number]>> = {
  2: ['uint8', 1],
  4: ['int16', 2],
  8: ['int32', 4],
  16: ['float32', 4],
  64: ['float64', 8],
  256: ['int8', 1],
  512: ['uint16', 2],
  768: ['uint32', 4],
  1024: ['int64', 8],
  1280: ['uint64', 8],
};
const MILLIMETRES: Readonly<Record<number, number>> = { 1: 1000, 2: 1, 3: 0.001 };
const SECONDS: Readonly<Record<number, number>> = { 8: 1, 16: 1e-3, 24: 1e-6 };
/** Bytes that hold either header. */
export const NIFTI_HEADER_BYTES = 544;

/** Byte of each field in the two versions. */
const FIELDS = {
  1: {
    dim: 40,
    type: 70,
    pixdim: 76,
    offset: 108,
    slope: 112,
    units: 123,
    qform: 252,
    sform: 254,
    quatern: 256,
    rows: 280,
    magic: 344,
  },
  2: {
    dim: 16,
    type: 12,
    pixdim: 104,
    offset: 168,
    slope: 176,
    units: 500,
    qform: 344,
    sform: 348,
    quatern: 352,
    rows: 400,
    magic: 4,
  },
} as const;

/** Version and byte order: the header's first number is its size. */
export function niftiVersion(head: Uint8Array): { version: 1 | 2; littleEndian: boolean } | undefined {
  if (head.length < 4) return undefined;
  const view = new DataView(head.buffer, head.byteOffset, 4);
  for (const littleEndian of [true, false]) {
    const size = view.getInt32(0, littleEndian);
    const magicAt = size === 348 ? 344 : size === 540 ? 4 : undefined;
    if (magicAt === undefined || head.length < magicAt + 3) continue;
    const magic = String.fromCharCode(...head.subarray(magicAt, magicAt + 3));
    if (/^(n\+|ni)[12]$/.test(magic)) return { version: size === 348 ? 1 : 2, littleEndian };
  }
  return undefined;
}

/** Throws FILE_DAMAGED, FILE_TRUNCATED, FILE_UNSUPPORTED (a pair of files, colours, complex numbers). */
export function readNiftiHeader(bytes: Uint8Array): NiftiHeader {
  const found = niftiVersion(bytes);
  if (!found) throw errors.damaged('NIFTI', 'it has no NIfTI header');
  const { version, littleEndian } = found;
  const read = new ByteReader(bytes, 'NIFTI', littleEndian);
  read.need(0, version === 1 ? 348 : 540);
  const at = FIELDS[version];
  if (read.text(at.magic, 2) === 'ni')
    throw errors.unsupported('NIFTI', 'a pair of files (.hdr and .img); save it as one .nii');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const whole = (field: number, i: number) =>
    version === 1 ? view.getInt16(field + 2 * i, littleEndian) : Number(view.getBigInt64(field + 8 * i, littleEndian));
  const real = (field: number, i: number) =>
    version === 1 ? view.getFloat32(field + 4 * i, littleEndian) : view.getFloat64(field + 8 * i, littleEndian);
  const rank = whole(at.dim, 0);
  if (rank < 1 || rank > 7) throw errors.damaged('NIFTI', `its header says ${rank} dimensions`);
  const sides = [1, 2, 3, 4, 5, 6, 7].map((i) => (i <= rank ? whole(at.dim, i) : 1));
  if (sides.some((side) => side < 1))
    throw errors.damaged('NIFTI', `its header says ${sides.slice(0, rank).join(' × ')} voxels`);
  const code = view.getInt16(at.type, littleEndian);
  const type = TYPES[code];
  if (!type) throw errors.unsupported('NIFTI', `values of the type ${code} (colours or complex numbers)`);
  const units = version === 1 ? bytes[at.units]! : view.getInt32(at.units, littleEndian);
  const warnings: string[] = [];
  if (!(units & 7)) warnings.push('The scan states no unit of length; millimetres are taken.');
  const length = MILLIMETRES[units & 7] ?? 1;
  const time = SECONDS[units & 56];
  const step = real(at.pixdim, 4);
  if (rank > 3 && sides[3]! > 1 && step > 0 && time === undefined)
    warnings.push('The scan states no unit of time; its repetition time is left out.');
  const slope = real(at.slope, 0);
  const scaled = Number.isFinite(slope) && slope !== 0;
  const intercept = real(at.slope, 1);
  const offset =
    version === 1 ? view.getFloat32(at.offset, littleEndian) : Number(view.getBigInt64(at.offset, littleEndian));
  if (!(offset >= 0)) throw errors.damaged('NIFTI', `its values are said to be at byte ${offset}`);
  const orientation = orientationOf(at, view, littleEndian, version, real);
  return {
    littleEndian,
    dims: [sides[0]!, sides[1]!, sides[2]!],
    frames: sides.slice(3).reduce((product, side) => product * side, 1),
    voxelSize: [1, 2, 3].map((i) => Math.abs(real(at.pixdim, i)) * length) as [number, number, number],
    repetitionTime: rank > 3 && sides[3]! > 1 && step > 0 && time !== undefined ? step * time : 0,
    dataType: type[0],
    size: type[1],
    dataStart: Math.max(version === 1 ? 352 : 544, Math.floor(offset)),
    slope: scaled ? slope : 1,
    intercept: scaled && Number.isFinite(intercept) ? intercept : 0,
    ...(orientation && { orientation }),
    warnings,
  };
}

/** The affine of the sform, else of the qform (method 3 before 2, as nibabel does); where each axis mostly points. */
function orientationOf(
  at: (typeof FIELDS)[1 | 2],
  view: DataView,
  littleEndian: boolean,
  version: 1 | 2,
  real: (field: number, i: number) => number,
): string | undefined {
  const code = (field: number) =>
    version === 1 ? view.getInt16(field, littleEndian) : view.getInt32(field, littleEndian);
  if (code(at.sform) > 0) {
    const columns = [0, 1, 2].map((axis) => [0, 1, 2].map((row) => real(at.rows, 4 * row + axis)));
    return `${lettersOf(columns)} (sform)`;
  }
  if (code(at.qform) <= 0) return undefined;
  const [b, c, d] = [real(at.quatern, 0), real(at.quatern, 1), real(at.quatern, 2)];
  const a = Math.sqrt(Math.max(0, 1 - b * b - c * c - d * d));
  const turn = real(at.pixdim, 0) < 0 ? -1 : 1;
  return `${lettersOf([
    [a * a + b * b - c * c - d * d, 2 * (b * c + a * d), 2 * (b * d - a * c)],
    [2 * (b * c - a * d), a * a + c * c - b * b - d * d, 2 * (c * d + a * b)],
    [2 * (b * d + a * c) * turn, 2 * (c * d - a * b) * turn, (a * a + d * d - b * b - c * c) * turn],
  ])} (qform)`;
}

const lettersOf = (columns: readonly (readonly number[])[]): string =>
  columns
    .map((column) => {
      const largest = [0, 1, 2].reduce((best, i) => (Math.abs(column[i]!) > Math.abs(column[best]!) ? i : best), 0);
      return (column[largest]! < 0 ? 'LPI' : 'RAS')[largest]!;
    })
    .join('');
