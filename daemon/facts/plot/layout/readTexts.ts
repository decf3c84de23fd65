import type { PanelLayout } from '../../../media/plot';
import type { PixelBox, TextLine } from '../../../media/text';
import type { FoundLegend } from './findLegend';
import {
  isNameOverLabels,
  joined,
  type PanelFrame,
  titleLines,
  xLabelLines,
  xNameBehind,
  yLabelLines,
  yNameAbove,
} from './findTitles';
import { boxHeight, boxWidth, centerX, centerY, holdsCenter, unionOf } from './raster';
import type { ReadPanel } from './readPanelLayout';
import { offsetFactor } from './readScale';
import { overlapShare } from './sideLabels';

/** Gives every line of text its place: titles, axis labels, legends, annotations. Returns the title over all panels. */
export function readTexts(
  panels: ReadPanel[],
  legends: FoundLegend[],
  lines: readonly TextLine[],
  taken: PixelBox[],
  h: number,
): string | null {
  for (const legend of legends) giveLegend(panels, legend);
  const inLegend = (l: TextLine) => legends.some((g) => g.title === l || g.entries.some((e) => e.line === l));
  const isLabel = (l: TextLine) =>
    [...taken, ...panels.flatMap((p) => p.labelBoxes)].some(
      (b) => overlapShare(b, l.box) > 0.3 || (overlapShare(l.box, b) > 0.5 && l.rotation === 0),
    );
  let free = lines.filter((l) => !inLegend(l) && !isLabel(l) && offsetFactor(l.text) === null);
  const take = (found: TextLine[]): string | null => {
    free = free.filter((l) => !found.includes(l));
    return joined(found);
  };
  for (const panel of panels) {
    const { layout, frame } = panel;
    layout.x.label = take(xLabelLines(frame, outside(free, panels), h));
    layout.y.label = take(yLabelLines(frame, outside(free, panels), h, 'left'));
    const right = layout.y2 ?? (panel.ySide === 'right' && layout.y.label === null ? layout.y : undefined);
    if (layout.colorbar) {
      const { box } = layout.colorbar;
      layout.colorbar.axis.label = take(
        yLabelLines({ area: box, outer: { ...box, right: box.right + 4 * h } }, free, 2 * h, 'right'),
      );
    } else if (right) right.label = take(yLabelLines(frame, outside(free, panels), h, 'right'));
  }
  const titles = panels.map((p) => panelTitle(p, panels, outside(free, panels), h));
  const suptitle = panels.length > 1 ? take(overAll(panels, titles.flat(), free, h)) : null;
  panels.forEach((panel, i) => {
    panel.layout.title = take(titles[i]!.filter((l) => free.includes(l)));
    panel.layout.y.label ??= withoutMisreadArrow(take(yNameAbove(panel.frame, free, h, lines)));
    panel.layout.x.label ??= take(
      xNameBehind(panel.frame, free, h, { zero: zeroOf(panel.layout), ends: endsOf(panel.layout) }),
    );
  });
  for (const { layout } of panels) layout.annotations = free.filter((l) => holdsCenter(layout.area, l.box));
  return suptitle ?? (panels.length === 1 ? panels[0]!.layout.title : null);
}

/** The row of y = 0 inside a panel, where ECharts draws the x axis: its name stands behind it. */
function zeroOf({ y: { scale, slope, offset }, area }: PanelLayout): number | undefined {
  if (scale !== 'linear' || !slope || offset === undefined) return undefined;
  const row = -offset / slope;
  return row > area.top && row < area.bottom ? row : undefined;
}

/** Where the x axis may end: with the area, or half a place behind its last category. */
function endsOf({ x: { categories = [] }, area }: PanelLayout): number[] {
  const [last, before] = [categories.at(-1), categories.at(-2)];
  return last && before ? [area.right, last.pixel + 0.5 * (last.pixel - before.pixel)] : [area.right];
}

/** The arrow before a name over the labels is read as a plus or a dagger at times. */
const withoutMisreadArrow = (name: string | null): string | null => name?.replace(/^[+†‡]\s+(?=\S)/u, '') ?? null;

const outside = (lines: TextLine[], panels: ReadPanel[]): TextLine[] =>
  lines.filter((l) => !panels.some((p) => holdsCenter(p.layout.area, l.box)));

/** Lines above the panel and below the panel over it. */
function panelTitle({ layout, frame }: ReadPanel, panels: ReadPanel[], lines: TextLine[], h: number): TextLine[] {
  const { area } = layout;
  const over = panels.filter(
    (p) => p.layout.area.bottom < area.top && p.layout.area.left < area.right && p.layout.area.right > area.left,
  );
  const ceiling = Math.max(-1, ...over.map((p) => p.frame.outer.bottom));
  const reach = panels.length === 1 ? Number.POSITIVE_INFINITY : 2 * h;
  const within = {
    ...area,
    left: panels.length === 1 ? -1e9 : area.left - reach,
    right: panels.length === 1 ? 1e9 : area.right + reach,
  };
  const above = lines.filter((l) => panels.length === 1 || frame.outer.top - l.box.bottom < 3 * h);
  const candidates = panels.length === 1 ? above.filter((l) => !isYName(l, frame, above, layout, h)) : above;
  const isPie = layout.x.ticks.length === 0 && layout.y.ticks.length === 0;
  return titleLines(
    frame,
    isPie ? candidates.filter((l) => isOffPie(l, area) || isOverPie(l, layout)) : candidates,
    h,
    ceiling,
    within,
  );
}

/** Names of slices stand closer to the circle than a title does. */
function isOffPie({ box }: TextLine, area: PixelBox): boolean {
  const [cx, cy, radius] = [centerX(area), centerY(area), boxWidth(area) / 2];
  const [dx, dy] = [Math.max(box.left - cx, cx - box.right, 0), Math.max(box.top - cy, cy - box.bottom, 0)];
  return Math.hypot(dx, dy) > 1.17 * radius;
}

/** Where a legend names the slices, a text right above the middle of the circle is a title however close it stands. */
function isOverPie({ box, text }: TextLine, { area, legend }: PanelLayout): boolean {
  const off = Math.abs(centerX(box) - centerX(area));
  return (
    legend.length > 0 && box.bottom <= area.top && off < 0.1 * boxWidth(area) && !legend.some((e) => e.name === text)
  );
}

/** A small text right above the y axis or its labels is that axis's name, when something larger stands higher. */
function isYName(line: TextLine, frame: PanelFrame, lines: TextLine[], layout: PanelLayout, h: number): boolean {
  if (layout.y.label !== null) return false;
  if (isNameOverLabels(line, frame, lines, h)) return true;
  const { area } = frame;
  const near =
    area.top - line.box.bottom < 1.6 * h &&
    Math.abs(centerX(line.box) - area.left) < Math.max(1.2 * h, 0.15 * boxWidth(line.box));
  const larger = lines.some((l) => centerY(l.box) < line.box.top && boxHeight(l.box) > 1.15 * boxHeight(line.box));
  return near && (larger || boxHeight(line.box) <= 1.15 * h);
}

/** A title over several panels: above all of them, its middle near the middle of them all. */
function overAll(panels: ReadPanel[], titles: TextLine[], lines: TextLine[], h: number): TextLine[] {
  const all = unionOf(panels.map((p) => p.layout.area));
  const top = Math.min(
    ...panels.map((p) => p.frame.outer.top),
    ...titles
      .filter((t) => panels.some((p) => Math.abs(centerX(t.box) - centerX(p.layout.area)) < h))
      .map((t) => t.box.top),
  );
  const found = lines.filter(
    (l) =>
      l.rotation === 0 &&
      centerY(l.box) < top &&
      Math.abs(centerX(l.box) - centerX(all)) < Math.max(2 * h, 0.1 * boxWidth(all)),
  );
  const largest = Math.max(...found.map((l) => boxHeight(l.box)));
  return found.filter((l) => boxHeight(l.box) >= 0.85 * largest).slice(0, 2);
}

/** A legend belongs to the panel that holds it, else to the nearest one; of a single panel always. */
function giveLegend(panels: ReadPanel[], legend: FoundLegend): void {
  const inside = panels.find((p) => holdsCenter(p.layout.area, legend.box));
  const owner = inside ?? nearest(panels, legend.box);
  if (!owner) return;
  owner.layout.legend.push(...legend.entries.map((e) => e.entry));
  if (inside)
    owner.layout.legendBox = owner.layout.legendBox ? unionOf([owner.layout.legendBox, legend.box]) : legend.box;
}

function nearest(panels: ReadPanel[], box: PixelBox): ReadPanel | undefined {
  const away = ({ layout: { area } }: ReadPanel) =>
    Math.max(0, area.left - centerX(box), centerX(box) - area.right) +
    Math.max(0, area.top - centerY(box), centerY(box) - area.bottom);
  return [...panels].sort((a, b) => away(a) - away(b))[0];
}
