import type { PanelLayout, PlotAxis } from '../../../../media/plot';
import { every, type Steps } from '../../steps';
import { edgeRow } from '../bars/edges';
import { findRectangles, type LabelMap, type Rectangle, transposeLabels } from '../bars/rectangles';
import type { PanelPixels } from '../colorLayers';
import { BACKGROUND } from '../solid/labels';
import { type PanelRaster, transposeRaster } from '../solid/panelRaster';
import type { SolidPixels } from '../solid/solidColors';
import { whiskerEnd } from './whiskerEnd';

/** One box as drawn. Rows (values) and columns in pixels of the picture, turned where the boxes lie. */
export interface BoxMark {
  left: number;
  right: number;
  /** Upper edge, median and lower edge of the box; the median undefined where no line parts the box. */
  upper: number;
  median?: number;
  lower: number;
  /** Ends of the whiskers; undefined where there is none. */
  whiskerUp?: number;
  whiskerDown?: number;
  /** Middles of the markers beyond the whiskers. */
  outliers: number[];
  label: number;
  /** Pixels of its filling. */
  filled: number;
}

export interface FoundBoxes {
  horizontal: boolean;
  boxes: BoxMark[];
  /** Share of the boxes with a median and both whiskers. */
  complete: number;
  value: PlotAxis;
  base: PlotAxis;
}

/** Boxes with whiskers, upright or lying; null where there are none. */
export function* findBoxes(solid: SolidPixels, pixels: PanelPixels, panel: PanelLayout): Steps<FoundBoxes | null> {
  const upright = yield* tryDirection(solid, pixels, panel, false);
  const lying = yield* tryDirection(solid, pixels, panel, true);
  if (!upright || !lying) return upright ?? lying;
  const rank = (found: FoundBoxes) =>
    found.complete * found.boxes.length * (found.value.scale === 'category' ? 0.2 : 1);
  return rank(lying) > rank(upright) ? lying : upright;
}

function* tryDirection(
  solid: SolidPixels,
  pixels: PanelPixels,
  panel: PanelLayout,
  horizontal: boolean,
): Steps<FoundBoxes | null> {
  const { width, height } = solid.raster;
  const ink: LabelMap = { width, height, labels: yield* inkOf(solid, pixels) };
  const flat: LabelMap = { width, height, labels: yield* withEnclosed(solid) };
  const map = horizontal ? yield* transposeLabels(flat) : flat;
  const marks = horizontal ? yield* transposeLabels(ink) : ink;
  const raster = horizontal ? yield* transposeRaster(solid.raster) : solid.raster;
  const all = yield* findRectangles(map, false);
  const found = yield* pairUp(all.filter((r) => r.right - r.left >= Math.max(8, 0.012 * map.width)));
  const boxes: BoxMark[] = [];
  for (const parts of found) {
    yield;
    const box = measure(parts, map, marks, raster);
    if (box) boxes.push(box);
  }
  const whiskered = alike(boxes);
  if (whiskered.length === 0) return null;
  const both = (box: BoxMark) => box.whiskerUp !== undefined && box.whiskerDown !== undefined;
  const like = whiskered.filter((box) => box.median !== undefined && both(box));
  return {
    horizontal,
    boxes: whiskered.sort((a, b) => a.left - b.left),
    complete: like.length / whiskered.length,
    value: horizontal ? panel.x : panel.y,
    base: horizontal ? panel.y : panel.x,
  };
}

/** Boxes as wide as those with a median, each place once: strokes of outlines and caps are narrower or flat. */
function alike(boxes: BoxMark[]): BoxMark[] {
  const sure = boxes.filter((box) => box.median !== undefined && box.lower - box.upper >= 4);
  if (sure.length === 0) return [];
  const largest = sure.reduce((a, b) => (b.filled > a.filled ? b : a));
  const width = largest.right - largest.left;
  const fits = (box: BoxMark) => Math.abs(box.right - box.left - width) <= Math.max(3, 0.08 * width);
  const kept: BoxMark[] = [];
  // of what lies over one another the larger filling is the box: the strokes of its outline pair up too
  const ranked = [...sure].sort((a, b) => b.filled - a.filled).concat(boxes.filter((box) => !sure.includes(box)));
  for (const box of ranked) {
    const beside = kept.every((other) => box.left >= other.right || box.right <= other.left);
    if (beside && fits(box) && box.lower - box.upper >= 4) kept.push(box);
  }
  return kept;
}

/** Label of a part of the background that strokes enclose. */
const ENCLOSED = 254;

/** Labels in which background that is cut off from the rim is a colour of its own: boxes without a filling. */
function* withEnclosed({ raster: { width, height }, labels }: SolidPixels): Steps<Uint8Array> {
  const out = labels.slice();
  const queue: number[] = [];
  const visit = (p: number) => {
    if (out[p] === BACKGROUND) {
      out[p] = 253;
      queue.push(p);
    }
  };
  for (let x = 0; x < width; x++) for (const y of [0, 1, height - 2, height - 1]) visit(y * width + x);
  for (let y = 0; y < height; y++) for (const x of [0, 1, width - 2, width - 1]) visit(y * width + x);
  let turn = 0;
  while (queue.length > 0) {
    if (every(turn++)) yield;
    const p = queue.pop()!;
    const x = p % width;
    if (x > 0) visit(p - 1);
    if (x + 1 < width) visit(p + 1);
    if (p >= width) visit(p - width);
    if (p + width < out.length) visit(p + width);
  }
  for (let p = 0; p < out.length; p++) {
    if (every(p)) yield;
    out[p] = out[p] === BACKGROUND ? ENCLOSED : out[p] === 253 ? BACKGROUND : out[p];
  }
  return out;
}

/** 1 where something is drawn: what is neither background nor grid. The two rasters may differ by a pixel at the rim. */
function* inkOf({ raster }: SolidPixels, pixels: PanelPixels): Steps<Uint8Array> {
  const out = new Uint8Array(raster.width * raster.height);
  const dx = raster.left - pixels.area.left;
  const dy = raster.top - pixels.area.top;
  for (let y = 0; y < raster.height; y++) {
    yield;
    for (let x = 0; x < raster.width; x++) {
      const [u, v] = [x + dx, y + dy];
      if (u >= 0 && v >= 0 && u < pixels.width && v < pixels.height)
        out[y * raster.width + x] = pixels.foreground[v * pixels.width + u];
    }
  }
  return out;
}

/** Two rectangles of one width, one over the other with a line between, are one box; others stand alone. */
function* pairUp(rectangles: Rectangle[]): Steps<Rectangle[][]> {
  const out: Rectangle[][] = [];
  const used = new Set<Rectangle>();
  const ordered = [...rectangles].sort((a, b) => a.top - b.top);
  for (const upper of ordered) {
    yield;
    if (used.has(upper)) continue;
    const most = Math.max(4, 0.25 * (upper.right - upper.left));
    const lower = ordered.find(
      (r) =>
        !used.has(r) &&
        r !== upper &&
        r.label === upper.label &&
        r.top >= upper.bottom &&
        r.top - upper.bottom <= Math.min(14, most) &&
        Math.abs(r.left - upper.left) <= 2 &&
        Math.abs(r.right - upper.right) <= 2,
    );
    used.add(upper);
    if (lower) used.add(lower);
    out.push(lower ? [upper, lower] : [upper]);
  }
  return out;
}

function measure(parts: Rectangle[], map: LabelMap, ink: LabelMap, raster: PanelRaster): BoxMark | null {
  const upper = parts[0];
  const lower = parts[parts.length - 1];
  const solid = new Set([upper.label]);
  const top = edgeRow(raster, map, upper, 'top', solid);
  const bottom = edgeRow(raster, map, lower, 'bottom', solid);
  const middle = Math.round((upper.left + upper.right) / 2);
  const wide = upper.right - upper.left;
  const up = whiskerEnd(ink, middle, Math.floor(Math.min(top, upper.top)) - 1, -1, wide);
  const down = whiskerEnd(ink, middle, Math.ceil(Math.max(bottom, lower.bottom)), 1, wide);
  if (up === null && down === null) return null;
  return {
    left: raster.left + upper.left,
    right: raster.left + upper.right,
    upper: raster.top + top,
    ...(parts.length > 1 ? { median: raster.top + (upper.bottom + lower.top) / 2 } : {}),
    lower: raster.top + bottom,
    ...(up ? { whiskerUp: raster.top + up.end } : {}),
    ...(down ? { whiskerDown: raster.top + down.end } : {}),
    outliers: [...(up?.outliers ?? []), ...(down?.outliers ?? [])].map((row) => raster.top + row),
    label: upper.label,
    filled: parts.reduce((sum, r) => sum + (r.right - r.left) * (r.bottom - r.top), 0),
  };
}
