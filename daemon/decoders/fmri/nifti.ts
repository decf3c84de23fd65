import { Gunzip } from 'fflate';
import { errors } from '../../common/errors';
import type { FmriMedia, ImageMedia } from '../../media/media';
import type { Format } from '../format';
import { NPY_CELLS } from '../maps/npyValues';
import { percentiles } from '../maps/percentiles';
import { WorkPacer } from '../workPacer';
import { FMRI_LIMITS, MAX_FMRI_BYTES, MAX_UNPACKED_BYTES } from './fmriLimits';
import { NIFTI_HEADER_BYTES, type NiftiHeader, niftiVersion, readNiftiHeader } from './niftiHeader';

const isGzip = (head: Uint8Array): boolean => head[0] === 0x1f && head[1] === 0x8b;

/** A scan as NIfTI-1 or -2, packed with gzip or not: described and shown; the model takes a vector, which a volume is not. */
export const nifti: Format = {
  id: 'nifti',
  kind: 'fmri',
  extensions: ['.nii', '.gz', '.hdr'],
  mime: 'application/x-nifti',
  magic: '348 or 540 first, n+1 or n+2 in the header; also inside gzip',
  maxBytes: MAX_FMRI_BYTES,
  limits: FMRI_LIMITS,
  detect: (head) => {
    try {
      return niftiVersion(isGzip(head) ? firstBytes(head, NIFTI_HEADER_BYTES) : head) ? 'yes' : 'no';
    } catch {
      return 'no';
    }
  },
  decode: async (bytes, _name, signal) => toMedia(bytes, signal),
};

/** Bytes of gzip data that are unpacked at once: they give at most 1032 times as many. */
const PIECE = 4096;

/** The first `count` bytes of gzip data, fewer where there are not so many; hardly more than `count` is unpacked. */
function firstBytes(packed: Uint8Array, count: number): Uint8Array {
  const parts: Uint8Array[] = [];
  let length = 0;
  const gunzip = new Gunzip((part) => {
    parts.push(part);
    length += part.length;
  });
  try {
    for (let at = 0; at < packed.length && length < count; at += PIECE)
      gunzip.push(packed.subarray(at, at + PIECE), false);
  } catch {
    throw errors.damaged('NIFTI', 'its gzip data cannot be unpacked');
  }
  const out = new Uint8Array(Math.min(count, length));
  let to = 0;
  for (const part of parts) {
    if (to >= out.length) break;
    out.set(part.subarray(0, out.length - to), to);
    to += part.length;
  }
  return out;
}

async function toMedia(file: Uint8Array, signal?: AbortSignal): Promise<FmriMedia> {
  const packed = isGzip(file);
  const header = readNiftiHeader(packed ? firstBytes(file, NIFTI_HEADER_BYTES) : file);
  const { dims, frames, size, dataStart } = header;
  const frameBytes = dims[0] * dims[1] * dims[2] * size;
  const end = dataStart + frameBytes;
  if (end > MAX_UNPACKED_BYTES)
    throw errors.tooLarge('first frame of the NIFTI file', `${end} bytes`, `${MAX_UNPACKED_BYTES} bytes`);
  const bytes = packed ? firstBytes(file, end) : file;
  const needed = packed ? end : dataStart + frameBytes * frames;
  if (bytes.length < needed)
    throw errors.truncated('NIFTI', `its values end at byte ${needed}, and ${bytes.length} bytes are there`);
  const values = await readFrame(bytes, header, new WorkPacer(signal));
  const warnings = [...header.warnings, TAKES_A_VECTOR];
  if (header.orientation === undefined) warnings.push('The scan does not say where its axes point.');
  return {
    kind: 'fmri',
    voxels: new Float32Array(0),
    volume: {
      dims,
      voxelSize: header.voxelSize,
      frames,
      repetitionTime: header.repetitionTime,
      dataType: header.dataType,
      slice: middleSlice(values, dims),
      range: extremes(values),
      ...(header.orientation && { orientation: header.orientation }),
      ...((header.slope !== 1 || header.intercept !== 0) && { scaling: [header.slope, header.intercept] }),
    },
    format: 'nifti',
    warnings,
  };
}

const TAKES_A_VECTOR =
  'The model takes a vector of one value a voxel of interest (NPY), not a volume: extract the responses of the region first.';
const VALUES_A_CHUNK = 1 << 18;

async function readFrame(bytes: Uint8Array, header: NiftiHeader, pacer: WorkPacer): Promise<Float32Array> {
  const { dims, dataType, size, dataStart, littleEndian, slope, intercept } = header;
  const cell = NPY_CELLS[`${dataType[0]}${size}`]!;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values = new Float32Array(dims[0] * dims[1] * dims[2]);
  for (let i = 0; i < values.length; i++) {
    values[i] = cell(view, dataStart + i * size, littleEndian) * slope + intercept;
    if (i % VALUES_A_CHUNK === 0) await pacer.breathe();
  }
  return values;
}

function extremes(values: Float32Array): [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const v of values) {
    if (v < low && Number.isFinite(v)) low = v;
    if (v > high && Number.isFinite(v)) high = v;
  }
  if (low > high) throw errors.noContent('NIFTI', 'measured voxels');
  return [low, high];
}

/** The middle plane of the third axis, second axis upwards; 1st to 99th percentile. */
function middleSlice(values: Float32Array, [nx, ny, nz]: NiftiHeader['dims']): ImageMedia {
  const plane = values.subarray(nx * ny * Math.floor(nz / 2)).subarray(0, nx * ny);
  const [low = 0, high = 0] = percentiles(plane, [0.01, 0.99]);
  const scale = high > low ? 255 / (high - low) : 0;
  const data = new Uint8ClampedArray(nx * ny * 4);
  for (let y = 0; y < ny; y++)
    for (let x = 0; x < nx; x++) {
      const at = 4 * ((ny - 1 - y) * nx + x);
      data.fill((plane[y * nx + x]! - low) * scale, at, at + 3);
      data[at + 3] = 255;
    }
  return {
    kind: 'image',
    width: nx,
    height: ny,
    data,
    format: 'nifti',
    channels: 1,
    bitDepth: 8,
    hasAlpha: false,
    frames: 1,
    warnings: [],
  };
}
