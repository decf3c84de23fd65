import type { Rgb } from '../../../media/plot';
import type { FlatImage } from '../../image/flatten';
import type { Steps } from '../steps';
import { difference, differenceAt, differenceBetween } from './raster';

/** A straight upright or level line: a spine, an axis or a grid line. */
export interface StraightLine {
  /** Middle of its thickness: y of a level line, x of an upright one; pixel centres at .5. */
  at: number;
  /** First row or column that it covers, and the one after its last. */
  near: number;
  far: number;
  /** Ends along it; `to` is exclusive. */
  from: number;
  to: number;
  /** Of its strongest row or column. */
  color: Rgb;
  /** Share of its length that is drawn (the rest is hidden by marks). */
  cover: number;
}

/** Pixels of one row (or column) with one colour that are no part of a filled area. */
interface Run {
  from: number;
  to: number;
  color: Rgb;
}

/** Channels of two pixels of one flat colour differ by at most this. */
const SAME = 5;

/**
 * Lines along x (`upright` false) or along y, at least `least` pixels long. A row counts where a run of one colour
 * differs from what lies some pixels above and below it; neighbouring rows make one line.
 */
export function* findLines(image: FlatImage, upright: boolean, least: number, background: Rgb): Steps<StraightLine[]> {
  const along = upright ? image.height : image.width;
  const across = upright ? image.width : image.height;
  const reach = thickest(image) + 1;
  const shortest = Math.max(8, Math.round(0.015 * along));
  const open: StraightLine[] = [];
  const done: StraightLine[] = [];
  for (let j = 0; j < across; j++) {
    yield;
    const isEmpty = emptyGap(image, upright, j, background, 0.025 * along);
    const rows = joinRuns(thinRuns(image, upright, j, shortest, reach), isEmpty).filter((r) => r.to - r.from >= least);
    // what lies beyond the picture's edge is not known: a narrow margin there is no line
    const isEdge = j < reach || j + reach >= across;
    for (const row of rows) if (!isEdge || difference(row.color, background) > SAME) extend(open, row, j);
    for (let i = open.length - 1; i >= 0; i--) if (open[i]!.far < j) done.push(...open.splice(i, 1));
  }
  done.push(...open);
  const lines = done.filter((line) => line.far - line.near <= reach);
  yield;
  for (const line of lines) line.at = weightedCenter(image, upright, line);
  return lines.sort((a, b) => a.at - b.at);
}

/** Thickest line that is not a filled area, in pixels. */
export function thickest({ width, height }: { width: number; height: number }): number {
  return Math.max(4, Math.round(0.0045 * Math.max(width, height)));
}

function thinRuns(image: FlatImage, upright: boolean, j: number, shortest: number, reach: number): Run[] {
  const { width, height, rgb } = image;
  const along = upright ? height : width;
  const across = upright ? width : height;
  const step = upright ? width : 1;
  const start = upright ? j : j * width;
  const before = j - reach >= 0 ? -reach * (upright ? 1 : width) : null;
  const after = j + reach < across ? reach * (upright ? 1 : width) : null;
  const runs: Run[] = [];
  let from = 0;
  for (let i = 1; i <= along; i++) {
    if (i < along && differenceBetween(rgb, start + i * step, start + from * step) <= SAME) continue;
    if (i - from >= shortest) {
      const [first, last] = trimmedEnds(rgb, start, step, from, i, before, after);
      if (last - first >= shortest && isThin(rgb, start, step, first, last, before, after))
        for (const [a, b] of partedByGround(rgb, start, step, first, last, before, after, reach))
          if (b - a >= shortest) runs.push({ from: a, to: b, color: pixel(rgb, start + ((a + b) >> 1) * step) });
    }
    from = i;
  }
  return runs;
}

/** Whether a pixel has its colour on both sides. */
const isFlat = (rgb: Uint8Array, at: number, before: number | null, after: number | null): boolean =>
  (before === null || differenceBetween(rgb, at, at + before) <= SAME) &&
  (after === null || differenceBetween(rgb, at, at + after) <= SAME);

/** Pieces of a run between stretches of plain ground that are longer than a crossing line is thick: there it ends. */
function partedByGround(
  rgb: Uint8Array,
  start: number,
  step: number,
  from: number,
  to: number,
  before: number | null,
  after: number | null,
  thick: number,
): Array<[number, number]> {
  const pieces: Array<[number, number]> = [];
  let [first, ground] = [from, 0];
  for (let i = from; i < to; i++) {
    if (isFlat(rgb, start + i * step, before, after)) {
      ground++;
      continue;
    }
    if (ground > thick) {
      pieces.push([first, i - ground]);
      first = i;
    }
    ground = 0;
  }
  pieces.push([first, to]);
  return pieces;
}

/** Takes off the ends of a run that have its colour on both sides: a white grid line goes on into the white margin. */
function trimmedEnds(
  rgb: Uint8Array,
  start: number,
  step: number,
  from: number,
  to: number,
  before: number | null,
  after: number | null,
): [number, number] {
  const isGround = (i: number): boolean => isFlat(rgb, start + i * step, before, after);
  let [first, last] = [from, to];
  while (first < last && isGround(first)) first++;
  while (last > first && isGround(last - 1)) last--;
  return [first, last];
}

/** Whether most of the run differs from what lies `reach` away on both sides. */
function isThin(
  rgb: Uint8Array,
  start: number,
  step: number,
  from: number,
  to: number,
  before: number | null,
  after: number | null,
): boolean {
  const samples = Math.min(24, to - from);
  let [above, below] = [0, 0];
  for (let s = 0; s < samples; s++) {
    const at = start + (from + Math.floor(((s + 0.5) * (to - from)) / samples)) * step;
    if (before === null || differenceBetween(rgb, at, at + before) > SAME) above++;
    if (after === null || differenceBetween(rgb, at, at + after) > SAME) below++;
  }
  return above >= 0.7 * samples && below >= 0.7 * samples;
}

function pixel(rgb: Uint8Array, index: number): Rgb {
  return [rgb[index * 3]!, rgb[index * 3 + 1]!, rgb[index * 3 + 2]!];
}

/**
 * Tells whether a stretch of a row shows the picture's background: then it parts two lines, and no mark hides one. Beside
 * a line in the background's own colour a few pixels say so: no mark looks like that.
 */
function emptyGap(image: FlatImage, upright: boolean, j: number, background: Rgb, least: number) {
  const step = upright ? image.width : 1;
  const start = upright ? j : j * image.width;
  return (from: number, to: number, color: Rgb): boolean => {
    if (to - from < (difference(color, background) <= SAME ? Math.min(4, least) : least)) return false;
    let empty = 0;
    for (let i = from; i < to; i++) if (differenceAt(image.rgb, start + i * step, background) <= SAME) empty++;
    return empty >= 0.7 * (to - from);
  };
}

/** Runs of one row with one colour are one line where at least half of it is drawn. */
function joinRuns(
  runs: Run[],
  isEmpty: (from: number, to: number, color: Rgb) => boolean,
): Array<Run & { drawn: number }> {
  const joined: Array<Run & { drawn: number }> = [];
  for (const run of runs) {
    const length = run.to - run.from;
    const last = joined.filter((r) => difference(r.color, run.color) <= 2 * SAME).at(-1);
    if (last && last.drawn + length >= 0.4 * (run.to - last.from) && !isEmpty(last.to, run.from, run.color)) {
      last.to = run.to;
      last.drawn += length;
    } else joined.push({ ...run, drawn: length });
  }
  return joined;
}

/** Adds a row to the line that ended at the row before with about the same ends, or starts a line. */
function extend(open: StraightLine[], row: Run & { drawn: number }, j: number): void {
  const length = row.to - row.from;
  const line = open.find(
    (l) => l.far === j && Math.min(l.to, row.to) - Math.max(l.from, row.from) >= 0.6 * Math.max(length, l.to - l.from),
  );
  if (!line) {
    open.push({
      at: j + 0.5,
      near: j,
      far: j + 1,
      from: row.from,
      to: row.to,
      color: row.color,
      cover: row.drawn / length,
    });
    return;
  }
  line.far = j + 1;
  line.cover = Math.max(line.cover, row.drawn / length);
  line.from = Math.min(line.from, row.from);
  line.to = Math.max(line.to, row.to);
}

/** Middle of the line's thickness, each row weighted by how much it differs from the rows beside the line. */
function weightedCenter(image: FlatImage, upright: boolean, line: StraightLine): number {
  const { width, height, rgb } = image;
  const across = upright ? width : height;
  let [sum, weight, strongest] = [0, 0, -1];
  for (let j = line.near - 1; j <= line.far; j++) {
    if (j < 0 || j >= across) continue;
    const strength = rowStrength(rgb, width, upright, line, j, across);
    const w = j >= line.near && j < line.far ? Math.max(1, strength.value) : strength.value > SAME ? strength.value : 0;
    sum += w * (j + 0.5);
    weight += w;
    if (strength.value > strongest) [strongest, line.color] = [strength.value, strength.color];
  }
  return weight === 0 ? (line.near + line.far) / 2 : sum / weight;
}

/** Median difference of a row of the line from the nearer of the two sides. */
function rowStrength(
  rgb: Uint8Array,
  width: number,
  upright: boolean,
  line: StraightLine,
  j: number,
  across: number,
): { value: number; color: Rgb } {
  const [lo, hi] = [Math.max(0, line.near - 2), Math.min(across - 1, line.far + 1)];
  const index = (i: number, k: number) => (upright ? i * width + k : k * width + i);
  const found: number[] = [];
  const samples = 15;
  for (let s = 0; s < samples; s++) {
    const i = line.from + Math.floor(((s + 0.5) * (line.to - line.from)) / samples);
    found.push(
      Math.min(differenceBetween(rgb, index(i, j), index(i, lo)), differenceBetween(rgb, index(i, j), index(i, hi))),
    );
  }
  const order = found.map((v, s) => [v, s] as const).sort((a, b) => a[0] - b[0]);
  const [value, at] = order[samples >> 1]!;
  return { value, color: pixel(rgb, index(line.from + Math.floor(((at + 0.5) * (line.to - line.from)) / samples), j)) };
}
