import type { WorkPacer } from '../audio/workPacer';
import type { Triple } from './bounds';
import { covariance, dot, eigen, upright } from './eigen';
import { KdTree } from './kdTree';
import type { PointSample } from './pointSample';

export interface MirrorPlane {
  normal: Triple;
  /** Share of mirrored points that have a point as near as the cloud's own points have theirs, 0..1. */
  score: number;
}

const QUERIES = 1500;
const MIN_POINTS = 400;
/** The distance that this share of unmirrored points have a neighbour within. */
const USUAL = 0.95;
const CLEAR = 0.95;
/** A cloud thinner than this is its own mirror image. */
const THIN = 0.01;
const SAME_AXIS = Math.cos((5 * Math.PI) / 180);

/**
 * Mirror planes through the mean of the points, across the principal axes and those of the coordinates. Half of the
 * points are mirrored and must fall on the other half as closely as they do unmirrored; only clear ones are given.
 */
export async function findMirrors({ xyz, count, size }: PointSample, pacer: WorkPacer): Promise<MirrorPlane[]> {
  if (count < MIN_POINTS || !(size > 0)) return [];
  const { matrix, mean } = covariance(xyz, count);
  const half = Math.floor(count / 2);
  const tree = new KdTree(
    Float32Array.from({ length: 3 * half }, (_, i) => xyz[6 * Math.floor(i / 3) + (i % 3)]!),
    1,
  );
  const queries = Math.min(QUERIES, half);
  const query = (q: number): Triple => {
    const from = 3 * (2 * Math.floor((q * half) / queries) + 1);
    return [xyz[from]!, xyz[from + 1]!, xyz[from + 2]!];
  };
  const away = ([x, y, z]: Triple): number => (tree.nearest(x, y, z, 1) > 0 ? tree.squared[0]! : Infinity);
  const usual = Float64Array.from({ length: queries }, (_, q) => away(query(q))).sort();
  const reach = usual[Math.min(queries - 1, Math.floor(USUAL * queries))]!;
  const mirrors: MirrorPlane[] = [];
  for (const normal of candidates(eigen(matrix).vectors)) {
    await pacer.breathe();
    if (spread(xyz, count, normal) < THIN * size) continue;
    let near = 0;
    for (let q = 0; q < queries; q++) if (away(mirrored(query(q), mean, normal)) <= reach) near++;
    const score = Math.min(1, near / queries / USUAL);
    if (score >= CLEAR) mirrors.push({ normal, score });
  }
  return mirrors.sort((a, b) => b.score - a.score).slice(0, 3);
}

function candidates(principal: readonly Triple[]): Triple[] {
  const axes: Triple[] = [];
  const coordinates: Triple[] = [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ];
  for (const axis of [...coordinates, ...principal.map(upright)])
    if (!axes.some((known) => Math.abs(dot(known, axis)) > SAME_AXIS)) axes.push(axis);
  return axes;
}

function mirrored(point: Triple, mean: Triple, normal: Triple): Triple {
  const twice = 2 * (dot(point, normal) - dot(mean, normal));
  return [point[0] - twice * normal[0], point[1] - twice * normal[1], point[2] - twice * normal[2]];
}

/** Extent along an axis. */
export function spread(xyz: Float32Array, count: number, axis: Triple): number {
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < count; i++) {
    const along = xyz[3 * i]! * axis[0] + xyz[3 * i + 1]! * axis[1] + xyz[3 * i + 2]! * axis[2];
    if (along < low) low = along;
    if (along > high) high = along;
  }
  return high - low;
}
