/** A label's place and what it reads. */
export interface ScalePoint {
  pixel: number;
  value: number;
  /** Pixels by which its place may be off: small for a tick, larger for a label's middle. */
  slack: number;
}

export interface ScaleFit {
  scale: 'linear' | 'log';
  /** value (linear) or log10 of it = offset + slope * pixel. */
  slope: number;
  offset: number;
  /** Indices of the points that agree. */
  inliers: number[];
  /** Largest distance of an inlier from the line, pixels. */
  worst: number;
}

/**
 * The straight line through most points: every pair is tried, the best is refined by least squares over those that
 * agree. On a log axis the same with log10 of the values. Linear wins where both explain equally many, unless
 * `preferLog`. Null with fewer than two different points.
 */
export function fitScale(points: readonly ScalePoint[], preferLog = false): ScaleFit | null {
  const linear = fitLine(points, (v) => v, 'linear');
  const positive = points.every((p) => p.value > 0) || points.filter((p) => p.value > 0).length >= 3;
  const log = positive ? fitLine(points, (v) => (v > 0 ? Math.log10(v) : Number.NaN), 'log') : null;
  if (!linear || !log) return linear ?? log;
  if (preferLog) return log.inliers.length >= linear.inliers.length ? log : linear;
  return log.inliers.length > linear.inliers.length && log.inliers.length >= 3 ? log : linear;
}

function fitLine(
  points: readonly ScalePoint[],
  transform: (value: number) => number,
  scale: ScaleFit['scale'],
): ScaleFit | null {
  const at = points.map((p) => ({ x: p.pixel, y: transform(p.value), slack: p.slack }));
  let best: ScaleFit | null = null;
  for (let i = 0; i < at.length; i++)
    for (let j = i + 1; j < at.length; j++) {
      const candidate = through(at, i, j, scale);
      if (candidate && better(candidate, best)) best = candidate;
    }
  if (!best) return null;
  return refined(at, best);
}

interface Place {
  x: number;
  y: number;
  slack: number;
}

function through(at: Place[], i: number, j: number, scale: ScaleFit['scale']): ScaleFit | null {
  const [p, q] = [at[i]!, at[j]!];
  if (!Number.isFinite(p.y) || !Number.isFinite(q.y) || p.y === q.y || Math.abs(p.x - q.x) < 4) return null;
  const slope = (q.y - p.y) / (q.x - p.x);
  return judged(at, slope, p.y - slope * p.x, scale);
}

function judged(at: Place[], slope: number, offset: number, scale: ScaleFit['scale']): ScaleFit {
  const inliers: number[] = [];
  let worst = 0;
  at.forEach(({ x, y, slack }, index) => {
    const distance = Math.abs((y - offset) / slope - x);
    if (!(distance <= slack)) return;
    inliers.push(index);
    worst = Math.max(worst, distance);
  });
  return { scale, slope, offset, inliers, worst };
}

function better(a: ScaleFit, b: ScaleFit | null): boolean {
  if (!b) return true;
  return a.inliers.length > b.inliers.length || (a.inliers.length === b.inliers.length && a.worst < b.worst);
}

/** Least squares over the inliers, points with little slack counting more. */
function refined(at: Place[], fit: ScaleFit): ScaleFit {
  const used = fit.inliers.map((i) => at[i]!);
  let [w, x, y] = [0, 0, 0];
  for (const p of used) {
    const weight = 1 / p.slack ** 2;
    w += weight;
    x += weight * p.x;
    y += weight * p.y;
  }
  const [mx, my] = [x / w, y / w];
  let [xx, xy] = [0, 0];
  for (const p of used) {
    const weight = 1 / p.slack ** 2;
    xx += weight * (p.x - mx) ** 2;
    xy += weight * (p.x - mx) * (p.y - my);
  }
  if (xx === 0 || xy === 0) return fit;
  const slope = xy / xx;
  const next = judged(at, slope, my - slope * mx, fit.scale);
  return next.inliers.length >= fit.inliers.length ? next : fit;
}
