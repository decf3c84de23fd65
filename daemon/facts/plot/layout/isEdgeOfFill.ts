import type { FlatImage } from '../../image/flatten';
import type { StraightLine } from './findLines';
import { differenceBetween } from './raster';

/** Least difference of the two sides of an edge, 0..255. */
const APART = 20;
/** Channels of a blend may lie outside those of its two sides by this. */
const SLACK = 5;
const SAMPLES = 15;

/**
 * Whether a line is only the soft edge of a filled area, as that of a bar: its colour lies between those on its two sides,
 * which differ.
 */
export function isEdgeOfFill({ width, height, rgb }: FlatImage, line: StraightLine, upright: boolean): boolean {
  const [before, after] = [line.near - 2, line.far + 1];
  if (before < 0 || after >= (upright ? width : height)) return false;
  const middle = Math.min(line.far - 1, Math.max(line.near, Math.floor(line.at)));
  let edges = 0;
  for (let k = 0; k < SAMPLES; k++) {
    const along = Math.floor(line.from + ((k + 0.5) * (line.to - line.from)) / SAMPLES);
    const pixel = (across: number) => (upright ? along * width + across : across * width + along);
    if (isBetween(rgb, pixel(middle), pixel(before), pixel(after))) edges++;
  }
  return edges >= 0.7 * SAMPLES;
}

function isBetween(rgb: Uint8Array, at: number, a: number, b: number): boolean {
  if (differenceBetween(rgb, a, b) < APART) return false;
  return [0, 1, 2].every((c) => {
    const [p, q, value] = [rgb[3 * a + c]!, rgb[3 * b + c]!, rgb[3 * at + c]!];
    return value >= Math.min(p, q) - SLACK && value <= Math.max(p, q) + SLACK;
  });
}
