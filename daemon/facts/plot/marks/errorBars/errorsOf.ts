import type { PanelLayout, PlotAxis } from '../../../../media/plot';
import type { Point2 } from '../../../../media/text';
import type { Steps } from '../../steps';
import { axisValue } from '../axisValue';
import type { ColorLayer, PanelPixels } from '../colorLayers';
import { findWhiskers, type Whisker } from './findWhiskers';

export interface ErrorBars {
  /** Half-lengths in data units below and above, one a point; [0, 0] where a point has none. */
  errors: Array<[number, number]>;
  /** Points with a whisker. */
  found: number;
  /** Pixels: lower and upper end of each point's whisker, picture coordinates. */
  ends: Array<[Point2, Point2] | undefined>;
}

/** At least this share of the points must have a whisker, else the strokes are something else. */
const SHARE = 0.5;

/**
 * Error bars of points (picture coordinates; `size`: their markers' in pixels, 0 for bars): the upright stroke through each, of the series' own layer or of another
 * one (ggplot2 draws black ones). Undefined where fewer than half of the points have one, or the axis has no scale.
 */
export function* errorsOf(
  pixels: PanelPixels,
  own: ColorLayer,
  points: Point2[],
  panel: PanelLayout,
  size = 0,
  axis: PlotAxis = panel.y,
): Steps<ErrorBars | undefined> {
  if (points.length === 0 || axisValue(axis, points[0]![1]) === undefined) return undefined;
  const layers = [own, ...pixels.layers.filter((layer) => layer !== own)];
  let best: ErrorBars | undefined;
  for (const layer of layers) {
    const found = yield* match(yield* findWhiskers.steps(pixels, layer), pixels, own, points, axis, size);
    if (found.found >= Math.max(2, SHARE * points.length) && found.found > (best?.found ?? 0)) best = found;
    if (best && layer === own) break;
  }
  return best;
}

function* match(
  whiskers: Whisker[],
  { area, width, height }: PanelPixels,
  own: ColorLayer,
  points: Point2[],
  axis: PlotAxis,
  size: number,
): Steps<ErrorBars> {
  const at = byColumn(whiskers);
  const endsAt = ([x, y]: Point2): [Point2, Point2] | undefined => {
    const [u, v] = [x - area.left, y - area.top];
    const beside = (at.get(Math.floor(u)) ?? []).filter((w) => Math.abs(w.x - u) <= 2 + w.stroke);
    // one stroke through the point, or a piece above and one below that the marker parts
    const through = beside
      .filter((w) => w.top - 1.5 <= v && w.bottom + 1.5 >= v)
      .sort((a, b) => b.bottom - b.top - a.bottom + a.top)[0];
    const covered = (from: number, to: number) => coveredBy(own, width, height, u, from, to);
    const upper =
      through ?? beside.filter((w) => w.bottom < v && covered(w.bottom, v)).sort((a, b) => b.bottom - a.bottom)[0];
    const lower = through ?? beside.filter((w) => w.top > v && covered(v, w.top)).sort((a, b) => a.top - b.top)[0];
    if (!upper && !lower) return undefined;
    // no longer than the marker: its own side
    if (Math.max(lower?.bottom ?? v, v) - Math.min(upper?.top ?? v, v) < 1.4 * size) return undefined;
    return [
      [x, area.top + Math.max(lower?.bottom ?? v, v)],
      [x, area.top + Math.min(upper?.top ?? v, v)],
    ];
  };
  const ends: ErrorBars['ends'] = [];
  for (const point of points) {
    if ((ends.length & 63) === 0) yield;
    ends.push(endsAt(point));
  }
  const errors = points.map(([, y], k): [number, number] => {
    const end = ends[k];
    const value = axisValue(axis, y);
    if (!end || value === undefined) return [0, 0];
    const [low, high] = [axisValue(axis, end[0][1])!, axisValue(axis, end[1][1])!];
    return [Math.max(0, value - Math.min(low, high)), Math.max(0, Math.max(low, high) - value)];
  });
  return { errors, ends, found: ends.filter(Boolean).length };
}

/** Whiskers by each column that they may be beside. */
function byColumn(whiskers: Whisker[]): Map<number, Whisker[]> {
  const at = new Map<number, Whisker[]>();
  for (const whisker of whiskers) {
    const reach = 2 + whisker.stroke;
    for (let x = Math.floor(whisker.x - reach); x <= Math.floor(whisker.x + reach); x++) {
      const list = at.get(x);
      if (list) list.push(whisker);
      else at.set(x, [whisker]);
    }
  }
  return at;
}

/** Whether the series' own marker fills the column between two heights (but for a pixel of blur at each end). */
function coveredBy({ mask }: ColorLayer, width: number, height: number, x: number, from: number, to: number): boolean {
  const column = Math.max(0, Math.min(width - 1, Math.floor(x)));
  let bare = 0;
  for (let y = Math.max(0, Math.floor(from)); y < Math.min(height, to); y++) if (!mask[y * width + column]) bare++;
  return bare <= 2 + 0.15 * (to - from);
}
