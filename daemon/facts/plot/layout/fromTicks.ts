import { median } from '../../../common/median';
import type { Rgb } from '../../../media/plot';
import type { FlatImage } from '../../image/flatten';
import type { StraightLine } from './findLines';
import type { PanelCandidate } from './findPanels';
import { findTicks, type TickMark } from './findTicks';
import { isEdgeOfFill } from './isEdgeOfFill';
import { differenceAt, differenceBetween } from './raster';

/** Least difference of a bar from the background, and largest within it, 0..255. */
const FILLED = 20;
const SAME = 5;

/**
 * Plotting areas that have a spine at the bottom only: above one of its ends stands a column of tick marks of one length
 * and spacing, at the left, that marks the axis without a line. The area reaches from the highest mark to the spine.
 */
export function fromTicks(
  image: FlatImage,
  background: Rgb,
  level: readonly StraightLine[],
  textHeight: number,
): PanelCandidate[] {
  const options = { longest: 1.3 * textHeight, thickest: Math.max(4, 0.4 * textHeight) };
  return level.flatMap((line): PanelCandidate[] => {
    if (line.to - line.from < 0.3 * image.width || isEdgeOfFill(image, line, false)) return [];
    // the spine's own end may be a tick of the x axis, drawn a pixel or two further out
    for (const edge of [line.from, line.from + 1, line.from + 2, line.from + 3]) {
      const column = { left: edge, right: line.to, top: 0, bottom: line.near };
      const ticks = evenly(findTicks(image, column, 'left', edge, background, options));
      if (ticks.length < 3) continue;
      const first = ticks[0]!.pixel;
      const half = (ticks[1]!.pixel - first) / 2;
      const above = hasBar(image, background, edge + 3, first) ? half : 0;
      const top = Math.max(0, Math.floor(first - above));
      if (line.near - top < 0.2 * image.height) continue;
      const area = { left: edge, right: line.to, top, bottom: line.near };
      return [{ area, spines: { bottom: line }, level: [line], upright: [], by: 'grid' }];
    }
    return [];
  });
}

/** Whether the pixels about a mark, just inside the area, are filled evenly. */
function hasBar({ width, height, rgb }: FlatImage, background: Rgb, x: number, y: number): boolean {
  const rows = [-2, 0, 2].map((off) => Math.round(y) + off);
  if (rows.some((row) => row < 0 || row >= height) || x + 2 >= width) return false;
  const at = rows.map((row) => row * width + x);
  return at.every((i) => differenceAt(rgb, i, background) > FILLED && differenceBetween(rgb, i, at[0]!) <= SAME);
}

/** The marks if they are alike in length and evenly spaced, else none. */
function evenly(ticks: TickMark[]): TickMark[] {
  if (ticks.length < 3) return [];
  const length = median(ticks.map((t) => t.length));
  const alike = ticks.filter((t) => Math.abs(t.length - length) <= 1);
  if (alike.length < 3 || length < 3) return [];
  const gaps = alike.slice(1).map((t, i) => t.pixel - alike[i]!.pixel);
  const gap = median(gaps);
  return gaps.every((g) => Math.abs(g - gap) <= Math.max(1.5, 0.02 * gap)) ? alike : [];
}
