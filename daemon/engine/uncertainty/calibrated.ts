/**
 * `raw` along the straight lines between the points [raw, share right], held at the first and the last; `raw` itself
 * where there are no points.
 */
export function calibrated(raw: number, points: ReadonlyArray<readonly [number, number]>): number {
  const above = points.findIndex(([x]) => x >= raw);
  if (points.length === 0) return raw;
  if (above < 0) return points.at(-1)![1];
  if (above === 0) return points[0]![1];
  const [x0, y0] = points[above - 1]!;
  const [x1, y1] = points[above]!;
  return y0 + ((raw - x0) / (x1 - x0)) * (y1 - y0);
}
