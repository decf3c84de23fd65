import { median } from '../../../common/median';
import type { TextLine } from '../../../media/text';
import { thicknessOf } from './findTitles';
import { boxHeight } from './raster';

/** Typical height of a line of text in pixels: the median of the lines that were read, else a guess from the picture. */
export function textHeightOf(lines: readonly TextLine[], picture: { width: number; height: number }): number {
  const guess = Math.max(8, 0.028 * Math.min(picture.height, picture.width));
  const found = median(lines.filter((l) => l.text.length > 1 && boxHeight(l.box) > 3).map(thicknessOf));
  return Number.isFinite(found) ? Math.max(6, found) : guess;
}
