import type { Rgb } from '../../../media/plot';
import type { PixelBox } from '../../../media/text';
import type { FlatImage } from '../../image/flatten';
import type { PanelCandidate } from './findPanels';
import { boxHeight, boxWidth, differenceAt } from './raster';

/** Ends of a panel and of a bar beside it that count as level, pixels. */
const LEVEL = 5;
/** Of a column this share at most is drawn where it lies between a panel and a bar. */
const MOST_DRAWN = 0.04;
const SAME = 6;
/** Pixels of the bar's own outline. */
const OUTLINE = 6;

/**
 * A panel that reaches as far as the far side of a colour bar of its own height ends where the gap before the bar begins: gnuplot
 * draws both between the same two lines.
 */
export function withoutColorbar(
  image: FlatImage,
  candidate: PanelCandidate,
  bars: readonly PanelCandidate[],
  background: Rgb,
): PanelCandidate {
  const { area, spines, upright } = candidate;
  for (const bar of bars) {
    const right = isBeside(area, bar.area) ? gapBefore(image, area, bar.area.left, background) : undefined;
    if (right === undefined) continue;
    const frame = upright.find((line) => Math.abs(line.at - right) <= LEVEL && line.at > area.left + LEVEL);
    const { right: _, ...others } = spines;
    return {
      ...candidate,
      area: { ...area, right: frame ? Math.min(right, Math.ceil(frame.near)) : right },
      spines: frame ? { ...others, right: frame } : others,
      upright: upright.filter((line) => line.at <= right + LEVEL),
    };
  }
  return candidate;
}

const isBeside = (area: PixelBox, bar: PixelBox): boolean =>
  boxHeight(bar) > boxWidth(bar) &&
  boxWidth(bar) < 0.25 * boxWidth(area) &&
  Math.abs(area.right - bar.right) <= LEVEL &&
  Math.abs(area.top - bar.top) <= LEVEL &&
  Math.abs(area.bottom - bar.bottom) <= LEVEL;

/** Where the empty columns before `left` begin; undefined where there are none. */
function gapBefore(image: FlatImage, area: PixelBox, left: number, background: Rgb): number | undefined {
  let x = Math.round(left) - 1;
  while (x > left - OUTLINE && !isEmpty(image, area, x, background)) x--;
  const end = x;
  while (x > area.left && isEmpty(image, area, x, background)) x--;
  return end - x >= 3 && x > area.left ? x + 1 : undefined;
}

function isEmpty({ width, rgb }: FlatImage, { top, bottom }: PixelBox, x: number, background: Rgb): boolean {
  const [from, to] = [Math.ceil(top) + LEVEL, Math.floor(bottom) - LEVEL];
  let drawn = 0;
  for (let y = from; y < to; y++) if (differenceAt(rgb, y * width + x, background) > SAME) drawn++;
  return drawn <= MOST_DRAWN * (to - from);
}
