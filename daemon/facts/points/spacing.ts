/** Most points whose nearest neighbour is sought, and most distances computed for it: well under a second. */
const MAX_QUERIES = 1000;
const MAX_DISTANCES = 100_000_000;
/** Fewer say nothing: above 12.5 million points there is no spacing. */
const MIN_QUERIES = 8;

export interface Spacing {
  /** Mean distance to the nearest other point. */
  mean: number;
  /** Points that were asked, evenly spread over the file's order. */
  queries: number;
}

/**
 * Mean distance of a point to its nearest neighbour, from a sample of the points and an exact search by comparing
 * with all others: no tree, since clustered clouds make grids slow and the sample keeps the work bounded.
 */
export function meanSpacing(positions: Float32Array): Spacing | undefined {
  const count = positions.length / 3;
  const affordable = Math.floor(MAX_DISTANCES / count);
  if (count < 2 || affordable < MIN_QUERIES) return undefined;
  const queries = Math.min(count, MAX_QUERIES, affordable);
  let sum = 0;
  for (let q = 0; q < queries; q++) sum += nearestDistance(positions, Math.floor((q * count) / queries));
  return { mean: sum / queries, queries };
}

function nearestDistance(p: Float32Array, point: number): number {
  const [x, y, z] = [p[3 * point]!, p[3 * point + 1]!, p[3 * point + 2]!];
  let nearest = Number.POSITIVE_INFINITY;
  for (let i = 0; i < p.length; i += 3) {
    if (i === 3 * point) continue;
    const dx = p[i]! - x;
    const dy = p[i + 1]! - y;
    const dz = p[i + 2]! - z;
    const squared = dx * dx + dy * dy + dz * dz;
    if (squared < nearest) nearest = squared;
  }
  return Math.sqrt(nearest);
}
