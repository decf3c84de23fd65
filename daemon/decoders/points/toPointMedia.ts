import { errors } from '../../common/errors';
import type { PointMedia } from '../../media/media';
import { MAX_KEPT_TRIANGLES } from './limits';
import { MESH_SAMPLES, sampleMesh } from './sampleMesh';

/** What a parser hands over: points as the file has them, before anything is dropped or sampled. */
export interface ParsedShape {
  /** Of the table's row, for example "ply". */
  format: string;
  encoding?: string;
  /** xyz, 3 * declared. */
  positions: Float32Array;
  /** rgb in [0, 1], 3 * declared. */
  colors?: Float32Array | undefined;
  /** Points or vertices that the file declares. */
  declared: number;
  /** Vertex numbers, 3 * triangles. Empty or absent: a cloud. */
  triangles?: Uint32Array | undefined;
  warnings: string[];
}

/** Extent below this share of the coordinates' size leaves fewer than three digits of it in a float32. */
const LARGE_OFFSET = 1e4;

/**
 * The last step of every point decoder: a mesh is sampled by area (one without area becomes its vertices), points
 * that are not finite are dropped and counted in a warning. Throws MEDIA_EMPTY if none is left.
 */
export function toPointMedia(shape: ParsedShape): PointMedia {
  const name = shape.format.toUpperCase();
  if (shape.declared === 0) throw errors.noContent(name, 'points');
  const faces = (shape.triangles?.length ?? 0) / 3;
  const warnings = [...shape.warnings];
  const common = {
    kind: 'point' as const,
    format: shape.format,
    declared: shape.declared,
    ...(shape.encoding !== undefined && { encoding: shape.encoding }),
    ...(faces > 0 && { faces }),
  };
  if (shape.triangles && faces > 0) {
    const { area, bounds, brokenTriangles, positions, colors } = sampleMesh({ ...shape, triangles: shape.triangles });
    if (brokenTriangles > 0) warnings.push(`${brokenTriangles} triangles have corners that are not finite numbers.`);
    if (area > 0 && positions.length > 0) {
      warnings.push(...precisionWarnings(positions));
      const kept = faces <= MAX_KEPT_TRIANGLES && { mesh: { positions: shape.positions, triangles: shape.triangles } };
      return { ...common, positions, ...(colors && { colors }), count: MESH_SAMPLES, area, bounds, ...kept, warnings };
    }
    warnings.push('The mesh has no area; its vertices are used as points.');
  }
  const finite = dropNonFinite(shape.positions, shape.colors);
  const dropped = shape.positions.length / 3 - finite.count;
  if (finite.count === 0) throw errors.noContent(name, 'finite points');
  if (dropped > 0) warnings.push(`${dropped} points are not finite numbers and were left out.`);
  warnings.push(...precisionWarnings(finite.positions));
  return { ...common, ...finite, ...(faces > 0 && { area: 0 }), warnings };
}

function dropNonFinite(
  positions: Float32Array,
  colors: Float32Array | undefined,
): { positions: Float32Array; colors?: Float32Array; count: number } {
  let kept = 0;
  for (let i = 0; i < positions.length; i += 3) {
    const finite =
      Number.isFinite(positions[i]!) && Number.isFinite(positions[i + 1]!) && Number.isFinite(positions[i + 2]!);
    if (!finite) continue;
    if (kept !== i) {
      positions.copyWithin(kept, i, i + 3);
      colors?.copyWithin(kept, i, i + 3);
    }
    kept += 3;
  }
  const keptColors = colors?.subarray(0, kept);
  return { positions: positions.subarray(0, kept), count: kept / 3, ...(keptColors && { colors: keptColors }) };
}

function precisionWarnings(positions: Float32Array): string[] {
  let extent = 0;
  let largest = 0;
  for (let axis = 0; axis < 3; axis++) {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let i = axis; i < positions.length; i += 3) {
      low = Math.min(low, positions[i]!);
      high = Math.max(high, positions[i]!);
    }
    extent = Math.max(extent, high - low);
    largest = Math.max(largest, Math.abs(low), Math.abs(high));
  }
  if (extent === 0 || largest < extent * LARGE_OFFSET) return [];
  return [
    `The coordinates reach ${largest.toPrecision(4)} but span only ${extent.toPrecision(4)}; details are rounded.`,
  ];
}
