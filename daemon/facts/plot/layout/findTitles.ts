import type { PixelBox, TextLine } from '../../../media/text';
import { parseNumber } from './parseNumber';
import { boxHeight, boxWidth, centerX, centerY, overlap, unionOf } from './raster';

/** Where the labels of a panel end on each side: what lies beyond may be an axis title. */
export interface PanelFrame {
  area: PixelBox;
  /** The area with its tick labels. */
  outer: PixelBox;
}

/** Thickness of a line of text: the short side of its letters. */
export const thicknessOf = (line: TextLine): number => (line.rotation === 0 ? boxHeight(line.box) : boxWidth(line.box));

/** Lines in order joined by a space, without the arrow that shows which way an axis runs. */
export const joined = (lines: TextLine[]): string | null =>
  lines.length === 0 ? null : lines.map((l) => capitalI(withoutArrow(l.text.trim()))).join(' ');

const ARROW = /^[↑↓←→]\s*(?=\S)|(?<=\S)\s*[↑↓←→]$/gu;
const withoutArrow = (text: string): string => text.replace(ARROW, '');

/** A small l between capitals is a capital I, which looks the same: "APl", "BMl". */
const capitalI = (text: string): string =>
  text.replace(/\b[A-Zl]{2,}\b/g, (word) => (/[A-Z]{2}|[A-Z]l[A-Z]/.test(word) ? word.replace(/l/g, 'I') : word));

/** The line (or lines) below the labels of the x axis, or above them where the axis is on top. */
export function xLabelLines(frame: PanelFrame, lines: TextLine[], h: number): TextLine[] {
  const below = lines
    .filter(
      (l) =>
        l.rotation === 0 &&
        centerY(l.box) > frame.outer.bottom &&
        l.box.top - frame.outer.bottom <= 3.5 * h &&
        centerX(l.box) > frame.area.left - h &&
        centerX(l.box) < frame.area.right + h,
    )
    .sort((a, b) => a.box.top - b.box.top);
  const first = below[0];
  if (!first) return [];
  return withNext(first, below, h);
}

/** The turned line left (or right) of the labels of the y axis. */
export function yLabelLines(frame: PanelFrame, lines: TextLine[], h: number, side: 'left' | 'right'): TextLine[] {
  const gap = (l: TextLine) => (side === 'left' ? frame.outer.left - l.box.right : l.box.left - frame.outer.right);
  const beside = lines
    .filter(
      (l) =>
        l.rotation !== 0 &&
        gap(l) > -0.8 * h &&
        gap(l) <= 4.5 * h &&
        centerY(l.box) > frame.area.top - h &&
        centerY(l.box) < frame.area.bottom + h,
    )
    .sort((a, b) => gap(a) - gap(b));
  const first = beside[0];
  if (!first) return [];
  const others = beside.filter(
    (l) =>
      l !== first &&
      Math.abs(centerX(l.box) - centerX(first.box)) < 1.6 * h &&
      Math.abs(centerX(l.box) - centerX(first.box)) > 0.6 * h &&
      Math.abs(thicknessOf(l) - thicknessOf(first)) < 0.3 * h,
  );
  const all = [first, ...others.slice(0, 1)];
  const upwards = first.rotation === 270;
  return all.sort((a, b) => (upwards ? 1 : -1) * (a.box.left - b.box.left));
}

/** A name that stands level above the upper end of the y axis (ECharts) or over its labels (D3's gallery). */
export function yNameAbove(
  frame: PanelFrame,
  lines: TextLine[],
  h: number,
  all: readonly TextLine[] = lines,
): TextLine[] {
  return lines
    .filter(
      (l) =>
        // a number is the label of a tick at the upper end
        parseNumber(l.text) === null &&
        (isNameOverLabels(l, frame, all, h) ||
          (l.rotation === 0 &&
            l.box.bottom <= frame.area.top + 0.3 * h &&
            frame.area.top - l.box.bottom <= 1.6 * h &&
            Math.abs(centerX(l.box) - frame.area.left) <= Math.max(1.2 * h, 0.15 * boxWidth(l.box)))),
    )
    .slice(0, 1);
}

/**
 * Whether a level line is the name of the y axis over its labels (D3's gallery): it begins over them, and has an arrow or is
 * smaller than a title that begins elsewhere.
 */
export function isNameOverLabels(line: TextLine, { area }: PanelFrame, lines: readonly TextLine[], h: number): boolean {
  const up = area.top - line.box.bottom;
  if (line.rotation !== 0 || up < -0.3 * h || line.box.left >= area.left - 0.3 * h) return false;
  if (/^[↑↓]\s*\S|\S\s*[↑↓]$/u.test(line.text.trim())) return up <= 8 * h;
  const title = lines.find((l) => l.rotation === 0 && thicknessOf(l) > 1.2 * thicknessOf(line) && isOver(l, line));
  return up <= 2.2 * h && title !== undefined && Math.abs(title.box.left - line.box.left) > 2 * h;
}

const isOver = (a: TextLine, b: TextLine): boolean => centerY(a.box) < centerY(b.box);

/**
 * A name level with the x axis behind its right end (ECharts): below the panel, or at the row `zero`. `ends`: columns at which the
 * axis may end.
 */
export function xNameBehind(
  frame: PanelFrame,
  lines: TextLine[],
  h: number,
  { zero = frame.area.bottom, ends = [frame.area.right] }: { zero?: number; ends?: number[] } = {},
): TextLine[] {
  return lines
    .filter(
      (l) =>
        l.rotation === 0 &&
        ends.some((end) => l.box.left >= end - 0.5 * h && l.box.left - end <= 2.5 * h) &&
        [frame.area.bottom, zero].some((row) => Math.abs(centerY(l.box) - row) <= h),
    )
    .slice(0, 1);
}

/** The title above a panel: the largest text between `ceiling` and the area; a subtitle is smaller and left out. */
export function titleLines(
  frame: PanelFrame,
  lines: TextLine[],
  h: number,
  ceiling: number,
  within: PixelBox,
): TextLine[] {
  const above = lines
    .filter(
      (l) =>
        l.rotation === 0 &&
        centerY(l.box) < frame.outer.top + 0.2 * h &&
        centerY(l.box) > ceiling &&
        overlap(l.box.left, l.box.right, within.left, within.right) >= 0.6 * boxWidth(l.box),
    )
    .sort((a, b) => a.box.top - b.box.top);
  if (above.length === 0) return [];
  const largest = Math.max(...above.map(thicknessOf));
  const first = above.find((l) => thicknessOf(l) >= 0.82 * largest)!;
  return withNext(first, above, h);
}

/** A line that was found in pieces, from the left: texts of one size, level, and no further apart than words. */
function rowOf(first: TextLine, lines: TextLine[]): TextLine[] {
  const size = thicknessOf(first);
  const level = lines
    .filter(
      (l) =>
        Math.abs(centerY(l.box) - centerY(first.box)) <= 0.25 * size && Math.abs(thicknessOf(l) - size) <= 0.25 * size,
    )
    .sort((a, b) => a.box.left - b.box.left);
  const isNear = (a: TextLine, b: TextLine) => b.box.left - a.box.right <= 0.7 * size;
  let [from, to] = [level.indexOf(first), level.indexOf(first)];
  while (from > 0 && isNear(level[from - 1]!, level[from]!)) from--;
  while (to + 1 < level.length && isNear(level[to]!, level[to + 1]!)) to++;
  return level.slice(from, to + 1);
}

/** The line and what continues it: a line of the same size right below, about one middle or one left edge. */
function withNext(first: TextLine, lines: TextLine[], h: number): TextLine[] {
  const row = rowOf(first, lines);
  if (row.length > 1) return row;
  const found = [first];
  for (const line of lines) {
    const last = found.at(-1)!;
    if (line === last || found.includes(line)) continue;
    const gap = line.box.top - last.box.bottom;
    const sameSize = Math.abs(thicknessOf(line) - thicknessOf(first)) <= 0.2 * thicknessOf(first);
    const aligned =
      Math.abs(centerX(line.box) - centerX(last.box)) <= h || Math.abs(line.box.left - last.box.left) <= 0.5 * h;
    if (sameSize && aligned && gap > -0.6 * h && gap < 0.6 * h && centerY(line.box) > centerY(last.box) + 0.5 * h)
      found.push(line);
  }
  return found.slice(0, 3);
}

export const frameOf = (area: PixelBox, labels: PixelBox[]): PanelFrame => ({
  area,
  outer: unionOf([area, ...labels]),
});
