import type { Steps } from '../../steps';
import type { Rectangle } from './rectangles';

/** Rectangles over (or under) one another at one place of the category axis, from the baseline outwards. */
export interface Stack {
  left: number;
  right: number;
  /** Above the baseline, from it upwards. */
  up: Rectangle[];
  /** Below the baseline, from it downwards. */
  down: Rectangle[];
}

/** Upright bars on one baseline. Pixels of the raster. */
export interface BarLayout {
  baseline: number;
  stacks: Stack[];
  /** Pixels in bars, and pixels in any solid colour. */
  covered: number;
  /** Rectangles on no stack, pixels. */
  loose: number;
}

/**
 * Share of the touching neighbours whose ends lie three pixels or more apart: 1 for bars, and for bins but a few; near 0
 * for the slope of a filled curve, which falls into narrow steps of a pixel or two.
 */
export function stepsShare({ stacks }: BarLayout): number {
  let touching = 0;
  let apart = 0;
  stacks.slice(1).forEach((stack, i) => {
    const before = stacks[i];
    if (stack.left - before.right > 2) return;
    touching++;
    const ends = (s: Stack) => [s.up[s.up.length - 1]?.top, s.down[s.down.length - 1]?.bottom];
    const [a, b] = [ends(before), ends(stack)];
    if (a.some((end, k) => (end === undefined) !== (b[k] === undefined) || Math.abs((end ?? 0) - (b[k] ?? 0)) >= 3))
      apart++;
  });
  return touching === 0 ? 1 : apart / touching;
}

/** Share of the neighbours that lie over one another: 0 for bars, more for the steps into which a slope falls. */
export function overlapShare({ stacks }: BarLayout): number {
  const over = stacks.slice(1).filter(({ left }, i) => stacks[i].right - left > 2).length;
  return stacks.length < 2 ? 0 : over / (stacks.length - 1);
}

/** Play between the end of one bar and the start of the next, for outlines, as pixels. */
const JOINT = 4;

/**
 * The bars among `rectangles`: those that stand on the baseline, or on one that does. `preferred`: rows where the value is
 * zero or the axis ends; a baseline is looked for there first. Null where no baseline is shared.
 */
export function* layoutBars(rectangles: Rectangle[], preferred: number[], tolerance = 3): Steps<BarLayout | null> {
  if (rectangles.length === 0) return null;
  const baseline = yield* findBaseline(rectangles, preferred, tolerance);
  if (baseline === null) return null;
  const stacks: Stack[] = [];
  const used = new Set<Rectangle>();
  for (const r of [...rectangles].sort((a, b) => b.right - b.left - (a.right - a.left))) {
    yield;
    if (used.has(r)) continue;
    const up = Math.abs(r.bottom - baseline) <= tolerance;
    const down = Math.abs(r.top - baseline) <= tolerance;
    if (!up && !down) continue;
    used.add(r);
    let stack = stacks.find((s) => sameColumn(s, r));
    if (!stack) {
      stack = { left: r.left, right: r.right, up: [], down: [] };
      stacks.push(stack);
    }
    // a bar of next to no height touches the baseline with both ends
    const list = up && (!down || r.bottom - baseline <= baseline - r.top) ? stack.up : stack.down;
    list.push(r);
  }
  for (const stack of stacks) {
    yield;
    grow(stack, stack.up, rectangles, used, true);
    grow(stack, stack.down, rectangles, used, false);
  }
  stacks.sort((a, b) => a.left - b.left);
  const size = (r: Rectangle) => (r.right - r.left) * (r.bottom - r.top);
  const covered = [...used].reduce((sum, r) => sum + size(r), 0);
  const loose = rectangles.reduce((sum, r) => sum + (used.has(r) ? 0 : size(r)), 0);
  return { baseline, stacks, covered, loose };
}

/** Adds what stands on the stack's last rectangle, as long as there is something. */
function grow(stack: Stack, list: Rectangle[], all: Rectangle[], used: Set<Rectangle>, up: boolean): void {
  for (;;) {
    const last = list[list.length - 1];
    if (!last) return;
    const next = all.find(
      (r) => !used.has(r) && sameColumn(stack, r) && Math.abs(up ? r.bottom - last.top : r.top - last.bottom) <= JOINT,
    );
    if (!next) return;
    used.add(next);
    list.push(next);
  }
}

function sameColumn(a: { left: number; right: number }, b: { left: number; right: number }): boolean {
  const play = Math.max(2, 0.1 * Math.min(a.right - a.left, b.right - b.left));
  return Math.abs(a.left - b.left) <= play && Math.abs(a.right - b.right) <= play;
}

/** Share of the columns with rectangles that must stand on a preferred row for it to be taken outright. */
const CLEAR = 0.4;

function* findBaseline(rectangles: Rectangle[], preferred: number[], tolerance: number): Steps<number | null> {
  const columns = columnsOf(rectangles);
  const score = (row: number, ends: Rectangle[][]) => {
    const touching = [
      ...ends[0].filter((r) => Math.abs(r.bottom - row) <= tolerance),
      ...ends[1].filter((r) => Math.abs(r.top - row) <= tolerance),
    ];
    return columnsOf(touching) / columns;
  };
  for (const row of preferred) {
    if (score(row, [rectangles, rectangles]) >= CLEAR) return refine(rectangles, row, tolerance);
  }
  const free: [Rectangle[], Rectangle[]] = [[], []];
  for (const r of rectangles) {
    yield;
    if (!rectangles.some((o) => o !== r && adjoins(r, o, r.bottom, o.top))) free[0].push(r);
    if (!rectangles.some((o) => o !== r && adjoins(r, o, r.top, o.bottom))) free[1].push(r);
  }
  let best: number | null = null;
  let most = 0.12;
  for (const row of new Set([...free[0].map((r) => r.bottom), ...free[1].map((r) => r.top)])) {
    yield;
    const s = score(row, free);
    if (s > most) [best, most] = [row, s];
  }
  return best === null ? null : refine(rectangles, best, tolerance);
}

function adjoins(a: Rectangle, b: Rectangle, end: number, start: number): boolean {
  return (
    Math.abs(end - start) <= JOINT && Math.min(a.right, b.right) - Math.max(a.left, b.left) > 0.5 * (a.right - a.left)
  );
}

/** Number of columns in which there is a rectangle. */
function columnsOf(rectangles: Rectangle[]): number {
  const ordered = [...rectangles].sort((a, b) => a.left - b.left);
  let sum = 0;
  let end = Number.NEGATIVE_INFINITY;
  for (const r of ordered) {
    sum += Math.max(0, r.right - Math.max(end, r.left));
    end = Math.max(end, r.right);
  }
  return sum;
}

/** The row at which most ends near `row` lie. */
function refine(rectangles: Rectangle[], row: number, tolerance: number): number {
  const votes = new Map<number, number>();
  for (const r of rectangles) {
    for (const end of [r.bottom, r.top]) {
      if (Math.abs(end - row) <= tolerance) votes.set(end, (votes.get(end) ?? 0) + r.right - r.left);
    }
  }
  let best = row;
  let most = 0;
  for (const [end, weight] of votes) if (weight > most) [best, most] = [end, weight];
  return best;
}
