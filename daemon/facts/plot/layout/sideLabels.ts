import type { Rgb } from '../../../media/plot';
import type { PixelBox } from '../../../media/text';
import type { FlatImage } from '../../image/flatten';
import { type Component, findComponents } from './components';
import { boxHeight, boxWidth, centerX, centerY, overlap, unionOf } from './raster';

export type Side = 'bottom' | 'left' | 'top' | 'right';

/** Ink that looks like one label: the box is tight round it. */
export interface LabelBox {
  box: PixelBox;
  parts: PixelBox[];
  /** Where its letters lie on their backs: reads upwards. */
  rotation?: 270;
  /** Where it was cut from its neighbours: the tick that it belongs to. */
  tick?: number;
}

/** How letters are joined to labels. */
export type LabelMode = 'usual' | 'close' | 'turned' | 'level' | 'split';

/** What the search for labels needs to know of the picture. */
export interface LabelSearch {
  image: FlatImage;
  background: Rgb;
  /** Height of a line of text (about the font's size), pixels. */
  textHeight: number;
  /** Boxes in which no label lies: other panels, rotated axis titles. */
  taken: PixelBox[];
  /** Boxes of level lines of several words or letters, which no tick label of an upright axis is a piece of. */
  wide: PixelBox[];
}

/**
 * Boxes of the labels that stand along a side of a plotting area, in order along it; `edge` is where the spine ends,
 * `cut` how far tick marks reach beyond it. Mode 'close' joins only letters that nearly touch, as in a number; 'split' gives each letter to
 * the nearest tick, for labels that run into each other; 'turned' takes the letters as lying on their backs, 'level' as standing, whatever they look like. Parts of a turned label are given as one reads it.
 */
export function sideLabels(
  search: LabelSearch,
  area: PixelBox,
  side: Side,
  edge: number,
  ticks: readonly number[] = [],
  { mode = 'usual', cut = 0 }: { mode?: LabelMode; cut?: number } = {},
): LabelBox[] {
  const strip = stripOf(search, area, side, edge);
  if (strip.right - strip.left < 3 || strip.bottom - strip.top < 3) return [];
  const h = search.textHeight;
  const parts = lettersOf(search, strip, side, cut).filter(
    (c) => !search.taken.some((t) => overlapShare(c.box, t) > 0.5),
  );
  const upright = side === 'left' || side === 'right';
  const turned = mode === 'turned' || (mode !== 'level' && liesOnBack(parts, h));
  const rowOf = (gap: number) =>
    nearestRow(
      (turned ? groupTurned(parts, gap) : groupParts(parts, gap)).filter(
        (g) => isAlong(g.box, area, side, h) && !(upright && runsOn(search, g.box, edge)),
      ),
      side,
      edge,
      h,
    ).sort((a, b) => (upright ? centerY(a.box) - centerY(b.box) : centerX(a.box) - centerX(b.box)));
  if (turned) return rowOf((upright ? 0.45 : 0.6) * h);
  const wide = rowOf(0.55 * h);
  if (upright) return mode === 'close' ? rowOf(0.28 * h) : wide;
  if (mode === 'close') return rowOf(0.28 * h);
  if (mode === 'split') return splitAtTicks(wide, ticks, h);
  const better = [rowOf(0.28 * h), splitAtTicks(wide, ticks, h)].find(
    (labels) => labels.length > wide.length && eachHasTick(labels, ticks),
  );
  return better ?? wide;
}

/**
 * Components of a strip that may be letters. Where letters are glued to tick marks, the strip begins beyond the marks
 * (`cut`); what then begins at its edge is a letter if it has a letter's size.
 */
function lettersOf(
  { image, background, textHeight: h }: LabelSearch,
  strip: PixelBox,
  side: Side,
  cut: number,
): Component[] {
  const all = componentsOnce(image, strip, background);
  // a cut through letters that stand free would change what they say
  const free = all.filter((c) => !touchesStart(c, strip, side) && isLetter(c, h));
  const glued =
    all.some((c) => touchesStart(c, strip, side) && isGlued(c, side, cut, h)) &&
    !free.some((c) => reachOf(c, strip, side) < cut + 1);
  if (cut === 0 || !glued) {
    if (side === 'bottom' || side === 'top') return free;
    const last = againstEdge(all, free, strip, side, h);
    // what looks like tick marks may all be last letters, as in "70k", "60k"
    const atEdge = all.filter((c) => touchesStart(c, strip, side)).length;
    return withoutDashes(cut === 0 || last.length >= 0.8 * atEdge ? [...free, ...last] : free, side, h);
  }
  const inner = { ...strip };
  if (side === 'bottom') inner.top += cut;
  else if (side === 'top') inner.bottom -= cut;
  else if (side === 'left') inner.right -= cut;
  else inner.left += cut;
  return componentsOnce(image, inner, background).filter(
    (c) => isLetter(c, h) && (!touchesStart(c, inner, side) || boxHeight(c.box) >= 0.45 * h),
  );
}

/**
 * Letters that reach the edge of an area without tick marks, as Plotly sets its labels ("-2M"): each stands level with
 * letters that do not, and close behind them.
 */
function againstEdge(
  all: readonly Component[],
  free: readonly Component[],
  strip: PixelBox,
  side: Side,
  h: number,
): Component[] {
  return all.filter((c) => {
    const { box } = c;
    if (!touchesStart(c, strip, side) || !isLetter(c, h) || side !== 'left') return false;
    if (boxHeight(box) < 0.45 * h || boxHeight(box) > 1.4 * h || boxWidth(box) < 0.3 * h || boxWidth(box) > 1.4 * h)
      return false;
    return free.some(
      (f) =>
        box.left - f.box.right >= 0 &&
        box.left - f.box.right <= 0.4 * h &&
        Math.abs(f.box.bottom - box.bottom) <= 0.2 * h &&
        Math.abs(boxHeight(f.box) - boxHeight(box)) <= 0.25 * h,
    );
  });
}

/** Components of the strips of each picture: the same strips are asked for in every mode. */
const known = new WeakMap<FlatImage, Map<string, Component[]>>();

function componentsOnce(image: FlatImage, strip: PixelBox, background: Rgb): Component[] {
  const ofImage = known.get(image) ?? new Map<string, Component[]>();
  known.set(image, ofImage);
  const key = [strip.left, strip.top, strip.right, strip.bottom, ...background].join(' ');
  const found = ofImage.get(key) ?? findComponents(image, strip, background);
  ofImage.set(key, found);
  return found;
}

/** Takes tick marks away that stand off the spine: two or more flat strokes that end where no letter reaches. */
function withoutDashes(letters: Component[], side: Side, h: number): Component[] {
  const end = ({ box }: Component) => (side === 'left' ? -box.right : box.left);
  const nearest = Math.min(...letters.map(end));
  const dashes = letters.filter(
    (c) =>
      end(c) <= nearest + 1 && boxHeight(c.box) <= Math.max(2, 0.3 * h) && boxWidth(c.box) >= 1.2 * boxHeight(c.box),
  );
  const others = letters.filter((c) => !dashes.includes(c));
  return dashes.length >= 2 && others.every((c) => end(c) > nearest + 1) ? others : letters;
}

/** Pixels between the strip's beginning and a component. */
function reachOf({ box }: Component, strip: PixelBox, side: Side): number {
  if (side === 'bottom') return box.top - strip.top;
  if (side === 'top') return strip.bottom - box.bottom;
  return side === 'left' ? strip.right - box.right : box.left - strip.left;
}

/** Ink that begins at the spine, reaches beyond the tick marks and is there as large as a letter. */
function isGlued({ box }: Component, side: Side, cut: number, h: number): boolean {
  const upright = side === 'left' || side === 'right';
  const [out, along] = upright ? [boxWidth(box), boxHeight(box)] : [boxHeight(box), boxWidth(box)];
  return out >= cut + 0.25 * h && along >= 0.3 * h && along <= 6 * h && out <= cut + 8 * h;
}

/** Letters are taller than wide; where most are the other way round, the text is turned. */
function liesOnBack(parts: Component[], h: number): boolean {
  const letters = parts.filter(
    (p) =>
      Math.max(boxWidth(p.box), boxHeight(p.box)) >= 0.4 * h &&
      boxWidth(p.box) < 1.2 * h &&
      boxHeight(p.box) < 1.2 * h &&
      Math.min(boxWidth(p.box), boxHeight(p.box)) > 0.22 * h,
  );
  if (letters.length < 3) return false;
  return letters.filter((p) => boxWidth(p.box) > boxHeight(p.box)).length >= 0.75 * letters.length;
}

/** As groupParts for text that reads upwards. */
function groupTurned(parts: Component[], gap: number): LabelBox[] {
  const turn = (b: PixelBox): PixelBox => ({ left: -b.bottom, right: -b.top, top: b.left, bottom: b.right });
  const back = (b: PixelBox): PixelBox => ({ left: b.top, right: b.bottom, top: -b.right, bottom: -b.left });
  return groupParts(
    parts.map((p) => ({ ...p, box: turn(p.box) })),
    gap,
  ).map((g) => ({ box: back(g.box), parts: g.parts, rotation: 270 }));
}

/**
 * Labels that cover several ticks are cut between those: each letter goes to the tick nearest to its middle. Ticks nearer
 * to each other than a line of text is high have no labels of their own.
 */
function splitAtTicks(labels: LabelBox[], ticks: readonly number[], h: number): LabelBox[] {
  if (ticks.length < 3) return labels;
  const nearest = (part: PixelBox) =>
    ticks.reduce((best, t, i) => (Math.abs(t - centerX(part)) < Math.abs(ticks[best]! - centerX(part)) ? i : best), 0);
  return labels.flatMap((label) => {
    const covered = ticks.filter((t) => t > label.box.left && t < label.box.right);
    if (covered.length < 2 || covered.slice(1).some((t, i) => t - covered[i]! < 0.9 * h)) return [label];
    const groups = new Map<number, PixelBox[]>();
    for (const part of label.parts) groups.set(nearest(part), [...(groups.get(nearest(part)) ?? []), part]);
    return [...groups]
      .sort(([a], [b]) => a - b)
      .map(([tick, parts]) => ({ box: unionOf(parts), parts, tick: ticks[tick]! }));
  });
}

/** Whether every label has a tick of its own right at its middle: then close labels are not words of one label. */
function eachHasTick(labels: LabelBox[], ticks: readonly number[]): boolean {
  const used = new Set<number>();
  return labels.every((l) => {
    const at = centerX(l.box);
    const nearest = ticks.reduce(
      (best, t) => (Math.abs(t - at) < Math.abs(best - at) ? t : best),
      Number.POSITIVE_INFINITY,
    );
    if (used.has(nearest) || Math.abs(nearest - at) > Math.max(2.5, 0.12 * boxWidth(l.box))) return false;
    used.add(nearest);
    return true;
  });
}

function stripOf({ image, textHeight: h, taken }: LabelSearch, area: PixelBox, side: Side, edge: number): PixelBox {
  const out = (dir: 1 | -1, most: number, from: number, lo: number, hi: number, axis: 'x' | 'y') => {
    let limit = dir === 1 ? Math.min(most, from + 14 * h) : Math.max(0, from - 14 * h);
    for (const t of taken) {
      const [a, b, c, d] = axis === 'x' ? [t.left, t.right, t.top, t.bottom] : [t.top, t.bottom, t.left, t.right];
      if (overlap(c, d, lo, hi) <= 0.3 * Math.min(hi - lo, d - c)) continue;
      if (dir === 1 && a >= from) limit = Math.min(limit, a);
      if (dir === -1 && b <= from) limit = Math.max(limit, b);
    }
    return Math.round(limit);
  };
  const wide = { left: Math.round(area.left - 5 * h), right: Math.round(area.right + 5 * h) };
  const tall = { top: Math.round(area.top - 1.5 * h), bottom: Math.round(area.bottom + 1.5 * h) };
  const box =
    side === 'bottom'
      ? { ...wide, top: edge, bottom: out(1, image.height, edge, area.left, area.right, 'y') }
      : side === 'top'
        ? { ...wide, bottom: edge, top: out(-1, image.height, edge, area.left, area.right, 'y') }
        : side === 'left'
          ? { ...tall, right: edge, left: out(-1, image.width, edge, area.top, area.bottom, 'x') }
          : { ...tall, left: edge, right: out(1, image.width, edge, area.top, area.bottom, 'x') };
  return {
    left: Math.max(0, box.left),
    top: Math.max(0, box.top),
    right: Math.min(image.width, box.right),
    bottom: Math.min(image.height, box.bottom),
  };
}

/** What begins at the area's edge is a tick, a grid line that sticks out, or cut. */
function touchesStart({ box }: Component, strip: PixelBox, side: Side): boolean {
  if (side === 'bottom') return box.top <= strip.top + 1;
  if (side === 'top') return box.bottom >= strip.bottom - 1;
  if (side === 'left') return box.right >= strip.right - 1;
  return box.left <= strip.left + 1;
}

function isLetter({ box, size }: Component, h: number): boolean {
  if (boxHeight(box) > 1.8 * h && boxWidth(box) > 3 * h) return false;
  if (boxWidth(box) > 8 * h || boxHeight(box) > 8 * h) return false;
  return size >= 2 && (boxHeight(box) > 1 || boxWidth(box) > 2);
}

export function overlapShare(inner: PixelBox, outer: PixelBox): number {
  const w = Math.max(0, overlap(inner.left, inner.right, outer.left, outer.right));
  const h = Math.max(0, overlap(inner.top, inner.bottom, outer.top, outer.bottom));
  return (w * h) / Math.max(1, boxWidth(inner) * boxHeight(inner));
}

/** Joins letters of one line that are at most `gap` apart. */
export function groupParts(parts: Component[], gap: number): LabelBox[] {
  const sorted = [...parts].sort((a, b) => a.box.left - b.box.left);
  const groups: LabelBox[] = [];
  for (const { box } of sorted) {
    const near = groups.filter(
      (g) =>
        box.left - g.box.right <= gap &&
        overlap(box.top, box.bottom, g.box.top, g.box.bottom) >= 0.3 * Math.min(boxHeight(box), boxHeight(g.box)),
    );
    if (near.length === 0) {
      groups.push({ box, parts: [box] });
      continue;
    }
    const joined = { box: unionOf([box, ...near.map((g) => g.box)]), parts: [box, ...near.flatMap((g) => g.parts)] };
    for (const g of near) groups.splice(groups.indexOf(g), 1);
    groups.push(joined);
  }
  for (const group of groups) group.parts.sort((a, b) => a.left - b.left);
  return groups;
}

function isAlong(box: PixelBox, area: PixelBox, side: Side, h: number): boolean {
  return side === 'left' || side === 'right'
    ? centerY(box) >= area.top - 0.8 * h && centerY(box) <= area.bottom + 0.5 * h
    : centerX(box) >= area.left - h && centerX(box) <= area.right + h;
}

/** Whether a label is the beginning (or end) of a line of text that runs on across the axis, such as a title. */
const runsOn = ({ wide, textHeight: h }: LabelSearch, box: PixelBox, edge: number): boolean =>
  wide.some((w) => w.left < edge - 0.5 * h && w.right > edge + 0.5 * h && overlapShare(box, w) > 0.5);

/** The labels nearest to the axis: one row of text, or one column. */
function nearestRow(groups: LabelBox[], side: Side, edge: number, h: number): LabelBox[] {
  if (groups.length === 0) return [];
  const real = groups.filter((g) => boxHeight(g.box) >= 0.35 * h);
  if (real.length === 0) return [];
  if (side === 'left' || side === 'right') {
    const gap = (g: LabelBox) => (side === 'left' ? edge - g.box.right : g.box.left - edge);
    const nearest = Math.min(...real.map(gap));
    if (nearest > 2.5 * h) return [];
    return real.filter((g) => gap(g) <= nearest + 0.6 * h);
  }
  const gap = (g: LabelBox) => (side === 'bottom' ? g.box.top - edge : edge - g.box.bottom);
  const nearest = real.reduce((best, g) => (gap(g) < gap(best) ? g : best));
  if (gap(nearest) > 2.5 * h) return [];
  return real.filter(
    (g) =>
      overlap(g.box.top, g.box.bottom, nearest.box.top, nearest.box.bottom) >=
      0.5 * Math.min(boxHeight(g.box), boxHeight(nearest.box)),
  );
}
