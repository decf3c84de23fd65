import { fitScale, type ScalePoint } from './fitScale';

/**
 * Log axes that print the leading digit alone between powers of ten (10, 2, 5, 100, 2, 5): each lone digit 2..9 times the
 * power below it. Only where at least two powers stand, and all values then lie on one log scale but not before.
 */
export function withDecades<T extends ScalePoint>(points: readonly T[]): T[] {
  const isPower = (v: number) => v > 0 && Math.abs(Math.log10(v) - Math.round(Math.log10(v))) < 1e-9;
  const powers = points.filter((p) => isPower(p.value)).sort((a, b) => a.value - b.value);
  const [low, high] = [powers[0], powers.at(-1)];
  if (!low || !high || low.value === high.value || points.length < 4) return [...points];
  const before = fitScale(points)?.inliers.length ?? 0;
  if (before === points.length) return [...points];
  const perPixel = (Math.log10(high.value) - Math.log10(low.value)) / (high.pixel - low.pixel);
  const raised = points.map((p) => {
    if (isPower(p.value) || p.value < 2 || p.value > 9 || !Number.isInteger(p.value)) return p;
    const level = Math.log10(low.value) + perPixel * (p.pixel - low.pixel);
    return { ...p, value: p.value * 10 ** Math.floor(level) };
  });
  const fit = fitScale(raised, true);
  return fit?.scale === 'log' && fit.inliers.length === points.length ? raised : [...points];
}
