import type { Triple } from './bounds';

/** Of a symmetric 3 x 3 matrix: values from the largest down, each with its unit vector. */
export interface Eigen {
  values: Triple;
  vectors: [Triple, Triple, Triple];
}

/** xx, xy, xz, yy, yz, zz. */
export type Symmetric = [number, number, number, number, number, number];

const SWEEPS = 12;

/** By Jacobi's rotations (Golub & Van Loan, section 8.5). */
export function eigen([xx, xy, xz, yy, yz, zz]: Symmetric): Eigen {
  const a = [xx, xy, xz, xy, yy, yz, xz, yz, zz];
  const v = [1, 0, 0, 0, 1, 0, 0, 0, 1];
  const tiny = 1e-15 * (Math.abs(xx) + Math.abs(yy) + Math.abs(zz));
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    if (Math.abs(a[1]!) + Math.abs(a[2]!) + Math.abs(a[5]!) <= tiny) break;
    rotate(a, v, 0, 1);
    rotate(a, v, 0, 2);
    rotate(a, v, 1, 2);
  }
  const order = [0, 1, 2].sort((i, j) => a[4 * j]! - a[4 * i]!);
  return {
    values: order.map((i) => Math.max(0, a[4 * i]!)) as Triple,
    vectors: order.map((i) => [v[i]!, v[3 + i]!, v[6 + i]!]) as Eigen['vectors'],
  };
}

function rotate(a: number[], v: number[], p: number, q: number): void {
  const off = a[3 * p + q]!;
  if (off === 0) return;
  const theta = (a[4 * q]! - a[4 * p]!) / (2 * off);
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (let k = 0; k < 3; k++) turn(a, 3 * k + p, 3 * k + q, c, s);
  for (let k = 0; k < 3; k++) turn(a, 3 * p + k, 3 * q + k, c, s);
  for (let k = 0; k < 3; k++) turn(v, 3 * k + p, 3 * k + q, c, s);
}

function turn(m: number[], i: number, j: number, c: number, s: number): void {
  const [x, y] = [m[i]!, m[j]!];
  m[i] = c * x - s * y;
  m[j] = s * x + c * y;
}

/** Covariance of points: all, or those of the given numbers; and their mean. */
export function covariance(
  xyz: Float32Array,
  count: number,
  at?: ArrayLike<number>,
): { matrix: Symmetric; mean: Triple } {
  const mean: Triple = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    const from = 3 * (at ? at[i]! : i);
    for (let axis = 0; axis < 3; axis++) mean[axis as 0]! += xyz[from + axis]! / count;
  }
  const matrix: Symmetric = [0, 0, 0, 0, 0, 0];
  for (let i = 0; i < count; i++) {
    const from = 3 * (at ? at[i]! : i);
    const x = xyz[from]! - mean[0];
    const y = xyz[from + 1]! - mean[1];
    const z = xyz[from + 2]! - mean[2];
    matrix[0] += (x * x) / count;
    matrix[1] += (x * y) / count;
    matrix[2] += (x * z) / count;
    matrix[3] += (y * y) / count;
    matrix[4] += (y * z) / count;
    matrix[5] += (z * z) / count;
  }
  return { matrix, mean };
}

export const dot = (a: Triple, b: Triple): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

/** The same axis with its largest part positive, so that it is always written in one way. */
export function upright(axis: Triple): Triple {
  const largest = axis.reduce((best, value) => (Math.abs(value) > Math.abs(best) + 1e-9 ? value : best), 0);
  return largest < 0 ? (axis.map((value) => -value) as Triple) : axis;
}
