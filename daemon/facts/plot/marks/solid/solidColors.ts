import type { PanelLayout, Rgb } from '../../../../media/plot';
import type { PixelBox } from '../../../../media/text';
import type { Steps } from '../../steps';
import { fillGlyphs } from './fillGlyphs';
import { BACKGROUND, UNLABELLED } from './labels';
import { channelDistance, type PanelRaster } from './panelRaster';

/** A raster with its solid colours told apart. `labels`: 0 background, n for `colors[n - 1]`, 255 for anything else. */
export interface SolidPixels {
  raster: PanelRaster;
  background: Rgb;
  /** Colours that fill something, most pixels first; the background is not among them. */
  colors: Rgb[];
  labels: Uint8Array;
}

/** Largest difference of a channel within one solid colour: above the noise of a good JPEG, below two palette colours. */
const SAME_COLOR = 12;
const MOST_COLORS = 250;

/**
 * Finds the colours that fill regions (a pixel with equal neighbours to the right and below counts) and labels each
 * pixel by them. Lines of the grid that were drawn over a region are closed; the legend's box is left unlabelled.
 */
export function* solidColors(raster: PanelRaster, panel: PanelLayout): Steps<SolidPixels> {
  const near = gridNeighbourhood(raster, panel);
  const colors = yield* palette(raster, panel, near);
  const labels = yield* labelPixels(raster, panel.background, colors);
  blankLegend(raster, panel, labels);
  yield* closeGridLines(raster, panel, labels);
  yield* fillGlyphs(labels, raster.width, raster.height);
  return { raster, background: panel.background, colors, labels };
}

/** 1 for each column (then each row) within three pixels of a grid line. */
function gridNeighbourhood(raster: PanelRaster, panel: PanelLayout): { x: Uint8Array; y: Uint8Array } {
  const x = new Uint8Array(raster.width);
  const y = new Uint8Array(raster.height);
  for (const at of panel.grid.x)
    x.fill(1, Math.max(0, Math.round(at - raster.left) - 3), Math.max(0, Math.round(at - raster.left) + 4));
  for (const at of panel.grid.y)
    y.fill(1, Math.max(0, Math.round(at - raster.top) - 3), Math.max(0, Math.round(at - raster.top) + 4));
  return { x, y };
}

function* palette(raster: PanelRaster, panel: PanelLayout, near: { x: Uint8Array; y: Uint8Array }): Steps<Rgb[]> {
  const { background } = panel;
  const bins = yield* flatBins(raster, near, legendBlock(raster, panel, FRAME_SHARE), panel.grid.color);
  const least = Math.max(10, raster.width * raster.height * 0.00004);
  const found: Array<{ color: Rgb; count: number }> = [];
  const ordered = [...bins.values()].sort((a, b) => b[3] - a[3]);
  for (const [k, [r, g, b, count]] of ordered.entries()) {
    if ((k & 63) === 0) yield;
    const color: Rgb = [Math.round(r / count), Math.round(g / count), Math.round(b / count)];
    if (channelDistance(color, background) <= SAME_COLOR) continue;
    const same = found.find((entry) => channelDistance(entry.color, color) <= SAME_COLOR);
    if (same) same.count += count;
    else if (count >= least) found.push({ color, count });
  }
  return found
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST_COLORS)
    .map((entry) => entry.color);
}

/** Sums of the flat pixels by colour (5 bits a channel): red, green, blue, count. */
function* flatBins(
  raster: PanelRaster,
  near: { x: Uint8Array; y: Uint8Array },
  legend: PixelBox | null,
  grid: Rgb | null,
): Steps<Map<number, [number, number, number, number]>> {
  const { width, height, rgb } = raster;
  const bins = new Map<number, [number, number, number, number]>();
  for (let y = 0; y + 1 < height; y++) {
    yield;
    if (near.y[y]) continue;
    const beside = legend && y >= legend.top && y < legend.bottom ? legend : null;
    for (let x = 0; x + 1 < width; x++) {
      if (near.x[x] || (beside && x >= beside.left && x < beside.right)) continue;
      const i = (y * width + x) * 3;
      if (!isFlat(rgb, i, width * 3)) continue;
      const [r, g, b] = [rgb[i], rgb[i + 1], rgb[i + 2]];
      // a line of the grid that was not found, its other lines being of this colour
      if (grid && channelDistance([r, g, b], grid) <= SAME_COLOR && isThin(raster, x, y)) continue;
      const key = ((r >> 3) << 10) | ((g >> 3) << 5) | (b >> 3);
      const bin = bins.get(key);
      if (bin === undefined) bins.set(key, [r, g, b, 1]);
      else {
        bin[0] += r;
        bin[1] += g;
        bin[2] += b;
        bin[3]++;
      }
    }
  }
  return bins;
}

function isFlat(rgb: Uint8Array, i: number, stride: number): boolean {
  for (let c = 0; c < 3; c++) {
    const v = rgb[i + c];
    if (Math.abs(v - rgb[i + 3 + c]) > 6) return false;
    if (Math.abs(v - rgb[i + stride + c]) > 6) return false;
    if (Math.abs(v - rgb[i + stride + 3 + c]) > 6) return false;
  }
  return true;
}

/** Widest line of the grid, in pixels, whose colour is none of the data. */
const THIN = 4;

/** Whether the pixel's colour ends within THIN pixels to the left and right, or above and below. */
function isThin({ width, height, rgb }: PanelRaster, x: number, y: number): boolean {
  const same = (u: number, v: number): boolean => {
    if (u < 0 || v < 0 || u >= width || v >= height) return false;
    const [i, k] = [(y * width + x) * 3, (v * width + u) * 3];
    return [0, 1, 2].every((c) => Math.abs((rgb[i + c] ?? 0) - (rgb[k + c] ?? 0)) <= SAME_COLOR);
  };
  const run = (dx: number, dy: number): number => {
    let n = 0;
    while (n <= THIN && same(x + (n + 1) * dx, y + (n + 1) * dy)) n++;
    return n;
  };
  return run(1, 0) + run(-1, 0) < THIN || run(0, 1) + run(0, -1) < THIN;
}

function* labelPixels(raster: PanelRaster, background: Rgb, colors: Rgb[]): Steps<Uint8Array> {
  const { rgb } = raster;
  const labels = new Uint8Array(raster.width * raster.height);
  const known = new Map<number, number>();
  for (let p = 0, i = 0; p < labels.length; p++, i += 3) {
    if ((p & 0xfff) === 0) yield;
    const key = (rgb[i] << 16) | (rgb[i + 1] << 8) | rgb[i + 2];
    let label = known.get(key);
    if (label === undefined) {
      label = nearestLabel([rgb[i], rgb[i + 1], rgb[i + 2]], background, colors);
      known.set(key, label);
    }
    labels[p] = label;
  }
  return labels;
}

function nearestLabel(color: Rgb, background: Rgb, colors: Rgb[]): number {
  let best = UNLABELLED;
  let distance = SAME_COLOR + 1;
  const ground = channelDistance(color, background);
  if (ground < distance) [best, distance] = [BACKGROUND, ground];
  for (let n = 0; n < colors.length; n++) {
    const d = channelDistance(color, colors[n] as Rgb);
    if (d < distance) [best, distance] = [n + 1, d];
  }
  return best;
}

function blankLegend(raster: PanelRaster, panel: PanelLayout, labels: Uint8Array): void {
  const block = legendBlock(raster, panel, 0);
  if (!block || block.right <= block.left) return;
  for (let y = block.top; y < block.bottom; y++)
    labels.fill(UNLABELLED, y * raster.width + block.left, y * raster.width + block.right);
}

/** Of the smaller side of a legend's texts and marks: its own ground reaches about as far beyond them. */
const FRAME_SHARE = 0.25;

/** The legend in raster pixels, widened by a share of its smaller side: nothing that only stands there is a colour of the data. */
function legendBlock(raster: PanelRaster, { legendBox }: PanelLayout, share: number): PixelBox | null {
  if (!legendBox) return null;
  const { left, top, right, bottom } = legendBox;
  const wider = share * Math.min(right - left, bottom - top);
  return {
    left: Math.max(0, Math.floor(left - wider) - raster.left),
    right: Math.min(raster.width, Math.ceil(right + wider) - raster.left),
    top: Math.max(0, Math.floor(top - wider) - raster.top),
    bottom: Math.min(raster.height, Math.ceil(bottom + wider) - raster.top),
  };
}

/** Widest grid line, in pixels, that is closed. */
const WIDEST_LINE = 7;

function* closeGridLines(raster: PanelRaster, panel: PanelLayout, labels: Uint8Array): Steps<void> {
  const { width, height } = raster;
  const { color } = panel.grid;
  // thin marks that lie on a grid line are no part of it: over the background only its own colour is closed
  const solidOnly = (at: number) =>
    color !== null && channelDistance(raster.rgb.subarray(at * 3, at * 3 + 3), color) > 30;
  for (const at of panel.grid.x) {
    yield;
    const x = Math.floor(at - raster.left);
    for (let y = 0; y < height && x >= 0 && x < width; y++) closeGap(labels, y * width, 1, x, width, solidOnly);
  }
  for (const at of panel.grid.y) {
    yield;
    const y = Math.floor(at - raster.top);
    for (let x = 0; x < width && y >= 0 && y < height; x++) closeGap(labels, x, width, y, height, solidOnly);
  }
}

/** Where a line at `at` parts one label, gives the pixels between that label. Walks by `step` from `base`. */
function closeGap(
  labels: Uint8Array,
  base: number,
  step: number,
  at: number,
  length: number,
  solidOnly: (pixel: number) => boolean,
): void {
  let before = at;
  while (before > 0 && at - before < WIDEST_LINE && !isSettled(labels, base, step, before, -1)) before--;
  let after = at;
  while (after < length - 1 && after - at < WIDEST_LINE && !isSettled(labels, base, step, after, 1)) after++;
  const label = labels[base + before * step];
  if (label === UNLABELLED || label !== labels[base + after * step] || after - before > WIDEST_LINE + 1) return;
  if (label === BACKGROUND && solidOnly(base + at * step)) return;
  for (let i = before + 1; i < after; i++) labels[base + i * step] = label;
}

/** A labelled pixel whose neighbour further away has the same label: no part of a line drawn over it. */
function isSettled(labels: Uint8Array, base: number, step: number, at: number, way: number): boolean {
  const label = labels[base + at * step];
  return (
    label !== UNLABELLED && label === labels[base + (at + way) * step] && label === labels[base + (at + 2 * way) * step]
  );
}
