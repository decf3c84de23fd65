import type { Steps } from '../../steps';
import { type PanelRaster, transposeRaster } from '../solid/panelRaster';

/** Borders of the cells along one side, in pixels of the raster with fractions, from the first border to the last. */
export interface CellGrid {
  first: number;
  width: number;
  count: number;
  /** Share of the borders that were seen. */
  seen: number;
}

/** A step of a channel between neighbours that counts as a border. */
const STEP = 7;

/** Borders of columns: places where the colour changes in most rows at once, on a regular grid. Null where there are none. */
export function* columnGrid(raster: PanelRaster): Steps<CellGrid | null> {
  const peaks = yield* borderPeaks(raster);
  return peaks.length === 0 ? null : regularGrid(peaks, raster.width);
}

export function* rowGrid(raster: PanelRaster): Steps<CellGrid | null> {
  return yield* columnGrid(yield* transposeRaster(raster));
}

/** Middles of the stretches of columns at which at least a quarter of the rows change. */
function* borderPeaks({ width, height, rgb }: PanelRaster): Steps<number[]> {
  const changes = new Float64Array(width);
  for (let y = 0; y < height; y++) {
    yield;
    for (let x = 2; x < width; x++) {
      const i = (y * width + x) * 3;
      let step = 0;
      // over two pixels, so that an anti-aliased border counts in full
      for (let c = 0; c < 3; c++) step = Math.max(step, Math.abs(rgb[i + c] - rgb[i - 6 + c]));
      if (step > STEP) changes[x]++;
    }
  }
  const out: number[] = [];
  for (let x = 2; x < width; x++) {
    if (changes[x] < 0.25 * height) continue;
    let end = x;
    while (end + 1 < width && changes[end + 1] >= 0.25 * height) end++;
    // the step over two pixels is seen at both columns behind the border
    out.push((x + end + 1) / 2 - 0.5);
    x = end;
  }
  return out;
}

/** The regular grid through the peaks: the most frequent distance is one cell, or peaks at a narrow gap's two sides. */
function regularGrid(peaks: number[], length: number): CellGrid | null {
  const joined: number[] = [];
  for (const peak of peaks) {
    const last = joined.length - 1;
    if (last >= 0 && peak - joined[last] <= Math.max(5, 0.008 * length)) joined[last] = (joined[last] + peak) / 2;
    else joined.push(peak);
  }
  const borders = withEnds(joined, length);
  if (borders.length < 3) return null;
  const gaps = borders.slice(1).map((b, i) => b - borders[i]);
  const pitch = [...gaps].sort((a, b) => a - b)[Math.floor(gaps.length * 0.3)];
  if (pitch < 4) return null;
  const count = Math.round((borders[borders.length - 1] - borders[0]) / pitch);
  const width = (borders[borders.length - 1] - borders[0]) / count;
  const on = borders.filter(
    (b) =>
      Math.abs((b - borders[0]) / width - Math.round((b - borders[0]) / width)) * width <= Math.max(2, 0.06 * width),
  );
  if (on.length < 0.85 * borders.length || count < 1) return null;
  return { first: borders[0], width, count, seen: on.length / (count + 1) };
}

/** The ends of the area are borders too, where no peak lies near them. */
function withEnds(peaks: number[], length: number): number[] {
  const out = [...peaks];
  if (out.length === 0) return out;
  const gaps = out
    .slice(1)
    .map((b, i) => b - out[i])
    .sort((a, b) => a - b);
  const pitch = gaps.length > 0 ? gaps[gaps.length >> 1] : length / 2;
  if (out[0] > 0.5 * pitch) out.unshift(0);
  else out[0] = Math.min(out[0], 2) === out[0] ? 0 : out[0];
  const last = out.length - 1;
  if (length - out[last] > 0.5 * pitch) out.push(length);
  else if (length - out[last] <= 2) out[last] = length;
  return out;
}
