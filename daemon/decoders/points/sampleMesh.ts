import { uniformRandom } from '../../common/uniformRandom';

/** Points drawn from a mesh's surface. */
export const MESH_SAMPLES = 16_384;
/** The same file always gives the same points. */
const SEED = 0x0e11a5;

export interface Mesh {
  /** xyz, 3 * vertices. */
  positions: Float32Array;
  /** rgb in [0, 1], 3 * vertices. */
  colors?: Float32Array | undefined;
  /** Vertex numbers, 3 * triangles. */
  triangles: Uint32Array;
}

export interface SampledMesh {
  positions: Float32Array;
  colors?: Float32Array;
  /** In file units squared. */
  area: number;
  /** Of the finite corners of all triangles. */
  bounds: Bounds;
  /** Triangles left out, since a corner of theirs is not a finite number. */
  brokenTriangles: number;
}

export interface Bounds {
  min: [number, number, number];
  max: [number, number, number];
}

/**
 * Draws MESH_SAMPLES points uniformly by area: a triangle with probability proportional to its area, then a point
 * in it by barycentric coordinates 1 - sqrt(u), sqrt(u) (1 - v), sqrt(u) v (Osada et al. 2002, eq. 1). Colours are
 * interpolated likewise. With no area there are no points.
 */
export function sampleMesh(mesh: Mesh): SampledMesh {
  const { cumulative, brokenTriangles } = cumulativeAreas(mesh);
  const area = cumulative[cumulative.length - 1] ?? 0;
  const count = area > 0 && Number.isFinite(area) ? MESH_SAMPLES : 0;
  const positions = new Float32Array(3 * count);
  const colors = mesh.colors ? new Float32Array(3 * count) : undefined;
  const random = uniformRandom(SEED);
  for (let i = 0; i < count; i++) {
    const triangle = firstAbove(cumulative, random() * area);
    const root = Math.sqrt(random());
    const v = random();
    const weights = [1 - root, root * (1 - v), root * v] as const;
    blend(mesh.positions, mesh.triangles, triangle, weights, positions, i);
    if (mesh.colors && colors) blend(mesh.colors, mesh.triangles, triangle, weights, colors, i);
  }
  return { positions, area, bounds: cornerBounds(mesh), brokenTriangles, ...(colors && { colors }) };
}

function cornerBounds({ positions, triangles }: Mesh): Bounds {
  const min: Bounds['min'] = [Infinity, Infinity, Infinity];
  const max: Bounds['max'] = [-Infinity, -Infinity, -Infinity];
  for (const corner of triangles)
    for (const axis of [0, 1, 2] as const) {
      const value = positions[3 * corner + axis]!;
      if (!Number.isFinite(value)) continue;
      if (value < min[axis]) min[axis] = value;
      if (value > max[axis]) max[axis] = value;
    }
  return { min, max };
}

function cumulativeAreas({ positions, triangles }: Mesh): { cumulative: Float64Array; brokenTriangles: number } {
  const cumulative = new Float64Array(triangles.length / 3);
  let sum = 0;
  let brokenTriangles = 0;
  for (let t = 0; t < cumulative.length; t++) {
    const area = triangleArea(positions, triangles[3 * t]!, triangles[3 * t + 1]!, triangles[3 * t + 2]!);
    if (Number.isFinite(area)) sum += area;
    else brokenTriangles++;
    cumulative[t] = sum;
  }
  return { cumulative, brokenTriangles };
}

/** Half the length of the cross product of two sides. */
function triangleArea(p: Float32Array, a: number, b: number, c: number): number {
  const ux = p[3 * b]! - p[3 * a]!;
  const uy = p[3 * b + 1]! - p[3 * a + 1]!;
  const uz = p[3 * b + 2]! - p[3 * a + 2]!;
  const vx = p[3 * c]! - p[3 * a]!;
  const vy = p[3 * c + 1]! - p[3 * a + 1]!;
  const vz = p[3 * c + 2]! - p[3 * a + 2]!;
  return Math.hypot(uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx) / 2;
}

/** The first index whose cumulative area is above `value`: never a triangle without area. */
function firstAbove(cumulative: Float64Array, value: number): number {
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (cumulative[middle]! > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

function blend(
  source: Float32Array,
  triangles: Uint32Array,
  triangle: number,
  weights: readonly [number, number, number],
  out: Float32Array,
  i: number,
): void {
  for (let axis = 0; axis < 3; axis++)
    out[3 * i + axis] =
      weights[0] * source[3 * triangles[3 * triangle]! + axis]! +
      weights[1] * source[3 * triangles[3 * triangle + 1]! + axis]! +
      weights[2] * source[3 * triangles[3 * triangle + 2]! + axis]!;
}
