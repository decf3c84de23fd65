import { upperMedian } from '../../common/median';
import { uniformRandom } from '../../common/uniformRandom';
import type { DepthValues } from '../../media/media';

/** Inverse depth (or disparity) = a * x + b * y + c, x and y from -0.5 to 0.5 of the longer side about the middle. */
export interface ImagePlane {
  a: number;
  b: number;
  c: number;
  /** Of the measured pixels. */
  share: number;
  /** Which way it tilts in the picture. */
  kind: 'floor' | 'ceiling' | 'wall' | 'side wall' | 'slope';
}

const SAMPLE = 6000;
const TRIES = 300;
const MOST = 4;
const MIN_SHARE = 0.08;
/** Inliers are within this share of the median inverse depth. */
const TOLERANCE = 0.01;
/** Change of inverse depth over the longer side, in medians, below which a plane faces the camera. */
const FLAT = 0.1;
const SEED = 0x51a7e;

/**
 * Largest planes, one after the other (RANSAC, Fischler & Bolles 1981; then least squares): of a pinhole camera, the
 * inverse depth of a plane is linear in the pixel's coordinates, whatever the focal length.
 */
export function imagePlanes(depth: DepthValues): ImagePlane[] {
  let left = samplePixels(depth);
  const all = left.length;
  const typical = upperMedian(left.map((p) => p[2]));
  const tolerance = TOLERANCE * typical;
  const random = uniformRandom(SEED);
  const planes: ImagePlane[] = [];
  while (planes.length < MOST && left.length >= 30) {
    const found = bestPlane(left, tolerance, random);
    if (!found || found.inliers < MIN_SHARE * all) break;
    const { a, b, c } = found;
    planes.push({ a, b, c, share: found.inliers / all, kind: kindOf(a, b, typical) });
    left = left.filter((p) => Math.abs(a * p[0] + b * p[1] + c - p[2]) > 2 * tolerance);
  }
  return planes;
}

type Pixel = readonly [x: number, y: number, inverse: number];
type Coefficients = [a: number, b: number, c: number];

function samplePixels({ width, height, values, quantity }: DepthValues): Pixel[] {
  const step = Math.max(1, Math.sqrt((width * height) / SAMPLE));
  const side = Math.max(width, height);
  const pixels: Pixel[] = [];
  for (let y = 0; y < height; y += step)
    for (let x = 0; x < width; x += step) {
      const [column, row] = [Math.floor(x), Math.floor(y)];
      const value = values[row * width + column]!;
      const inverse = quantity === 'disparity' ? value : 1 / value;
      if (Number.isFinite(inverse)) pixels.push([(column - width / 2) / side, (row - height / 2) / side, inverse]);
    }
  return pixels;
}

function bestPlane(pixels: readonly Pixel[], tolerance: number, random: () => number) {
  const pick = () => pixels[Math.floor(random() * pixels.length)]!;
  let best: { plane: Coefficients; inliers: number } | undefined;
  for (let i = 0; i < TRIES; i++) {
    const plane = leastSquares([pick(), pick(), pick()]);
    if (!plane) continue;
    const inliers = pixels.filter((p) => on(p, plane, tolerance)).length;
    if (!best || inliers > best.inliers) best = { plane, inliers };
  }
  if (!best) return undefined;
  let { plane, inliers } = best;
  for (let round = 0; round < 3; round++) {
    const members = pixels.filter((p) => on(p, plane, tolerance));
    plane = leastSquares(members) ?? plane;
    inliers = pixels.filter((p) => on(p, plane, tolerance)).length;
  }
  return { a: plane[0], b: plane[1], c: plane[2], inliers };
}

const on = ([x, y, v]: Pixel, [a, b, c]: Coefficients, tolerance: number): boolean =>
  Math.abs(a * x + b * y + c - v) <= tolerance;

/** Least squares by the normal equations about the mean; undefined where the pixels lie on a line. */
function leastSquares(pixels: readonly Pixel[]): Coefficients | undefined {
  const n = pixels.length;
  let [mx, my, mv] = [0, 0, 0];
  for (const [x, y, v] of pixels) {
    mx += x / n;
    my += y / n;
    mv += v / n;
  }
  let [xx, xy, yy, xv, yv] = [0, 0, 0, 0, 0];
  for (const [x, y, v] of pixels) {
    const [dx, dy, dv] = [x - mx, y - my, v - mv];
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
    xv += dx * dv;
    yv += dy * dv;
  }
  const determinant = xx * yy - xy * xy;
  if (!(determinant > 1e-9 * n * n * 1e-3)) return undefined;
  const a = (xv * yy - yv * xy) / determinant;
  const b = (yv * xx - xv * xy) / determinant;
  return [a, b, mv - a * mx - b * my];
}

/** Nearer towards the bottom: a floor; towards the top: a ceiling; hardly either: a wall that faces the camera. */
function kindOf(a: number, b: number, typical: number): ImagePlane['kind'] {
  if (Math.hypot(a, b) < FLAT * typical) return 'wall';
  if (Math.abs(b) > 3 * Math.abs(a)) return b > 0 ? 'floor' : 'ceiling';
  return Math.abs(a) > 3 * Math.abs(b) ? 'side wall' : 'slope';
}
