import { median } from '../../../../common/median';
import type { Run } from './columnRuns';
import type { Sample } from './pathSamples';

/** A line that only runs level and jumps upright. */
export interface Steps {
  /** Corners in order: start, then two a jump, end. Area coordinates. */
  corners: Sample[];
  /** Share of the columns that the corners' level pieces and jumps hold: low where treads are as narrow as the stroke. */
  held: number;
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
  for (const { from, to } of levels) covered += to - from + 1;
  const corners: Sample[] = [];
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
  }
  return { corners, held: (covered + jumpColumns) / Math.max(1, runs.length) };
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
  const long = levels.filter(({ ys }) => ys.length >= Math.max(3, 0.8 * stroke));
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
