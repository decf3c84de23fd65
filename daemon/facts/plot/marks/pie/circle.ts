import type { Point2 } from '../../../../media/text';
import type { Steps } from '../../steps';

export interface Circle {
  x: number;
  y: number;
  radius: number;
}

const TRIES = 240;

/** The circle through most of the points, refined by least squares over them, and the share of the points on it (0..1). */
export function* fitCircle(
  points: Point2[],
  smallest: number,
  largest: number,
): Steps<{ circle: Circle; share: number } | null> {
  if (points.length < 12) return null;
  let best: { circle: Circle; inside: Point2[] } | null = null;
  let seed = 1;
  const next = () => {
    seed = (seed * 48271) % 2147483647;
    return points[seed % points.length];
  };
  for (let i = 0; i < TRIES; i++) {
    yield;
    const circle = throughThree(next(), next(), next());
    if (!circle || circle.radius < smallest || circle.radius > largest) continue;
    const inside = pointsOn(circle, points);
    if (!best || inside.length > best.inside.length) best = { circle, inside };
  }
  if (!best) return null;
  const circle = leastSquares(best.inside) ?? best.circle;
  return { circle, share: pointsOn(circle, points).length / points.length };
}

function pointsOn(circle: Circle, points: Point2[]): Point2[] {
  const play = Math.max(1.2, 0.008 * circle.radius);
  return points.filter(
    ([x, y]) => Math.abs(Math.sqrt((x - circle.x) ** 2 + (y - circle.y) ** 2) - circle.radius) <= play,
  );
}

function throughThree(a: Point2, b: Point2, c: Point2): Circle | null {
  const d = 2 * (a[0] * (b[1] - c[1]) + b[0] * (c[1] - a[1]) + c[0] * (a[1] - b[1]));
  if (Math.abs(d) < 1e-6) return null;
  const square = ([x, y]: Point2) => x * x + y * y;
  const x = (square(a) * (b[1] - c[1]) + square(b) * (c[1] - a[1]) + square(c) * (a[1] - b[1])) / d;
  const y = (square(a) * (c[0] - b[0]) + square(b) * (a[0] - c[0]) + square(c) * (b[0] - a[0])) / d;
  return { x, y, radius: Math.hypot(a[0] - x, a[1] - y) };
}

/** Algebraic fit (Kåsa 1976): linear least squares of x² + y² = 2ax + 2by + c. */
function leastSquares(points: Point2[]): Circle | null {
  const n = points.length;
  if (n < 3) return null;
  const mx = points.reduce((sum, p) => sum + p[0], 0) / n;
  const my = points.reduce((sum, p) => sum + p[1], 0) / n;
  let [uu, uv, vv, uz, vz, zz] = [0, 0, 0, 0, 0, 0];
  for (const [x, y] of points) {
    const [u, v] = [x - mx, y - my];
    const z = u * u + v * v;
    uu += u * u;
    uv += u * v;
    vv += v * v;
    uz += u * z;
    vz += v * z;
    zz += z;
  }
  const det = uu * vv - uv * uv;
  if (Math.abs(det) < 1e-9) return null;
  const a = (uz * vv - vz * uv) / (2 * det);
  const b = (vz * uu - uz * uv) / (2 * det);
  return { x: mx + a, y: my + b, radius: Math.sqrt(a * a + b * b + zz / n) };
}
