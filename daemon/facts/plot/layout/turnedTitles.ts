import type { PixelBox, TextLine } from '../../../media/text';
import { findComponents } from './components';
import { boxHeight, boxWidth, centerY, overlap, unionOf } from './raster';
import type { Reading } from './readAxis';
import type { ReadPanel } from './readPanelLayout';
import type { LabelSearch } from './sideLabels';

/**
 * Titles of y axes in one piece: turned lines of one column that belong together are read again as one, and a short
 * title that no line was found for ("pH") is read from the ink beside the labels. Returns the lines with those changes.
 */
export async function wholeTurnedLines(
  lines: readonly TextLine[],
  panels: ReadPanel[],
  search: LabelSearch,
  reading: Reading,
): Promise<TextLine[]> {
  let all = [...lines];
  for (const panel of panels) {
    if (panel.ySide !== 'left') continue;
    const box = titleInk(panel, panels, search);
    if (!box) continue;
    const pieces = all.filter((l) => isIn(l, box));
    const whole = pieces.find((l) => l.rotation !== 0 && boxHeight(l.box) >= 0.9 * boxHeight(box));
    if (whole) continue;
    const [read] = await reading.text.recognize(reading.image, [{ box, rotation: 270 }], reading.signal);
    if (!read || read.score < 0.75 || read.text.trim() === '') continue;
    all = [...all.filter((l) => !pieces.includes(l)), lineOf(read.text, read.score, box)];
  }
  return all;
}

function isIn(line: TextLine, box: PixelBox): boolean {
  const w = overlap(line.box.left, line.box.right, box.left, box.right);
  const h = overlap(line.box.top, line.box.bottom, box.top, box.bottom);
  return w > 0.5 * Math.min(boxWidth(line.box), boxWidth(box)) && h > 0.7 * boxHeight(line.box);
}

/** The column of ink next to the labels of the y axis whose middle is near the axis's middle. */
function titleInk(
  { layout: { area }, frame, labelBoxes }: ReadPanel,
  panels: ReadPanel[],
  search: LabelSearch,
): PixelBox | null {
  const h = search.textHeight;
  const neighbours = panels.filter(
    (p) =>
      p.layout.area.right < area.left && overlap(p.layout.area.top, p.layout.area.bottom, area.top, area.bottom) > 0,
  );
  const limit = Math.max(0, ...neighbours.map((p) => p.frame.outer.right));
  const strip = {
    left: Math.max(limit, frame.outer.left - 4 * h),
    right: frame.outer.left,
    top: area.top - h,
    bottom: area.bottom + h,
  };
  if (strip.right - strip.left < 4) return null;
  const free = findComponents(search.image, strip, search.background).filter(
    (c) =>
      boxWidth(c.box) <= 1.4 * h &&
      boxHeight(c.box) <= 2.5 * h &&
      !labelBoxes.some(
        (l) =>
          overlap(c.box.left, c.box.right, l.left, l.right) > 0 &&
          overlap(c.box.top, c.box.bottom, l.top, l.bottom) > 0,
      ),
  );
  const sorted = free.map((c) => c.box).sort((a, b) => b.right - a.right);
  const first = sorted[0];
  if (!first) return null;
  const column = sorted.filter((b) => b.right > first.right - 1.4 * h);
  const box = unionOf(column);
  if (boxWidth(box) > 1.6 * h || boxWidth(box) < 0.4 * h || boxHeight(box) < 0.9 * h) return null;
  const off = Math.abs(centerY(box) - centerY(area));
  const atEnd = Math.min(Math.abs(box.top - area.top), Math.abs(box.bottom - area.bottom));
  if (off > 0.12 * boxHeight(area) && atEnd > 2 * h) return null;
  return hasGaps(column, h) ? null : box;
}

/** Letters of one title follow each other closely. */
function hasGaps(column: PixelBox[], h: number): boolean {
  const sorted = [...column].sort((a, b) => a.top - b.top);
  let end = sorted[0]!.bottom;
  for (const box of sorted) {
    if (box.top - end > 1.2 * h) return true;
    end = Math.max(end, box.bottom);
  }
  return false;
}

function lineOf(text: string, score: number, box: PixelBox): TextLine {
  const { left, top, right, bottom } = box;
  return {
    text: text.trim(),
    score,
    rotation: 270,
    corners: [
      [left, bottom],
      [left, top],
      [right, top],
      [right, bottom],
    ],
    box,
  };
}
