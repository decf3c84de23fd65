import type { PointMedia } from '../../media/media';
import { findBounds, type Triple } from './bounds';

/** Points that are looked at one by one, in coordinates about the middle of them all: no digits are lost far out. */
export interface PointSample {
  /** xyz, 3 * count, less `middle`. */
  xyz: Float32Array;
  count: number;
  /** In the file's coordinates. */
  middle: Triple;
  /** Diagonal of the box that holds the middle 96 % along each axis: a stray point does not stretch it. */
  size: number;
  /** For `how`: "all 300 points", "20000 of 3000000 points". */
  of: string;
}

/** Most points of a sample: neighbours of each are found in well under a second. */
const MAX_SAMPLE = 20_000;

/** Points evenly spread over the order in which the media holds them. */
export function takeSample({ positions, count, total, origin }: PointMedia): PointSample {
  const kept = Math.min(count, MAX_SAMPLE);
  const { min, max } = findBounds(positions);
  const local = min.map((low, axis) => (low + max[axis]!) / 2) as Triple;
  const xyz = new Float32Array(3 * kept);
  for (let i = 0; i < kept; i++) {
    const from = 3 * Math.floor((i * count) / kept);
    for (let axis = 0; axis < 3; axis++) xyz[3 * i + axis] = positions[from + axis]! - local[axis]!;
  }
  const middle = local.map((value, axis) => value + (origin?.[axis] ?? 0)) as Triple;
  const all = total ?? count;
  const of = kept === all ? `all ${all} points` : `a sample of ${kept} of ${all} points`;
  return { xyz, count: kept, middle, size: robustSize(xyz), of };
}

function robustSize(xyz: Float32Array): number {
  const count = xyz.length / 3;
  const sides = [0, 1, 2].map((axis) => {
    const values = Float32Array.from({ length: count }, (_, i) => xyz[3 * i + axis]!).sort();
    const at = (share: number) => values[Math.round(share * (count - 1))]!;
    return at(0.98) - at(0.02);
  });
  return Math.hypot(...sides);
}
