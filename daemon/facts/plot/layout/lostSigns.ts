import { fitScale, type ScalePoint } from './fitScale';

/**
 * Values whose minus was lost, with their sign: sizes that fall towards one end of the axis and rise again beyond it
 * (4 2 0 2 4) mirror at zero, and the half at the lower end (the left, or of an upright axis the bottom) is negative. Only
 * where all values, at least four and two on the mirrored side, then lie on one straight line, and fewer did before.
 */
export function withLostSigns<T extends ScalePoint>(points: readonly T[], upright: boolean): T[] {
  const sorted = [...points].sort((a, b) => (upright ? b.pixel - a.pixel : a.pixel - b.pixel));
  if (sorted.length < 4) return [...points];
  const before = fitScale(points)?.inliers.length ?? 0;
  if (before === points.length) return [...points];
  for (let count = 2; count < sorted.length; count++) {
    const lower = new Set(sorted.slice(0, count));
    const mirrored = points.map((p) => (lower.has(p) ? { ...p, value: -Math.abs(p.value) + 0 } : p));
    const fit = fitScale(mirrored);
    if (fit?.scale === 'linear' && fit.inliers.length === points.length) return mirrored;
  }
  return [...points];
}
