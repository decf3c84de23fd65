import type { WorkPacer } from '../audio/workPacer';
import { covariance, eigen } from './eigen';
import { KdTree } from './kdTree';
import type { PointSample } from './pointSample';

/** What lies round each point of a sample. */
export interface Neighbourhoods {
  tree: KdTree;
  /** Unit normal of the plane through a point's neighbours, 3 a point; its sign means nothing. */
  normals: Float32Array;
  /** Distance to the nearest other point. */
  nearest: Float32Array;
  /** Mean distance to the nearest eight. */
  mean: Float32Array;
  /** Root mean square distance of the neighbours from their plane. */
  thickness: Float32Array;
  /** Points whose neighbours lie along a line, in a plane, in neither (Demantké et al. 2011, by the larger share). */
  shapes: { linear: number; planar: number; scattered: number };
}

const NEIGHBOURS = 12;
const FEW = 8;
export const MIN_POINTS = 50;
const POINTS_A_CHUNK = 256;

/** Undefined for fewer points than say anything. */
export async function findNeighbourhoods(sample: PointSample, pacer: WorkPacer): Promise<Neighbourhoods | undefined> {
  const { xyz, count } = sample;
  if (count < MIN_POINTS || !(sample.size > 0)) return undefined;
  const tree = new KdTree(xyz, NEIGHBOURS + 1);
  await pacer.breathe();
  const out: Neighbourhoods = {
    tree,
    normals: new Float32Array(3 * count),
    nearest: new Float32Array(count),
    mean: new Float32Array(count),
    thickness: new Float32Array(count),
    shapes: { linear: 0, planar: 0, scattered: 0 },
  };
  for (let i = 0; i < count; i++) {
    describe(i, xyz, out);
    if (i % POINTS_A_CHUNK === 0) await pacer.breathe();
  }
  return out;
}

function describe(i: number, xyz: Float32Array, out: Neighbourhoods): void {
  const { tree } = out;
  const found = tree.nearest(xyz[3 * i]!, xyz[3 * i + 1]!, xyz[3 * i + 2]!, NEIGHBOURS, i);
  out.nearest[i] = Math.sqrt(tree.squared[0]!);
  for (let k = 0; k < FEW; k++) out.mean[i]! += Math.sqrt(tree.squared[k]!) / FEW;
  tree.found[found] = i; // the point itself belongs to its neighbourhood
  const { values, vectors } = eigen(covariance(xyz, found + 1, tree.found).matrix);
  out.normals.set(vectors[2], 3 * i);
  const [s1, s2, s3] = values.map(Math.sqrt) as [number, number, number];
  out.thickness[i] = s3;
  if (s1 === 0) return;
  const [line, plane] = [s1 - s2, s2 - s3];
  if (line >= plane && line >= s3) out.shapes.linear++;
  else if (plane >= s3) out.shapes.planar++;
  else out.shapes.scattered++;
}

export function median(values: ArrayLike<number>): number {
  const sorted = Float32Array.from(values).sort();
  return sorted[sorted.length >> 1] ?? Number.NaN;
}
