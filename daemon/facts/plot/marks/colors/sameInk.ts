import type { Rgb } from '../../../../media/plot';
import { along, distance } from './colorMath';

/**
 * How unlike a mark's colour and a legend's are, RGB units. A thin sample in the legend is paler than the ink: a colour
 * at least two fifths of the way from the background to the mark's counts by how far it lies off that way, with a little added.
 */
export function inkDistance(mark: Rgb, sample: Rgb, background: Rgb): number {
  const apart = distance(mark, sample);
  if (distance(sample, background) < 24) return Infinity;
  const { t, off } = along(sample, background, mark);
  return t > 0.4 && t < 1.05 ? Math.min(apart, off + 12 * Math.abs(1 - t) + 2) : apart;
}
