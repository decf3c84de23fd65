import type { PointMedia } from '../../media/media';
import { findBounds, type Triple } from '../points/bounds';

/** Points that are drawn in three dimensions. */
export interface CloudSample {
  count: number;
  /** Finite points in the file. */
  of: number;
  /** xyz, 3 * count, less `middle`. */
  positions: Float32Array;
  /** Middle of all points, in the file's coordinates. */
  middle: Triple;
  /** rgb, one byte each, 3 * count. */
  colors?: Uint8Array;
}

/** At most `most` points, evenly spread over the order in which the media holds them; the same ones every time. */
export function cloudSample({ positions, colors, count, total, origin }: PointMedia, most: number): CloudSample {
  const { min, max } = findBounds(positions);
  const local = min.map((low, axis) => (low + max[axis]!) / 2) as Triple;
  const kept = Math.min(most, count);
  const xyz = new Float32Array(3 * kept);
  const rgb = colors ? new Uint8Array(3 * kept) : undefined;
  for (let i = 0; i < kept; i++) {
    const from = 3 * Math.floor((i * count) / kept);
    for (let axis = 0; axis < 3; axis++) {
      xyz[3 * i + axis] = positions[from + axis]! - local[axis]!;
      if (rgb) rgb[3 * i + axis] = byteOf(colors![from + axis]!);
    }
  }
  const middle = local.map((value, axis) => value + (origin?.[axis] ?? 0)) as Triple;
  return { count: kept, of: total ?? count, positions: xyz, middle, ...(rgb ? { colors: rgb } : {}) };
}

const byteOf = (share: number): number => Math.round(Math.min(1, Math.max(0, share || 0)) * 255);
