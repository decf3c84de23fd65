import type { Point2 } from '../../media/text';
import type { Raster } from './raster';

/** Samples a side of an output pixel at most: beyond it a picture would be shrunk more than any detector does. */
const MOST_SAMPLES = 16;

/**
 * Resamples the parallelogram with corners top left, top right and bottom left to `width` x `height` pixels: bilinear
 * samples, as many in an output pixel as it covers picture pixels, so that shrinking does not alias. Outside the
 * picture its border goes on. Returns RGB, 0..255, width * height * 3.
 */
export function sampleQuad(
  { width: w, height: h, rgb }: Raster,
  [topLeft, topRight, bottomLeft]: [Point2, Point2, Point2],
  width: number,
  height: number,
): Float32Array {
  const [ux, uy] = [(topRight[0] - topLeft[0]) / width, (topRight[1] - topLeft[1]) / width];
  const [vx, vy] = [(bottomLeft[0] - topLeft[0]) / height, (bottomLeft[1] - topLeft[1]) / height];
  const nu = samplesFor(Math.hypot(ux, uy));
  const nv = samplesFor(Math.hypot(vx, vy));
  const out = new Float32Array(width * height * 3);
  const share = 1 / (nu * nv);
  for (let row = 0, to = 0; row < height; row++) {
    for (let column = 0; column < width; column++, to += 3) {
      let [r, g, b] = [0, 0, 0];
      for (let j = 0; j < nv; j++) {
        const v = row + (j + 0.5) / nv;
        for (let i = 0; i < nu; i++) {
          const u = column + (i + 0.5) / nu;
          const x = clamp(topLeft[0] + u * ux + v * vx - 0.5, w - 1);
          const y = clamp(topLeft[1] + u * uy + v * vy - 0.5, h - 1);
          const [x0, y0] = [x | 0, y | 0];
          const [fx, fy] = [x - x0, y - y0];
          const a = (y0 * w + x0) * 3;
          const right = x0 + 1 < w ? 3 : 0;
          const c = y0 + 1 < h ? a + w * 3 : a;
          const [wa, wb, wc, wd] = [(1 - fx) * (1 - fy), fx * (1 - fy), (1 - fx) * fy, fx * fy];
          r += wa * rgb[a]! + wb * rgb[a + right]! + wc * rgb[c]! + wd * rgb[c + right]!;
          g += wa * rgb[a + 1]! + wb * rgb[a + right + 1]! + wc * rgb[c + 1]! + wd * rgb[c + right + 1]!;
          b += wa * rgb[a + 2]! + wb * rgb[a + right + 2]! + wc * rgb[c + 2]! + wd * rgb[c + right + 2]!;
        }
      }
      out[to] = r * share;
      out[to + 1] = g * share;
      out[to + 2] = b * share;
    }
  }
  return out;
}

/** Samples along a side for a step of `pixels` picture pixels. */
const samplesFor = (pixels: number): number => Math.min(MOST_SAMPLES, Math.max(1, Math.ceil(pixels - 0.25)));

const clamp = (value: number, most: number): number => Math.max(0, Math.min(value, most));
