import { errors } from '../../common/errors';
import type { PointMedia } from '../../media/media';
import { eachRecord, memorySource } from '../byteSource';
import type { ByteSource, Format } from '../format';
import { WorkPacer } from '../workPacer';
import { checkCount, MAX_STREAM_FILE_BYTES, MAX_STREAM_POINTS, STREAM_LIMITS } from './limits';
import { PointSampler } from './pointSampler';

/** x, y, z in metres and the reflectance, little-endian floats (Geiger et al. 2013, "Vision meets robotics"). */
const STRIDE = 16;
/** Farther than any laser scanner of a car sees, and higher. */
const FARTHEST = 500;
const HIGHEST = 200;
/** Where reflectance is not 0 to 1 it is a byte's. */
const BRIGHTEST = 255;
const MIN_POINTS = 4;
const PROBED = 256;

/** KITTI's scans: no header, so the name must say .bin, and the first values must be those of a scan. */
export const kitti: Format = {
  id: 'kitti',
  kind: 'point',
  extensions: ['.bin'],
  mime: 'application/octet-stream',
  magic: 'none: plausible float32 x, y, z, i',
  maxBytes: MAX_STREAM_FILE_BYTES,
  limits: STREAM_LIMITS,
  detect: (head) => (looksLikeScan(head) ? 'maybe' : 'no'),
  decode: async (bytes, _name, signal) => decodeKitti(memorySource(bytes), signal),
  decodeStream: async (source, _name, signal) => decodeKitti(source, signal),
};

/** Every value is plausible, and the points are not all in one place. */
function looksLikeScan(head: Uint8Array): boolean {
  const points = Math.min(PROBED, Math.floor(head.length / STRIDE));
  if (points < MIN_POINTS) return false;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const places = new Set<number>();
  for (let i = 0; i < points; i++) {
    const [x, y, z, reflectance] = [0, 4, 8, 12].map((at) => view.getFloat32(STRIDE * i + at, true)) as Record4;
    const inReach = Math.abs(x) <= FARTHEST && Math.abs(y) <= FARTHEST && Math.abs(z) <= HIGHEST; // false for NaN
    if (!inReach || !(reflectance >= 0 && reflectance <= BRIGHTEST)) return false;
    if ([x, y, z, reflectance].some(isTiny)) return false;
    places.add(x).add(y);
  }
  return places.size > points / 4;
}

type Record4 = [number, number, number, number];

/** Integers and text read as floats are such numbers; measured metres are not. */
const isTiny = (value: number): boolean => value !== 0 && Math.abs(value) < 1e-6;

async function decodeKitti(source: ByteSource, signal: AbortSignal | undefined): Promise<PointMedia> {
  const pacer = new WorkPacer(signal);
  const rest = source.size % STRIDE;
  if (rest !== 0)
    throw errors.truncated('KITTI', `${source.size} bytes are no whole number of points of ${STRIDE} bytes`);
  const count = source.size / STRIDE;
  checkCount('KITTI', 'points', count, STRIDE, source.size, MAX_STREAM_POINTS);
  const sampler = new PointSampler({
    format: 'kitti',
    encoding: 'binary_little_endian',
    hasColors: false,
    declared: count,
  });
  const intensity: [number, number] = [Infinity, -Infinity];
  await eachRecord(source, { format: 'KITTI', start: 0, stride: STRIDE, count }, pacer, (view, at) => {
    sampler.add(view.getFloat32(at, true), view.getFloat32(at + 4, true), view.getFloat32(at + 8, true));
    const reflectance = view.getFloat32(at + 12, true);
    if (reflectance < intensity[0]) intensity[0] = reflectance;
    if (reflectance > intensity[1]) intensity[1] = reflectance;
  });
  return sampler.finish({
    ...(intensity[0] <= intensity[1] && { intensity }),
    hasNormals: false,
    up: 'z',
    statedUnits: { unit: 'metre', why: 'KITTI scans are in metres' },
  });
}
