import type { PointMedia } from '../../media/media';

export type Triple = [number, number, number];

export interface Bounds {
  min: Triple;
  max: Triple;
}

/** The smallest box along the axes that holds all points (xyz, 3 * count, at least one). */
export function findBounds(positions: Float32Array): Bounds {
  const min: Triple = [Infinity, Infinity, Infinity];
  const max: Triple = [-Infinity, -Infinity, -Infinity];
  for (let i = 0; i < positions.length; i++) {
    const axis = (i % 3) as 0 | 1 | 2;
    const value = positions[i]!;
    if (value < min[axis]) min[axis] = value;
    if (value > max[axis]) max[axis] = value;
  }
  return { min, max };
}

/** Bounds in the file's coordinates: those that the decoder found over all points, else those of the points. */
export function boundsOf({ bounds, positions, origin }: PointMedia): Bounds {
  if (bounds) return bounds;
  const { min, max } = findBounds(positions);
  const moved = (corner: Triple) => corner.map((value, axis) => value + (origin?.[axis] ?? 0)) as Triple;
  return { min: moved(min), max: moved(max) };
}

export const extentOf = ({ min, max }: Bounds): Triple => [max[0] - min[0], max[1] - min[1], max[2] - min[2]];
