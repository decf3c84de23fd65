import type { PixelBox } from '../../../media/text';
import { placeLabels } from './placeLabels';
import { boxWidth } from './raster';
import type { SideFinding } from './readAxis';
import { type ReadLabel, type ReadScale, readScale } from './readScale';
import type { SlantedLabel } from './slantedLabels';

/** The scale of labels that stand at an angle below the area: each belongs to the mark next to its upper end. */
export function scaleOfSlanted(
  slanted: readonly SlantedLabel[],
  { ticks }: SideFinding,
  grid: readonly number[],
  area: PixelBox,
  textHeight: number,
  factor: number,
): ReadScale & { by: 'ticks' | 'grid' | 'labels'; more: PixelBox[] } {
  const ends = slanted.map(({ at, box }) => ({ box: { ...box, left: at - 1, right: at + 1 }, parts: [] }));
  const { places, by } = placeLabels(ends, 'bottom', ticks, grid, textHeight);
  const read = slanted.map(({ text, score }, i): ReadLabel => ({ text, score, ...places[i]! }));
  return { ...readScale(read, boxWidth(area), 'x', factor), by, more: slanted.map((l) => l.box) };
}
