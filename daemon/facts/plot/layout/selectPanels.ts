import { median } from '../../../common/median';
import type { PixelBox } from '../../../media/text';
import type { Steps } from '../steps';
import { isColorbar } from './findColorbar';
import type { StraightLine } from './findLines';
import type { PanelCandidate } from './findPanels';
import { shareOf } from './findPanels';
import type { FoundPanel } from './foundPanel';
import { fromTicks } from './fromTicks';
import { isPartOfAxis } from './isPartOfAxis';
import { boxHeight, boxWidth, holdsCenter } from './raster';
import { findSide } from './readAxis';
import type { LabelSearch, Side } from './sideLabels';
import { withoutColorbar } from './withoutColorbar';

export interface FoundPanels {
  panels: FoundPanel[];
  colorbars: FoundPanel[];
}

/**
 * The candidates with labels along their sides, and frames of the same size beside them (shared axes); where none has labels
 * on both axes, `fromText`; `lines` are the level lines of the picture.
 */
export function* selectPanels(
  search: LabelSearch,
  candidates: PanelCandidate[],
  fromText: PanelCandidate | null,
  lines: readonly StraightLine[],
): Steps<FoundPanels> {
  const bars: PanelCandidate[] = [];
  for (const candidate of candidates) {
    yield;
    if (isColorbar(search.image, candidate.area, search.background)) bars.push(candidate);
  }
  const rest = candidates
    .filter((c) => !bars.includes(c))
    .map((c) => withoutColorbar(search.image, c, bars, search.background));
  const clear = { ...search, taken: [...search.taken, ...bars.map((b) => b.area)] };
  const judged: FoundPanel[] = [];
  for (const candidate of rest) judged.push({ candidate, sides: yield* sidesOf(clear, candidate) });
  const full: FoundPanel[] = [];
  for (const j of judged) {
    yield;
    if (labelled(j, search, 'x') && labelled(j, search, 'y') && !isPartOfAxis(j, clear)) full.push(j);
  }
  const half = judged.filter((j) => !full.includes(j) && (labelled(j, search, 'x') || labelled(j, search, 'y')));
  const chosen: FoundPanel[] = [];
  const choose = (panel: FoundPanel): void => {
    const { area } = panel.candidate;
    if (!chosen.some((c) => clash(c.candidate.area, area)) && !holdsOthers(panel, full, search)) chosen.push(panel);
  };
  for (const panel of full) if (!borrows(panel, fromText)) choose(panel);
  if (fromText && chosen.length === 1 && mayBePart(chosen[0]!, fromText)) {
    const { left, right } = chosen[0]!.candidate.area;
    const candidate = { ...fromText, area: { ...fromText.area, left, right } };
    const whole = { candidate, sides: yield* sidesOf(clear, candidate) };
    if (hasMore(whole, chosen[0]!)) chosen.splice(0, 1, whole);
  }
  const clearHalf = half.some(
    (j) =>
      fromText &&
      isSteady(j) &&
      manyLabels(j) &&
      sizeOf(j.candidate.area) > 0.6 * sizeOf(fromText.area) &&
      !isPartOfAxis(j, clear),
  );
  const bare = chosen.length === 0 ? fromTicks(search.image, search.background, lines, search.textHeight) : [];
  const byText =
    chosen.length === 0 && fromText ? { candidate: fromText, sides: yield* sidesOf(clear, fromText) } : null;
  for (const candidate of bare) {
    const panel = { candidate, sides: yield* sidesOf(clear, candidate) };
    // ends of grid lines look like marks: the texts then show a larger area
    if (byText && hasMore(byText, panel)) continue;
    if (labelled(panel, search, 'x') && labelled(panel, search, 'y')) choose(panel);
  }
  if (chosen.length === 0 && byText && !clearHalf)
    if (labelled(byText, search, 'x') && labelled(byText, search, 'y')) choose(byText);
  const typical = median(chosen.map((c) => sizeOf(c.candidate.area)));
  for (const { candidate } of half.filter(isSteady)) {
    // beside whole panels, small rectangles are legends
    if (sizeOf(candidate.area) < 0.35 * typical) continue;
    // labels between two panels may be the other one's, and a legend beside a panel has none of its own
    const taken = [...clear.taken, ...chosen.map((c) => c.candidate.area)];
    const panel = { candidate, sides: yield* sidesOf({ ...clear, taken }, candidate) };
    if (isPartOfAxis(panel, clear)) continue;
    if (labelled(panel, search, 'x') || labelled(panel, search, 'y')) choose(panel);
  }
  for (const panel of judged)
    if (
      Object.keys(panel.candidate.spines).length >= 3 &&
      chosen.some((c) => isSibling(c.candidate.area, panel.candidate.area)) &&
      !chosen.some((c) => clash(c.candidate.area, panel.candidate.area))
    )
      chosen.push(panel);
  // once more, now that each knows where the others are
  const areas = chosen.map((c) => c.candidate.area);
  const panels: FoundPanel[] = [];
  for (const { candidate } of chosen) {
    const taken = [...clear.taken, ...areas.filter((a) => a !== candidate.area)];
    panels.push({ candidate, sides: yield* sidesOf({ ...clear, taken }, candidate) });
  }
  const colorbars: FoundPanel[] = [];
  for (const candidate of distinct(bars)) {
    const taken = [...search.taken, ...areas];
    colorbars.push({ candidate, sides: yield* sidesOf({ ...search, taken }, candidate) });
  }
  return { panels: inReadingOrder(panels), colorbars };
}

function* sidesOf(search: LabelSearch, candidate: PanelCandidate): Steps<FoundPanel['sides']> {
  function* side(s: Side) {
    yield;
    return findSide(search, candidate, s);
  }
  return {
    bottom: yield* side('bottom'),
    left: yield* side('left'),
    top: yield* side('top'),
    right: yield* side('right'),
  };
}

/** A small frame inside the area that the texts show, with that area's labels below or left: the legend of a panel without a frame. */
function borrows({ candidate: { area }, sides }: FoundPanel, fromText: PanelCandidate | null): boolean {
  if (!fromText || shareOf(area, fromText.area) < 0.9 || sizeOf(area) > 0.35 * sizeOf(fromText.area)) return false;
  return [sides.bottom, sides.left].some(
    ({ labels }) => labels.length > 0 && labels.every(({ box }) => !holdsCenter(fromText.area, box)),
  );
}

/** A piece between two grid lines of the area that the texts show: bars hide the other lines of a panel without a frame. */
function mayBePart({ candidate: { area, spines } }: FoundPanel, fromText: PanelCandidate): boolean {
  const bare = Object.keys(spines).length <= 1;
  return bare && shareOf(area, fromText.area) > 0.8 && boxHeight(area) < 0.7 * boxHeight(fromText.area);
}

/** Labels below, and more at the left than the other has. */
const hasMore = ({ sides }: FoundPanel, other: FoundPanel): boolean =>
  sides.bottom.labels.length >= 3 && sides.left.labels.length > Math.max(2, other.sides.left.labels.length);

/** At least two labels in the size of text along x (bottom or top) or y. */
function labelled({ sides }: FoundPanel, { textHeight: h }: LabelSearch, axis: 'x' | 'y'): boolean {
  const pair = axis === 'x' ? [sides.bottom, sides.top] : [sides.left, sides.right];
  return pair.some(({ labels }) => {
    if (labels.length < 2) return false;
    const height = median(labels.map((l) => boxHeight(l.box)));
    return height >= 0.35 * h && height <= 2 * h;
  });
}

/** Lines or fill on all sides: what has labels on one side only must at least be a clear rectangle. */
function isSteady({ candidate: { spines, level, upright, by } }: FoundPanel): boolean {
  return Object.keys(spines).length >= 2 || by === 'fill' || level.length + upright.length >= 3;
}

const sizeOf = (box: PixelBox): number => boxWidth(box) * boxHeight(box);

const manyLabels = ({ sides }: FoundPanel): boolean => Object.values(sides).some((s) => s.labels.length >= 3);

const clash = (a: PixelBox, b: PixelBox): boolean => shareOf(a, b) > 0.3 || shareOf(b, a) > 0.3;

/** A rectangle round several panels, or a frame round the whole picture with its panel inside. */
function holdsOthers({ candidate }: FoundPanel, panels: FoundPanel[], { image }: LabelSearch): boolean {
  const { area, spines } = candidate;
  const inside = panels
    // two pieces of ink on either side are no labels of a panel of its own
    .filter(({ sides }) => [sides.bottom, sides.left].some(({ labels }) => labels.length >= 3))
    .map((p) => p.candidate.area)
    .filter((a) => a !== area && shareOf(a, area) > 0.6 && shareOf(area, a) < 0.8);
  const apart: PixelBox[] = [];
  for (const a of inside) if (!apart.some((b) => clash(a, b))) apart.push(a);
  const sizes = apart.reduce((sum, a) => sum + shareOf(area, a), 0);
  const margin = 0.03 * Math.max(image.width, image.height);
  const isBorder =
    area.left < margin && area.top < margin && image.width - area.right < margin && image.height - area.bottom < margin;
  if (isBorder) return sizes > 0.3;
  return Object.keys(spines).length < 4 && apart.length >= 2 && sizes > 0.35;
}

/** Same size, and level with or above one another. */
function isSibling(a: PixelBox, b: PixelBox): boolean {
  const near = (p: number, q: number) => Math.abs(p - q) <= 3;
  const sameSize = near(boxWidth(a), boxWidth(b)) && near(boxHeight(a), boxHeight(b));
  return sameSize && (near(a.top, b.top) || near(a.left, b.left));
}

function distinct(candidates: PanelCandidate[]): PanelCandidate[] {
  const kept: PanelCandidate[] = [];
  for (const c of candidates) if (!kept.some((k) => clash(k.area, c.area))) kept.push(c);
  return kept;
}

/** Row by row, from the left; panels that overlap in height by half stand in one row. */
function inReadingOrder(panels: FoundPanel[]): FoundPanel[] {
  const rows: FoundPanel[][] = [];
  for (const panel of [...panels].sort((a, b) => a.candidate.area.top - b.candidate.area.top)) {
    const area = panel.candidate.area;
    const row = rows.find((r) => {
      const first = r[0]!.candidate.area;
      return Math.min(first.bottom, area.bottom) - Math.max(first.top, area.top) > 0.5 * boxHeight(area);
    });
    if (row) row.push(panel);
    else rows.push([panel]);
  }
  return rows.flatMap((row) => row.sort((a, b) => a.candidate.area.left - b.candidate.area.left));
}
