import type { Point2 } from '../../media/text';

/** A rectangle that may be tilted; `angle` in radians is the direction of `width`, in (-pi/2, pi/2]. */
export interface TiltedRectangle {
  center: Point2;
  width: number;
  height: number;
  angle: number;
}

/** Convex hull by Andrew's monotone chain, without points on its edges. */
export function convexHull(points: Point2[]): Point2[] {
  const sorted = [...points].sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  if (sorted.length < 3) return sorted;
  const half = (list: Point2[]): Point2[] => {
    const chain: Point2[] = [];
    for (const p of list) {
      while (chain.length > 1 && turn(chain[chain.length - 2]!, chain[chain.length - 1]!, p) <= 0) chain.pop();
      chain.push(p);
    }
    chain.pop();
    return chain;
  };
  return [...half(sorted), ...half(sorted.reverse())];
}

/** Smallest rectangle round the points: one of its sides lies on an edge of their hull (Freeman and Shapira, 1975). */
export function minAreaRectangle(points: Point2[]): TiltedRectangle {
  const hull = convexHull(points);
  let best: TiltedRectangle | undefined;
  for (let i = 0; i < hull.length; i++) {
    const [p, q] = [hull[i]!, hull[(i + 1) % hull.length]!];
    const candidate = rectangleAlong(hull, Math.atan2(q[1] - p[1], q[0] - p[0]));
    if (!best || candidate.width * candidate.height < best.width * best.height - 1e-9) best = candidate;
  }
  return best ?? rectangleAlong(points, 0);
}

/** The rectangle round the points with a side in direction `angle`. */
export function rectangleAlong(points: Point2[], angle: number): TiltedRectangle {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  let [minU, maxU, minV, maxV] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const [x, y] of points) {
    const [u, v] = [x * c + y * s, y * c - x * s];
    minU = Math.min(minU, u);
    maxU = Math.max(maxU, u);
    minV = Math.min(minV, v);
    maxV = Math.max(maxV, v);
  }
  const [u, v] = [(minU + maxU) / 2, (minV + maxV) / 2];
  return {
    center: [u * c - v * s, u * s + v * c],
    width: maxU - minU,
    height: maxV - minV,
    angle: halfTurn(angle),
  };
}

/** The same direction of a line, in (-pi/2, pi/2]. */
export function halfTurn(angle: number): number {
  let a = angle;
  while (a > Math.PI / 2 + 1e-9) a -= Math.PI;
  while (a <= -Math.PI / 2 + 1e-9) a += Math.PI;
  return a;
}

/** Corners from (-width, -height)/2 clockwise on the screen: top left first when `angle` is 0. */
export function cornersOf({ center, width, height, angle }: TiltedRectangle): [Point2, Point2, Point2, Point2] {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  const at = (u: number, v: number): Point2 => [center[0] + u * c - v * s, center[1] + u * s + v * c];
  const [u, v] = [width / 2, height / 2];
  return [at(-u, -v), at(u, -v), at(u, v), at(-u, v)];
}

const turn = (o: Point2, a: Point2, b: Point2): number => (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);
