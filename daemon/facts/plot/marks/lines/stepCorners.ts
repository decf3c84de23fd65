import type { Run } from './columnRuns';
import type { Sample } from './pathSamples';

/** A line that only runs level and jumps upright. */
export interface Steps {
  /** Corners in order: start, then two a jump, end. Area coordinates. */
  corners: Sample[];
  /** Share of the columns that lie on a level piece or in a jump. */
  share: number;
  jumps: number;
  /** Mean slope inside the level pieces, pixels a column, without sign: next to 0 for true steps. */
  tilt: number;
}

interface Level {
  from: number;
  to: number;
  y: number;
  ys: number[];
}

/** Parts a path into level pieces and the jumps between. A jump is placed where its own ink stands, to less than a pixel. */
export function stepCorners(runs: Run[], stroke: number): Steps {
  const levels = levelPieces(runs, stroke);
  let covered = 0;
  let tilt = 0;
  for (const { from, to, ys } of levels) {
    covered += to - from + 1;
    tilt += Math.abs(slope(ys)) * ys.length;
  }
  const corners: Sample[] = [];
  let jumps = 0;
  let jumpColumns = 0;
  for (let k = 0; k < levels.length; k++) {
    const level = levels[k]!;
    if (k === 0) corners.push({ x: level.from, y: level.y });
    const next = levels[k + 1];
    if (!next) {
      corners.push({ x: level.to + 1, y: level.y });
      continue;
    }
    const between = runs.filter((run) => run.x > level.to && run.x < next.from);
    jumpColumns += Math.min(between.length, stroke + 2);
    const x = jumpAt(between, level, next, stroke);
    corners.push({ x, y: level.y }, { x, y: next.y });
    jumps++;
  }
  const total = runs.length || 1;
  return { corners, share: (covered + jumpColumns) / total, jumps, tilt: covered > 0 ? tilt / covered : 1 };
}

/** Stretches of runs no thicker than the stroke, all at one height. */
function levelPieces(runs: Run[], stroke: number): Level[] {
  const levels: Level[] = [];
  let current: Level | undefined;
  for (const run of runs) {
    const flat = run.length < 1.35 * stroke + 0.4;
    const near = current && Math.abs(run.centre - current.y) < 0.45 && run.x - current.to <= 4 * stroke + 6;
    if (flat && current && near) {
      current.to = run.x;
      current.ys.push(run.centre);
      current.y += (run.centre - current.y) / current.ys.length;
    } else if (flat) {
      current = { from: run.x, to: run.x, y: run.centre, ys: [run.centre] };
      levels.push(current);
    }
  }
  const long = levels.filter(({ ys }) => ys.length >= Math.max(2, 0.8 * stroke));
  return long.map((level) => ({ ...level, y: median(level.ys) }));
}

/** The middle of the upright's ink, the level pieces' own thickness taken off. */
function jumpAt(between: Run[], level: Level, next: Level, stroke: number): number {
  let mass = 0;
  let moment = 0;
  for (const run of between) {
    const own = Math.max(0, run.length - stroke);
    mass += own;
    moment += own * (run.x + 0.5);
  }
  return mass > 0 ? moment / mass : (level.to + 1 + next.from) / 2;
}

function slope(ys: number[]): number {
  const n = ys.length;
  if (n < 4) return 0;
  const mean = ys.reduce((sum, y) => sum + y, 0) / n;
  let up = 0;
  let down = 0;
  ys.forEach((y, k) => {
    up += (k - (n - 1) / 2) * (y - mean);
    down += (k - (n - 1) / 2) ** 2;
  });
  return up / down;
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
