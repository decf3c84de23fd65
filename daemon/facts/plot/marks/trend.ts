export type Trend = 'rising' | 'falling' | 'flat' | 'mixed';

/** A change smaller than this share of the axis is none. */
const FLAT_SHARE = 0.02;
/** A straight line must explain this share of the variance. */
const STRAIGHT = 0.6;
/** Or the net change must be this share of the whole range. */
const NET = 0.8;
/** Von Neumann's ratio of pure noise is 2; of a smooth curve next to 0. */
const NOISE = 1.2;

/**
 * Which way values go, in order of x. Rising and falling: the least-squares line and the net change have one sign, and
 * the line explains most of the variance or the net change most of the range. Flat: all within 2 % of `span` (of the
 * axis; without it of the largest value), or noise about a level line. Mixed: all else. Undefined below two points.
 */
export function trendOf(points: ReadonlyArray<readonly [number, number]>, span?: number): Trend | undefined {
  if (points.length < 2) return undefined;
  const sorted = [...points].sort((a, b) => a[0] - b[0]);
  const ys = sorted.map(([, y]) => y);
  const range = Math.max(...ys) - Math.min(...ys);
  const whole = span ?? Math.max(...ys.map(Math.abs));
  if (range === 0 || range <= FLAT_SHARE * whole) return 'flat';
  const { slope, explained } = straightLine(sorted);
  const net = ys.at(-1)! - ys[0]!;
  const agree = slope !== 0 && Math.sign(slope) === Math.sign(net);
  if (agree && (explained >= STRAIGHT || Math.abs(net) >= NET * range)) return slope > 0 ? 'rising' : 'falling';
  return explained < 0.2 && vonNeumannRatio(ys) >= NOISE && ys.length >= 8 ? 'flat' : 'mixed';
}

/** Least squares: slope, and the share of the variance that it explains. */
function straightLine(points: Array<readonly [number, number]>): { slope: number; explained: number } {
  const n = points.length;
  const mx = points.reduce((sum, [x]) => sum + x, 0) / n;
  const my = points.reduce((sum, [, y]) => sum + y, 0) / n;
  let [xx, xy, yy] = [0, 0, 0];
  for (const [x, y] of points) {
    xx += (x - mx) ** 2;
    xy += (x - mx) * (y - my);
    yy += (y - my) ** 2;
  }
  if (xx === 0 || yy === 0) return { slope: 0, explained: 0 };
  return { slope: xy / xx, explained: (xy * xy) / (xx * yy) };
}

/** Mean squared difference of neighbours over the variance. */
function vonNeumannRatio(ys: number[]): number {
  const mean = ys.reduce((sum, y) => sum + y, 0) / ys.length;
  const variance = ys.reduce((sum, y) => sum + (y - mean) ** 2, 0) / ys.length;
  const steps = ys.slice(1).reduce((sum, y, k) => sum + (y - ys[k]!) ** 2, 0) / (ys.length - 1);
  return steps / variance;
}
