import { upperMedian } from '../../../../common/median';
import type { Marker } from './marker';

/** What the markers are drawn on: area coordinates, row-major. */
interface Ink {
  coverage: Float32Array;
  width: number;
  height: number;
}

interface Chord {
  /** Ink of the stretch less what a line alone would have; 0 where there is no more. */
  excess: number;
  middle: number;
}

/** A stretch on the edge of at least this share of a marker's widest is looked at. */
const LEAST = 0.35;
/** Mean difference to a whole marker, as a share of its own ink, up to which it is one. */
const UNLIKE = 0.3;

/**
 * Markers that the left or right edge of the area cuts: what is left of each is laid over the outline of the `whole`
 * ones, so the centre, which may lie outside the area, is where the rest of the marker has it. Pixels of the area.
 */
export function cutMarkers(ink: Ink, whole: Marker[], stroke: number): Marker[] {
  const [w, h] = [mean(whole.map((one) => one.width)), mean(whole.map((one) => one.height))];
  const reach = Math.ceil(w / 2) + 1;
  const line = 1.3 * stroke + 0.7;
  const inside = whole.filter(({ x }) => x > reach + 1 && x < ink.width - reach - 1);
  if (inside.length < 2) return [];
  const outline: number[] = [];
  for (let d = -reach; d <= reach; d++)
    outline.push(upperMedian(inside.map(({ x, y }) => between(ink, x + d, y, h, line))));
  return [false, true].flatMap((right) =>
    edgeRuns(ink, right, LEAST * Math.max(...outline) + line).flatMap((y) => {
      const one = placed(ink, y, right, outline, reach, h, line);
      return one ? [{ ...one, width: w, height: h }] : [];
    }),
  );
}

/** Where the remains at an edge fit the outline best; undefined where they do not. */
function placed(
  ink: Ink,
  y: number,
  right: boolean,
  outline: number[],
  reach: number,
  h: number,
  line: number,
): { x: number; y: number } | undefined {
  const chords: Chord[] = [];
  for (let c = 0; c <= 2 * reach; c++)
    chords.push(chordAt(ink, right ? ink.width - 1 - c : c, y, h, line) ?? { excess: 0, middle: y });
  let best = { at: 0, cost: Number.POSITIVE_INFINITY };
  for (let at = -0.7 * reach; at <= 0.9 * reach; at += 0.1) {
    let [off, all] = [0, 0];
    chords.forEach(({ excess }, c) => {
      const model = valueAt(outline, (right ? -1 : 1) * (c + 0.5 - at) + reach);
      off += Math.abs(excess - model);
      all += model;
    });
    const cost = off / Math.max(1, all);
    if (cost < best.cost) best = { at, cost };
  }
  if (best.cost > UNLIKE) return undefined;
  const seen = chords.filter(({ excess }) => excess > 0);
  const weight = seen.reduce((sum, { excess }) => sum + excess, 0);
  return {
    x: right ? ink.width - best.at : best.at,
    y: seen.reduce((sum, { excess, middle }) => sum + excess * middle, 0) / weight,
  };
}

/** Middles of the stretches on an edge that are longer than a line's. */
function edgeRuns({ coverage, width, height }: Ink, right: boolean, least: number): number[] {
  const x = right ? width - 1 : 0;
  const out: number[] = [];
  for (let y = 0; y < height; y++) {
    const top = y;
    while (y < height && coverage[y * width + x]! >= 0.3) y++;
    if (y - top >= least) out.push((top + y) / 2);
  }
  return out;
}

/** The stretch of column `x` nearest to height `y`. */
function chordAt({ coverage, width, height }: Ink, x: number, y: number, h: number, line: number): Chord | undefined {
  if (x < 0 || x >= width) return undefined;
  let at = -1;
  for (let d = 0; d <= h / 2 && at < 0; d++)
    for (const row of [Math.floor(y) - d, Math.floor(y) + d])
      if (at < 0 && row >= 0 && row < height && coverage[row * width + x]! >= 0.3) at = row;
  if (at < 0) return undefined;
  let [sum, moment] = [0, 0];
  const add = (row: number) => {
    const share = coverage[row * width + x]!;
    sum += share;
    moment += share * (row + 0.5);
  };
  const held = (row: number) => row >= 0 && row < height && coverage[row * width + x]! >= 0.1;
  for (let row = at; held(row) && at - row <= h; row--) add(row);
  for (let row = at + 1; held(row) && row - at <= h; row++) add(row);
  return { excess: Math.max(0, sum - line), middle: moment / sum };
}

/** Excess at a place between the middles of two columns. */
function between(ink: Ink, x: number, y: number, h: number, line: number): number {
  const left = Math.floor(x - 0.5);
  const share = x - 0.5 - left;
  const of = (column: number) => chordAt(ink, column, y, h, line)?.excess ?? 0;
  return (1 - share) * of(left) + share * of(left + 1);
}

function valueAt(values: number[], at: number): number {
  const low = Math.floor(at);
  const [a, b] = [values[low] ?? 0, values[low + 1] ?? 0];
  return a + (at - low) * (b - a);
}

function mean(values: number[]): number {
  return values.reduce((sum, one) => sum + one, 0) / values.length;
}
