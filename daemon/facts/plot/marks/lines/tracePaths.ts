import type { Steps } from '../../steps';
import type { ColorLayer, PanelPixels } from '../colorLayers';
import { columnRuns, type Run } from './columnRuns';
import { type Fragment, fragmentOf, fragments } from './fragments';

/** One line's runs from left to right, at most one a column. */
export interface Path {
  runs: Run[];
  /** Columns that only this path has. */
  own: number;
}

/** More tracks of one colour than this are no lines. */
const MOST_TRACKS = 8;
const MOST_FRAGMENTS = 3000;

/**
 * The lines of one colour. A line has one run a column; dashes, gaps and what hides it break it into fragments. The
 * best chain of fragments is found by dynamic programming: every column that it covers counts for it, every jump,
 * gap and change of direction against it. What is left over is traced again: a second line of the same colour.
 */
export function* tracePaths(pixels: PanelPixels, layer: ColorLayer, stroke: number): Steps<Path[]> {
  const { width, height } = pixels;
  const columns = yield* columnRuns(layer, width, height);
  const fit = Math.max(4, Math.round(3 * stroke));
  const pieces = (yield* fragments(columns, fit)).slice(0, MOST_FRAGMENTS);
  const hidden = (x: number, y: number) => {
    const at = Math.floor(y) * width + Math.floor(x);
    return pixels.foreground[at] === 1 && layer.coverage[at]! < 0.3;
  };
  const single = yield* bestChain(pieces, new Set(), stroke, hidden, false);
  if (single.length === 0) return [];
  const first = toPath(single, new Set());
  const spare = unusedColumns(pieces, first, stroke);
  if (spare < 0.3 * first.runs.length) return [first];
  return (yield* severalPaths(pieces, stroke, hidden, fit)) ?? [first];
}

/** Columns with ink well off the path. */
function unusedColumns(pieces: Fragment[], path: Path, stroke: number): number {
  const at = new Map(path.runs.map((run) => [run.x, run]));
  const columns = new Set<number>();
  for (const { runs } of pieces) {
    if (runs.length < 2 * stroke) continue;
    for (const run of runs) {
      const own = at.get(run.x);
      if (own !== run && (!own || run.bottom < own.top - stroke || run.top > own.bottom + stroke)) columns.add(run.x);
    }
  }
  return columns.size;
}

/** Traces again and again, with crossings cut out so that each line goes straight on. */
function* severalPaths(
  pieces: Fragment[],
  stroke: number,
  hidden: (x: number, y: number) => boolean,
  fit: number,
): Steps<Path[] | undefined> {
  const clear = pieces.filter((piece) => piece.runs.length > 2 * stroke || isDash(piece, stroke));
  const usable = clear.map((piece) => fragmentOf(piece.runs, fit));
  const used = new Set<Fragment>();
  const paths: Path[] = [];
  while (paths.length < MOST_TRACKS) {
    const chain = yield* bestChain(usable, used, stroke, hidden, true);
    const path = toPath(chain, used);
    if (path.own < 12 || (paths[0] && path.own < 0.25 * paths[0].own)) break;
    for (const piece of chain) used.add(piece);
    paths.push(path);
  }
  return paths.length > 0 ? paths : undefined;
}

/** Short but no thicker than the stroke allows: a dot or dash, not a crossing. */
function isDash(piece: Fragment, stroke: number): boolean {
  return piece.runs.every((run) => run.length < 1.8 * stroke);
}

function toPath(chain: Fragment[], used: Set<Fragment>): Path {
  return {
    runs: chain.flatMap((piece) => piece.runs),
    own: chain.reduce((sum, piece) => sum + (used.has(piece) ? 0 : piece.runs.length), 0),
  };
}

/** The chain of fragments that covers most columns at least cost. `straight`: bends between fragments cost more. */
function* bestChain(
  pieces: Fragment[],
  used: Set<Fragment>,
  stroke: number,
  hidden: (x: number, y: number) => boolean,
  straight: boolean,
): Steps<Fragment[]> {
  const best = new Float64Array(pieces.length);
  const from = new Int32Array(pieces.length).fill(-1);
  // the best and the furthest of the pieces up to each: what is earlier still cannot be better than these
  const bestSoFar = new Float64Array(pieces.length);
  const furthest = new Int32Array(pieces.length);
  let end = -1;
  for (let f = 0; f < pieces.length; f++) {
    yield;
    const piece = pieces[f]!;
    const worth = used.has(piece) ? 0 : worthOf(piece, stroke);
    best[f] = worth;
    for (let g = f - 1; g >= 0; g--) {
      if (bestSoFar[g]! + worth - GAP_COST * Math.max(0, piece.from - furthest[g]! - 1) <= best[f]!) break;
      const earlier = pieces[g]!;
      if (earlier.to >= piece.from || best[g]! + worth - leastCost(earlier, piece, stroke) <= best[f]!) continue;
      const total = best[g]! + worth - linkCost(earlier, piece, stroke, hidden, straight);
      if (total > best[f]!) {
        best[f] = total;
        from[f] = g;
      }
    }
    bestSoFar[f] = f > 0 ? Math.max(bestSoFar[f - 1]!, best[f]!) : best[f]!;
    furthest[f] = f > 0 ? Math.max(furthest[f - 1]!, piece.to) : piece.to;
    if (end < 0 || best[f]! > best[end]!) end = f;
  }
  const chain: Fragment[] = [];
  for (let f = end; f >= 0; f = from[f]!) chain.push(pieces[f]!);
  return chain.reverse();
}

/** Columns, and a little for tall ones, so that a steep stroke is worth more than dirt beside it. */
function worthOf(piece: Fragment, stroke: number): number {
  return piece.runs.length + Math.min(40, (0.15 * piece.ink) / stroke);
}

/** What a column without ink costs at least. */
const GAP_COST = 0.1;

/** A bound of `linkCost` from below that looks at no pixel. */
function leastCost(a: Fragment, b: Fragment, stroke: number): number {
  const [left, right] = [a.runs.at(-1)!, b.runs[0]!];
  const gap = right.x - left.x - 1;
  const apart = Math.max(0, right.top - left.bottom, left.top - right.bottom);
  return GAP_COST * gap + (apart / Math.max(1, stroke)) * (gap === 0 ? 0.6 : 0.25) * 0.3;
}

function linkCost(
  a: Fragment,
  b: Fragment,
  stroke: number,
  hidden: (x: number, y: number) => boolean,
  straight: boolean,
): number {
  const [left, right] = [a.runs.at(-1)!, b.runs[0]!];
  const gap = right.x - left.x - 1;
  const apart = Math.max(0, right.top - left.bottom, left.top - right.bottom);
  // across no gap only the jump counts; a jump that something hides is cheaper
  const dy = right.centre - left.centre;
  const slope = dy / (gap + 1);
  const steps = Math.max(1, Math.min(60, gap + Math.round(apart)));
  let bare = 0;
  for (let k = 1; k <= steps; k++) {
    const t = k / (steps + 1);
    if (!hidden(left.x + 0.5 + t * (gap + 1), left.centre + t * dy)) bare++;
  }
  const open = bare / steps;
  // how far each end, drawn on, misses the other
  const reach = gap + 1;
  const miss =
    a.runs.length > 2 && b.runs.length > 2
      ? Math.min(missOf(a.endSlope, slope, reach), missOf(b.startSlope, slope, reach))
      : 0;
  const bend = straight
    ? 0.6 *
        Math.min(
          60,
          a.runs.length > 2 && b.runs.length > 2
            ? (missOf(a.endSlope, slope, reach) + missOf(b.startSlope, slope, reach)) / 2
            : 0,
        ) +
      4 * Math.abs(Math.atan(a.endSlope) - Math.atan(b.startSlope))
    : 0.1 * Math.min(60, miss);
  return (
    gap * (GAP_COST + 0.35 * open) +
    (apart / Math.max(1, stroke)) * (gap === 0 ? 0.6 : 0.25) * (0.3 + 0.7 * open) +
    bend
  );
}

function missOf(slope: number, taken: number, reach: number): number {
  return Math.abs(slope - taken) * reach;
}
