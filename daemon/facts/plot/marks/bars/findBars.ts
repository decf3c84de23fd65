import type { PanelLayout, PlotAxis } from '../../../../media/plot';
import type { PixelBox } from '../../../../media/text';
import { every, type Steps } from '../../steps';
import { axisPixel } from '../axisValue';
import { BACKGROUND, UNLABELLED } from '../solid/labels';
import { type PanelRaster, transposeRaster } from '../solid/panelRaster';
import type { SolidPixels } from '../solid/solidColors';
import { type BarLayout, layoutBars } from './barLayout';
import { findRectangles, type LabelMap, type Rectangle, transposeLabels } from './rectangles';

/** Bars as they lie in the panel, turned so that values run along the rows. */
export interface FoundBars {
  horizontal: boolean;
  /** Turned where `horizontal`: its rows are then the picture's columns. */
  raster: PanelRaster;
  map: LabelMap;
  rectangles: Rectangle[];
  layout: BarLayout;
  /** The legend's box in rows and columns of `raster`, where it lies in the panel. */
  legend: PixelBox | undefined;
  /** Share of all solid pixels that lie in bars, 0..1. */
  covered: number;
  /** The axis of the values and the one of the categories (or numbers) below the bars. */
  value: PlotAxis;
  base: PlotAxis;
}

/** More rectangles than this are noise, a photograph or the steps of curves. */
const MOST_RECTANGLES = 3000;

/** The bars of a panel, upright or lying, whichever explains more of what is filled. Null where there are none. */
export function* findBars(solid: SolidPixels, panel: PanelLayout): Steps<FoundBars | null> {
  const upright = yield* tryDirection(solid, panel, false);
  const lying = yield* tryDirection(solid, panel, true);
  if (!upright || !lying) return upright ?? lying;
  return rank(lying) > rank(upright) ? lying : upright;
}

/** Covered share, doubted where the axes say otherwise: a category axis lies below the bars, never beside their ends. */
function rank(bars: FoundBars): number {
  const fits = bars.base.scale === 'category' ? 1 : bars.value.scale === 'category' ? 0.05 : 0.8;
  const numeric = bars.base.scale !== 'category' && bars.horizontal ? 0.9 : 1;
  return bars.covered * fits * numeric * (bars.layout.stacks.length > 1 ? 1 : 0.9);
}

/** Pixels by which the halo of a text reaches beyond its box. */
const HALO = 4;

/** Boxes of the texts in a panel, in the map's rows and columns. */
function textBoxes({ left, top }: PanelRaster, { annotations }: PanelLayout, turned: boolean): PixelBox[] {
  return annotations.map(({ box }) => {
    const [x0, x1] = [Math.floor(box.left) - left - HALO, Math.ceil(box.right) - left + HALO];
    const [y0, y1] = [Math.floor(box.top) - top - HALO, Math.ceil(box.bottom) - top + HALO];
    return turned ? { left: y0, right: y1, top: x0, bottom: x1 } : { left: x0, right: x1, top: y0, bottom: y1 };
  });
}

/** The legend's box in the map's rows and columns. */
function legendIn({ left, top }: PanelRaster, { legendBox }: PanelLayout, turned: boolean): PixelBox | undefined {
  if (!legendBox) return undefined;
  const [x0, x1] = [Math.floor(legendBox.left) - left, Math.ceil(legendBox.right) - left];
  const [y0, y1] = [Math.floor(legendBox.top) - top, Math.ceil(legendBox.bottom) - top];
  return turned ? { left: y0, right: y1, top: x0, bottom: x1 } : { left: x0, right: x1, top: y0, bottom: y1 };
}

/** A legend's own ground reaches beyond its texts and marks by about this share of its height. */
const FRAME_SHARE = 0.3;

/** A bar of which a part lies under the legend is as high as the part beside it: both as one rectangle. */
function joinedUnder(legend: PixelBox | undefined, rectangles: Rectangle[]): Rectangle[] {
  if (!legend) return rectangles;
  const reach = FRAME_SHARE * (legend.bottom - legend.top);
  const under = (r: Rectangle) =>
    r.right > legend.left && r.left < legend.right && r.top > legend.top && r.top <= legend.bottom + reach;
  const joined: Rectangle[] = [];
  const hidden = new Set(rectangles.filter(under));
  const beside = (a: Rectangle, b: Rectangle) =>
    a.label === b.label &&
    a.top < b.top &&
    Math.abs(a.bottom - b.bottom) <= 2 &&
    (Math.abs(a.right - b.left) <= 1 || Math.abs(a.left - b.right) <= 1);
  for (const r of rectangles) {
    if (hidden.has(r) && rectangles.some((o) => !hidden.has(o) && beside(o, r))) continue;
    const parts = hidden.has(r) ? [] : [...hidden].filter((o) => beside(r, o));
    const all = [r, ...parts];
    joined.push({ ...r, left: Math.min(...all.map((o) => o.left)), right: Math.max(...all.map((o) => o.right)) });
  }
  return joined;
}

/** Labels without the values that are printed over bars and beside them: where a column has one colour above a text and below, it has it behind. */
function withoutTexts(map: LabelMap, boxes: readonly PixelBox[]): LabelMap {
  if (boxes.length === 0) return map;
  const { width, height } = map;
  const labels = map.labels.slice();
  for (const { left, right, top, bottom } of boxes) {
    if (top < 1 || bottom >= height) continue;
    for (let x = Math.max(0, left); x < Math.min(width, right); x++) {
      const [above, below] = [map.labels[(top - 1) * width + x], map.labels[bottom * width + x]];
      if (above !== below || above === UNLABELLED) continue;
      for (let y = top; y < bottom; y++) labels[y * width + x] = above;
    }
  }
  return { ...map, labels };
}

function* tryDirection(solid: SolidPixels, panel: PanelLayout, horizontal: boolean): Steps<FoundBars | null> {
  const flat: LabelMap = { width: solid.raster.width, height: solid.raster.height, labels: solid.labels };
  const printed = horizontal ? yield* transposeLabels(flat) : flat;
  const legend = legendIn(solid.raster, panel, horizontal);
  const map = withoutTexts(printed, [...textBoxes(solid.raster, panel, horizontal), ...(legend ? [legend] : [])]);
  const raster = horizontal ? yield* transposeRaster(solid.raster) : solid.raster;
  const value = horizontal ? panel.x : panel.y;
  const base = horizontal ? panel.y : panel.x;
  const found = yield* findRectangles(map);
  if (found.length > MOST_RECTANGLES) return null;
  const rectangles = joinedUnder(legend, yield* withoutOutlines(found));
  const layout = yield* layoutBars(rectangles, baselines(value, raster));
  if (!layout) return null;
  const filled = yield* solidCount(map.labels);
  return {
    horizontal,
    raster,
    map,
    rectangles,
    layout,
    legend,
    covered: filled ? Math.min(1, layout.covered / filled) : 0,
    value,
    base,
  };
}

/** Rows on which bars may stand: where the value is zero, and both ends of the area. */
function baselines(axis: PlotAxis, raster: PanelRaster): number[] {
  const zero = axis.scale === 'log' ? undefined : axisPixel(axis, 0);
  const ends = axis.scale === 'log' ? [raster.height, 0] : [];
  const row = zero === undefined ? undefined : Math.round(zero - raster.top);
  return row !== undefined && row >= -2 && row <= raster.height + 2 ? [row, ...ends] : ends;
}

/** Thin rectangles right beside a wide one, of a colour that has no wide ones, are its outline. */
function* withoutOutlines(rectangles: Rectangle[]): Steps<Rectangle[]> {
  const widest = new Map<number, number>();
  for (const r of rectangles)
    widest.set(r.label, Math.max(widest.get(r.label) ?? 0, Math.min(r.right - r.left, r.bottom - r.top)));
  const isThin = (r: Rectangle) => (widest.get(r.label) ?? 0) <= 8;
  const wide = rectangles.filter((r) => !isThin(r));
  const kept: Rectangle[] = [];
  for (const r of rectangles) {
    yield;
    const size = Math.min(r.right - r.left, r.bottom - r.top);
    const outlines = wide.some(
      (o) =>
        o.right - o.left >= 2 * size &&
        o.bottom > r.top - 2 &&
        o.top < r.bottom + 2 &&
        o.right > r.left - 3 &&
        o.left < r.right + 3,
    );
    if (!isThin(r) || !outlines) kept.push(r);
  }
  return kept;
}

function* solidCount(labels: Uint8Array): Steps<number> {
  let count = 0;
  for (let i = 0; i < labels.length; i++) {
    if (every(i)) yield;
    if (labels[i] !== BACKGROUND && labels[i] !== UNLABELLED) count++;
  }
  return count;
}
