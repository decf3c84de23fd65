import type { PixelBox, TextLine } from '../../../media/text';
import type { FlatImage } from '../../image/flatten';
import type { PanelCandidate } from './findPanels';
import { fitScale } from './fitScale';
import { parseNumber } from './parseNumber';
import { boxHeight, boxWidth, centerX, centerY } from './raster';

/**
 * A plotting area that only its labels show (no spines, grid or tint): a column of texts with one right edge at the
 * left, a row of texts with one base line below it. Null where there are no such two.
 */
export function panelFromText(image: FlatImage, lines: readonly TextLine[], h: number): PanelCandidate | null {
  const level = lines.filter((l) => l.rotation === 0);
  const row = largest(
    level,
    (a, b) => Math.abs(centerY(a.box) - centerY(b.box)) <= 0.35 * h,
    (l) => -centerY(l.box),
  );
  const rest = level.filter((l) => !row.includes(l));
  const column = largest(
    rest,
    (a, b) => Math.abs(a.box.right - b.box.right) <= 0.5 * h,
    (l) => centerX(l.box),
  ).filter((l) => centerX(l.box) < image.width / 2);
  const numbers = column.filter((l) => /\d/.test(l.text));
  // the names of lying bars stand beside numbers that make a scale
  if (row.length < 2 || column.length < 2 || (numbers.length < 2 && !isScale(row))) return null;
  const right = Math.max(...column.map((l) => l.box.right));
  const bottom = Math.min(...row.map((l) => l.box.top));
  const last = Math.max(...row.map((l) => centerX(l.box)));
  const beyond = Math.max(1.5 * h, isScale(row) ? 0 : slotOf(row) / 2);
  const top = Math.min(...column.map((l) => centerY(l.box)));
  const area: PixelBox = {
    left: Math.round(right + 0.3 * h),
    top: Math.round(top - h),
    right: Math.min(image.width - 2, Math.round(last + beyond)),
    bottom: Math.round(bottom - 0.3 * h),
  };
  if (boxWidth(area) < 0.2 * image.width || boxHeight(area) < 0.2 * image.height) return null;
  return { area, spines: {}, level: [], upright: [], by: 'text' };
}

/** Distance between the middles of evenly spaced names, pixels: a bar stands within half of it about its name. 0 where they are not. */
function slotOf(row: readonly TextLine[]): number {
  const middles = row.map((l) => centerX(l.box)).sort((a, b) => a - b);
  const gaps = middles.slice(1).map((x, i) => x - middles[i]!);
  const [least, most] = [Math.min(...gaps), Math.max(...gaps)];
  return gaps.length > 0 && most - least <= 0.05 * most ? most : 0;
}

/** Whether at least four numbers, and nothing else, lie on one straight scale. */
function isScale(row: readonly TextLine[]): boolean {
  const points = row.flatMap((l) => {
    const value = parseNumber(l.text)?.value;
    return value === undefined ? [] : [{ pixel: centerX(l.box), value, slack: 3 }];
  });
  if (row.length < 4 || points.length < row.length) return false;
  const fit = fitScale(points);
  return fit?.scale === 'linear' && fit.inliers.length === points.length;
}

/** The largest set of lines that are alike, the one that ranks lowest first among equals. */
function largest(
  lines: TextLine[],
  alike: (a: TextLine, b: TextLine) => boolean,
  rank: (l: TextLine) => number,
): TextLine[] {
  let best: TextLine[] = [];
  for (const line of [...lines].sort((a, b) => rank(a) - rank(b))) {
    const set = lines.filter((l) => alike(l, line));
    if (set.length > best.length) best = set;
  }
  return best;
}
