import { median } from '../../../common/median';
import type { TickMark } from './findTicks';
import { centerX, centerY } from './raster';
import type { LabelBox, Side } from './sideLabels';

/** Where a label's value lies on its axis. */
export interface LabelPlace {
  pixel: number;
  /** Pixels by which that may be off. */
  slack: number;
}

/**
 * Gives each label the tick mark beside it, else the grid line, else its own middle. Marks are used only where most
 * labels have one of their own and the offsets agree: a stray line next to one label is no tick.
 */
export function placeLabels(
  labels: LabelBox[],
  side: Side,
  ticks: TickMark[],
  grid: readonly number[],
  textHeight: number,
): { places: LabelPlace[]; by: 'ticks' | 'grid' | 'labels' } {
  const upright = side === 'left' || side === 'right';
  const middles = upright ? labels.map((l) => centerY(l.box)) : flushEnds(labels, ticks);
  for (const [by, marks] of [
    ['ticks', ticks.map((t) => t.pixel)],
    ['grid', grid],
  ] as const) {
    const places = matched(middles, marks, textHeight, upright);
    if (places) return { places: withOwnTicks(places, labels, marks), by };
  }
  const slack = Math.max(1.5, 0.14 * textHeight);
  const places = middles.map((pixel) => ({ pixel, slack }));
  return { places: withOwnTicks(places, labels, []), by: 'labels' };
}

/** Middles of labels; of the outermost, where they end with the axis (Vega), the tick there. Px along the axis. */
function flushEnds(labels: readonly LabelBox[], ticks: readonly TickMark[]): number[] {
  const middles = labels.map((l) => centerX(l.box));
  const [first, last] = [labels[0], labels.at(-1)];
  const [start, end] = [ticks[0], ticks.at(-1)];
  if (!first || !last || !start || !end || labels.length < 3 || ticks.length < labels.length) return middles;
  if (!first.rotation && Math.abs(first.box.left - start.pixel) <= FLUSH) middles[0] = start.pixel;
  if (!last.rotation && Math.abs(last.box.right - end.pixel) <= FLUSH) middles[middles.length - 1] = end.pixel;
  return middles;
}

/** Pixels between the end of an axis and a label that ends with it. */
const FLUSH = 2.5;

/** The middle of a label that was cut from its neighbours says little: the tick at which it was cut is its place. */
function withOwnTicks(places: LabelPlace[], labels: readonly LabelBox[], marks: readonly number[]): LabelPlace[] {
  return places.map((place, i) => {
    const { tick } = labels[i]!;
    return tick === undefined ? place : { pixel: nearestTo(tick, marks, 3) ?? tick, slack: 1.5 };
  });
}

function matched(middles: number[], marks: readonly number[], h: number, upright: boolean): LabelPlace[] | null {
  if (middles.length === 0 || marks.length === 0) return null;
  const spacing = Math.min(...middles.slice(1).map((m, i) => m - middles[i]!), Number.POSITIVE_INFINITY);
  const reach = Math.min(upright ? 0.6 * h : 1.2 * h, 0.45 * spacing);
  const nearest = middles.map((m) => nearestTo(m, marks, reach));
  const offsets = nearest.flatMap((mark, i) => (mark === null ? [] : [mark - middles[i]!]));
  if (offsets.length < Math.min(2, middles.length) || offsets.length < 0.6 * middles.length) return null;
  const usual = median(offsets);
  const spread = Math.max(2.5, 0.35 * h);
  const agreeing = offsets.filter((o) => Math.abs(o - usual) <= spread).length;
  if (agreeing < 0.6 * middles.length) return null;
  return middles.map((middle, i) => {
    const mark = nearest[i];
    return mark !== null && Math.abs(mark! - middle - usual) <= spread
      ? { pixel: mark!, slack: 1.2 }
      : { pixel: middle + usual, slack: Math.max(1.5, 0.14 * h) };
  });
}

function nearestTo(at: number, marks: readonly number[], reach: number): number | null {
  let best: number | null = null;
  for (const mark of marks)
    if (Math.abs(mark - at) <= reach && (best === null || Math.abs(mark - at) < Math.abs(best - at))) best = mark;
  return best;
}
