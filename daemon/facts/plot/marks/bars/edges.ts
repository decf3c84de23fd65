import type { Rgb } from '../../../../media/plot';
import { UNLABELLED } from '../solid/labels';
import { channelDistance, type PanelRaster } from '../solid/panelRaster';
import type { LabelMap, Rectangle } from './rectangles';

/** A pixel is settled when it differs by no more than this from the colour behind the edge. */
const SETTLED = 14;

/**
 * Where a rectangle's top (or bottom) edge lies, in rows with a fraction: anti-aliased rows count by their share of the
 * rectangle's colour. Where an outline is drawn the edge is the middle of its stroke, as every library draws it.
 * `solid`: labels that fill rectangles, among which the edge may end.
 */
export function edgeRow(
  raster: PanelRaster,
  map: LabelMap,
  rect: Rectangle,
  side: 'top' | 'bottom',
  solid: Set<number>,
): number {
  const way = side === 'top' ? -1 : 1;
  const first = side === 'top' ? rect.top - 1 : rect.bottom;
  const inner = rowColor(raster, map, rect, first - way) ?? rowColor(raster, map, rect, first - 2 * way);
  if (!inner) return first + (side === 'top' ? 1 : 0);
  const most = Math.max(4, Math.round(raster.height * 0.025));
  const rows: Rgb[] = [];
  let outer: Rgb | null = null;
  for (let k = 0; k <= most; k++) {
    const row = first + way * k;
    if (row < 0 || row >= raster.height) break;
    const color = plainRow(raster, rect, row);
    if (isSettled(map, rect, row, solid)) {
      outer = color;
      break;
    }
    rows.push(color);
  }
  const edge = first + (side === 'top' ? 1 : 0);
  if (rows.length === 0) return edge;
  if (!outer) return edge;
  return edge + way * reach(rows, inner, outer);
}

/** How far beyond the last pure row the edge lies, in rows, from the colours of the rows between. */
function reach(rows: Rgb[], inner: Rgb, outer: Rgb): number {
  if (rows.length <= 2 && rows.every((row) => offLine(row, outer, inner) <= SETTLED)) {
    return rows.reduce((sum, row) => sum + share(row, outer, inner), 0);
  }
  let weight = 0;
  let moment = 0;
  rows.forEach((row, k) => {
    const w = Math.min(channelDistance(row, inner), channelDistance(row, outer));
    weight += w;
    moment += w * (k + 0.5);
  });
  return weight === 0 ? rows.length / 2 : moment / weight;
}

/** Median colour of a row between the rectangle's sides, where the row has the rectangle's label. */
function rowColor(raster: PanelRaster, map: LabelMap, rect: Rectangle, row: number): Rgb | null {
  if (row < 0 || row >= raster.height) return null;
  const found: number[] = [];
  for (const x of middle(rect)) if (map.labels[row * map.width + x] === rect.label) found.push(x);
  return found.length === 0 ? null : medianColor(raster, row, found);
}

function plainRow(raster: PanelRaster, rect: Rectangle, row: number): Rgb {
  return medianColor(raster, row, middle(rect));
}

/** Whether most of the row between the sides is background or another rectangle's colour. */
function isSettled(map: LabelMap, rect: Rectangle, row: number, solid: Set<number>): boolean {
  let settled = 0;
  const columns = middle(rect);
  for (const x of columns) {
    const label = map.labels[row * map.width + x];
    if (label === 0 || (label !== UNLABELLED && solid.has(label))) settled++;
  }
  return settled * 2 > columns.length;
}

/** Columns of the middle three quarters. */
function middle(rect: Rectangle): number[] {
  const inset = Math.floor((rect.right - rect.left) / 8);
  const out: number[] = [];
  for (let x = rect.left + inset; x < rect.right - inset; x++) out.push(x);
  return out;
}

function medianColor({ rgb, width }: PanelRaster, row: number, columns: number[]): Rgb {
  const pick = (c: number) => {
    const values = columns.map((x) => rgb[(row * width + x) * 3 + c]).sort((a, b) => a - b);
    return values[values.length >> 1];
  };
  return [pick(0), pick(1), pick(2)];
}

/** Share of `to` in a mix of `from` and `to`, 0..1. */
function share(color: Rgb, from: Rgb, to: Rgb): number {
  let dot = 0;
  let length = 0;
  for (let c = 0; c < 3; c++) {
    dot += (color[c] - from[c]) * (to[c] - from[c]);
    length += (to[c] - from[c]) ** 2;
  }
  return length === 0 ? 0 : Math.max(0, Math.min(1, dot / length));
}

/** Largest channel difference between a colour and the nearest mix of two. */
function offLine(color: Rgb, from: Rgb, to: Rgb): number {
  const t = share(color, from, to);
  return channelDistance(
    color,
    [0, 1, 2].map((c) => from[c] + t * (to[c] - from[c])),
  );
}
