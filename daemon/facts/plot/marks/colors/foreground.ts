import type { PanelLayout, Rgb } from '../../../../media/plot';
import { every, type Steps } from '../../steps';
import { along, chroma, colorAt, distance } from './colorMath';
import type { Crop } from './crop';

/** What a pixel of the area is before the series are known. */
export const EMPTY = 0;
export const GRID = 1;
export const MARKED = 2;

export interface Ground {
  /** One of EMPTY, GRID, MARKED a pixel. */
  kinds: Uint8Array;
  background: Rgb;
  /** Colour of the grid as drawn, where there is one. */
  grid: Rgb | null;
  /** Share of noise: 0 where flat areas are of one exact colour, up to 1 for a strongly compressed JPEG. */
  noise: number;
}

/** Nearer than this to the background (RGB) is background; noise doubles it. */
const EMPTY_DISTANCE = 9;
/** A grid line runs over at least this share of the rows or columns that nothing else covers. */
const GRID_SHARE = 0.55;

/** Distance from the background from which on a line is dark. */
const DARK = 170;

/** Of a line this share of bare ground in one piece parts strokes of it. */
const LEAST_GAP = 0.04;

/** Pieces from which on a line is dotted. */
const LEAST_DOTS = 12;

/** Parts of a line that are looked at for its colour. */
const LINE_PARTS = 12;

/** A dotted one is drawn over at least this share. */
const DOTTED_SHARE = 0.2;

/** Parts empty pixels and grid from drawn ones. The legend's box is empty: what it hides is not known. */
export function* ground(crop: Crop, panel: PanelLayout): Steps<Ground> {
  const { width, height, rgb, area } = crop;
  const background = yield* backgroundOf(crop, panel.background);
  yield;
  const noise = noiseOf(crop, background);
  const near = EMPTY_DISTANCE * (1 + 1.5 * noise);
  const kinds = new Uint8Array(width * height);
  for (let i = 0; i < kinds.length; i++) {
    if (every(i)) yield;
    const [r, g, b] = [rgb[3 * i]! - background[0], rgb[3 * i + 1]! - background[1], rgb[3 * i + 2]! - background[2]];
    if (r * r + g * g + b * b > near * near) kinds[i] = MARKED;
  }
  const grid = yield* removeGrid(crop, panel, kinds, background, noise);
  removeBorder(crop, kinds);
  if (panel.legendBox) {
    const { left, top, right, bottom } = panel.legendBox;
    for (
      let y = Math.max(0, Math.floor(top) - 1 - area.top);
      y < Math.min(height, Math.ceil(bottom) + 1 - area.top);
      y++
    ) {
      const from = Math.max(0, Math.floor(left) - 1 - area.left);
      const to = Math.min(width, Math.ceil(right) + 1 - area.left);
      if (to > from) kinds.fill(EMPTY, y * width + from, y * width + to);
    }
  }
  return { kinds, background, grid, noise };
}

/** The layout's background, moved to the exact colour that is most frequent near it. */
function* backgroundOf({ rgb }: Crop, told: Rgb): Steps<Rgb> {
  const counts = new Map<number, number>();
  for (let at = 0; at < rgb.length; at += 3) {
    if (every(at)) yield;
    if (Math.abs(rgb[at]! - told[0]) + Math.abs(rgb[at + 1]! - told[1]) + Math.abs(rgb[at + 2]! - told[2]) > 24)
      continue;
    const key = (rgb[at]! << 16) | (rgb[at + 1]! << 8) | rgb[at + 2]!;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  let best = -1;
  let most = 0;
  for (const [key, count] of counts) if (count > most) [best, most] = [key, count];
  return best < 0 ? told : [best >> 16, (best >> 8) & 255, best & 255];
}

function noiseOf({ rgb }: Crop, background: Rgb): number {
  let exact = 0;
  let near = 0;
  for (let at = 0; at < rgb.length; at += 3) {
    const d =
      Math.abs(rgb[at]! - background[0]) +
      Math.abs(rgb[at + 1]! - background[1]) +
      Math.abs(rgb[at + 2]! - background[2]);
    if (d > 24) continue;
    near++;
    if (d === 0) exact++;
  }
  return near === 0 ? 0 : Math.min(1, Math.max(0, (near - exact) / near - 0.15) * 1.5);
}

/** Marks the pixels of grid lines; the layout's and those that run straight over the whole area. Returns their colour. */
function* removeGrid(
  crop: Crop,
  panel: PanelLayout,
  kinds: Uint8Array,
  background: Rgb,
  noise: number,
): Steps<Rgb | null> {
  const { width, height, area } = crop;
  const found: Rgb[] = [];
  for (const vertical of [true, false]) {
    const told = (vertical ? panel.grid.x : panel.grid.y).map((at) => at - (vertical ? area.left : area.top));
    const lines = yield* straightLines(crop, kinds, background, vertical, told);
    for (const line of lines) {
      found.push(line.color);
      const size = vertical ? height : width;
      for (let at = line.from; at < line.to; at++) {
        yield;
        const index = (k: number) => (vertical ? k * width + at : at * width + k);
        const hits = new Uint8Array(size);
        for (let k = 0; k < size; k++) {
          const i = index(k);
          if (kinds[i] !== MARKED) continue;
          const { t, off } = along(colorAt(crop.rgb, i), background, line.color);
          const play = 14 / Math.max(1, distance(background, line.color));
          // on the other side of the ground lies another ink: a dark whisker on a white line
          if (off < 14 * (1 + noise) && t > -play && t < 1 + play) hits[k] = 1;
        }
        withoutStrokes(hits);
        for (let k = 0; k < size; k++) if (hits[k]) kinds[index(k)] = GRID;
      }
    }
  }
  if (found.length === 0) return panel.grid.color;
  return found.sort((a, b) => distance(b, background) - distance(a, background))[0]!;
}

/** Clears what is far longer than the dots of a dotted line and does not grow out of the frame as a tick does: a stroke along it. */
function withoutStrokes(hits: Uint8Array): void {
  const size = hits.length;
  const runs: Array<[from: number, to: number]> = [];
  for (let k = 0; k < size; k++) {
    if (!hits[k]) continue;
    const from = k;
    while (k < size && hits[k]) k++;
    runs.push([from, k]);
  }
  if (runs.length < LEAST_DOTS) return;
  const usual = runs.map(([from, to]) => to - from).sort((a, b) => a - b)[runs.length >> 1]!;
  for (const [from, to] of runs)
    if (to - from > Math.max(8, 6 * usual) && from > 2 && to < size - 2) hits.fill(0, from, to);
}

interface StraightLine {
  from: number;
  to: number;
  color: Rgb;
}

/** Straight thin grey lines over the whole area, and the layout's lines; `from` and `to` span their blurred edges. */
function* straightLines(
  crop: Crop,
  kinds: Uint8Array,
  background: Rgb,
  vertical: boolean,
  told: number[],
): Steps<StraightLine[]> {
  const { width, height } = crop;
  const across = vertical ? width : height;
  const size = vertical ? height : width;
  const widest = Math.max(3, Math.ceil(Math.min(width, height) / 90));
  const index = (at: number, k: number) => (vertical ? k * width + at : at * width + k);
  const candidates: Array<{ share: number; color: Rgb } | null> = [];
  for (let at = 0; at < across; at++) {
    yield;
    const isTold = told.some((line) => Math.abs(line - at - 0.5) <= 1.5);
    candidates.push(lineAt(crop, kinds, background, (k) => index(at, k), size, isTold ? 0.25 : GRID_SHARE));
  }
  const lines: StraightLine[] = [];
  for (let at = 0; at < across; at++) {
    if (!candidates[at]) continue;
    let to = at;
    let color = candidates[at]!.color;
    while (to < across && candidates[to]) {
      if (distance(candidates[to]!.color, background) > distance(color, background)) color = candidates[to]!.color;
      to++;
    }
    // wider is no line but a bar or a filled area
    if (to - at <= widest) lines.push({ from: Math.max(0, at - 1), to: Math.min(across, to + 1), color });
    at = to;
  }
  return lines;
}

/** The grey that a row or column is drawn in from end to end, where it is one. */
function lineAt(
  { rgb }: Crop,
  kinds: Uint8Array,
  background: Rgb,
  index: (k: number) => number,
  size: number,
  share: number,
): { share: number; color: Rgb } | null {
  let drawn = 0;
  for (let k = 0; k < size; k++) if (kinds[index(k)] === MARKED) drawn++;
  if (drawn < Math.min(share, DOTTED_SHARE) * size || drawn === 0) return null;
  const key = spreadColor((k) => {
    const i = index(k);
    return kinds[i] === MARKED
      ? ((rgb[3 * i]! >> 3) << 10) | ((rgb[3 * i + 1]! >> 3) << 5) | (rgb[3 * i + 2]! >> 3)
      : -1;
  }, size);
  const mode: Rgb = [((key >> 10) << 3) + 4, (((key >> 5) & 31) << 3) + 4, ((key & 31) << 3) + 4];
  let count = 0;
  const sum: Rgb = [0, 0, 0];
  const ends = [0, 0];
  let covered = 0;
  let soft = 0;
  const edge = Math.max(4, Math.round(size / 25));
  for (let k = 0; k < size; k++) {
    const i = index(k);
    const p = colorAt(rgb, i);
    const blur = along(p, background, mode);
    if (blur.t > 0.3 && blur.t < 0.9 && blur.off < 14) soft++;
    if (distance(p, mode) > 14) {
      if (kinds[i] === MARKED && chroma(p) - chroma(background) > 40) covered++;
      continue;
    }
    count++;
    for (let c = 0; c < 3; c++) sum[c]! += p[c]!;
    if (k < edge) ends[0] = 1;
    if (k >= size - edge) ends[1] = 1;
  }
  const color: Rgb = [sum[0] / count, sum[1] / count, sum[2] / count];
  // a dark line that leaves ground bare is the whisker of a box between two tick marks
  if (distance(mode, background) > DARK && longestGap((k) => kinds[index(k)] === EMPTY, size) >= LEAST_GAP * size)
    return null;
  if (chroma(color) > chroma(background) + 30 || !(ends[0] && ends[1])) return null;
  const drawnOn = count >= 5 && count + soft >= share * (size - Math.min(covered, 0.8 * size));
  return drawnOn || isDotted(size, (k) => distance(colorAt(rgb, index(k)), mode) <= 14)
    ? { share: count / size, color }
    : null;
}

/**
 * Of the colours (-1: none) along a line the one that is found in most of its parts, then the more frequent: a dark whisker on a
 * pale dotted grid line has more pixels than its dots, but not from end to end.
 */
function spreadColor(colorOf: (k: number) => number, size: number): number {
  const found = new Map<number, { parts: Set<number>; count: number }>();
  for (let k = 0; k < size; k++) {
    const color = colorOf(k);
    if (color < 0) continue;
    const seen = found.get(color) ?? { parts: new Set<number>(), count: 0 };
    found.set(color, seen);
    seen.parts.add(Math.floor((LINE_PARTS * k) / size));
    seen.count++;
  }
  return [...found].sort(([, a], [, b]) => b.parts.size - a.parts.size || b.count - a.count)[0]![0];
}

function longestGap(isEmpty: (k: number) => boolean, size: number): number {
  let [gap, longest] = [0, 0];
  for (let k = 0; k < size; k++) {
    gap = isEmpty(k) ? gap + 1 : 0;
    longest = Math.max(longest, gap);
  }
  return longest;
}

/** Whether a row is of dots or dashes, all alike, all as far apart: a dotted grid line. */
function isDotted(size: number, drawn: (k: number) => boolean): boolean {
  const runs: Array<[from: number, to: number]> = [];
  for (let k = 0; k < size; k++) {
    if (!drawn(k)) continue;
    const from = k;
    while (k < size && drawn(k)) k++;
    runs.push([from, k]);
  }
  if (runs.length < LEAST_DOTS) return false;
  const near = (values: number[]) => {
    const usual = [...values].sort((a, b) => a - b)[values.length >> 1]!;
    return values.filter((v) => Math.abs(v - usual) <= 1).length / values.length;
  };
  return (
    near(runs.map(([from, to]) => to - from)) > 0.85 &&
    near(runs.slice(1).map(([from], k) => from - runs[k]![0])) > 0.85
  );
}

/** Rows and columns at the very edge that are drawn from end to end in a grey are the frame's blur. */
function removeBorder({ width, height, rgb }: Crop, kinds: Uint8Array): void {
  const clear = (index: (k: number) => number, size: number): boolean => {
    let grey = 0;
    for (let k = 0; k < size; k++) {
      const i = index(k);
      if (kinds[i] !== EMPTY && chroma(colorAt(rgb, i)) < 30) grey++;
    }
    if (grey < 0.85 * size) return false;
    for (let k = 0; k < size; k++) if (chroma(colorAt(rgb, index(k))) < 30) kinds[index(k)] = GRID;
    return true;
  };
  for (let depth = 0; depth < 3 && 2 * depth < Math.min(width, height); depth++) {
    clear((k) => depth * width + k, width);
    clear((k) => (height - 1 - depth) * width + k, width);
    clear((k) => k * width + depth, height);
    clear((k) => k * width + width - 1 - depth, height);
  }
}
