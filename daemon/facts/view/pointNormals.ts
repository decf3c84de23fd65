import type { Cancellation } from '../../media/text';
import { WorkPacer } from '../audio/workPacer';
import { covariance, eigen } from '../points/eigen';
import { KdTree } from '../points/kdTree';

const NEIGHBOURS = 10;
const POINTS_A_CHUNK = 256;

/**
 * The direction of the surface at each point: the smallest axis of its ten nearest neighbours, three signed bytes a
 * point (127 = 1); 0 where a point has too few. The sign means nothing. Throws CANCELLED.
 */
export async function pointNormals(xyz: Float32Array, signal?: Cancellation): Promise<Int8Array> {
  const pacer = new WorkPacer(signal);
  const count = xyz.length / 3;
  const normals = new Int8Array(3 * count);
  if (count < 3) return normals;
  const tree = new KdTree(xyz, NEIGHBOURS + 1);
  for (let i = 0; i < count; i++) {
    if (i % POINTS_A_CHUNK === 0) await pacer.breathe();
    const found = tree.nearest(xyz[3 * i]!, xyz[3 * i + 1]!, xyz[3 * i + 2]!, NEIGHBOURS, i);
    tree.found[found] = i;
    const { vectors } = eigen(covariance(xyz, found + 1, tree.found).matrix);
    for (let axis = 0; axis < 3; axis++) normals[3 * i + axis] = Math.round(127 * vectors[2][axis]!);
  }
  return normals;
}
