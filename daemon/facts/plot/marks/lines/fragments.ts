import type { Steps } from '../../steps';
import type { Run } from './columnRuns';

/** Runs of neighbouring columns that touch, without branching. */
export interface Fragment {
  runs: Run[];
  from: number;
  to: number;
  /** Pixels a column, at its start and its end. */
  startSlope: number;
  endSlope: number;
  ink: number;
}

/** Chains runs of neighbouring columns where each touches exactly one of the other column. Sorted by start. */
export function* fragments(columns: Run[][], fitLength: number): Steps<Fragment[]> {
  const after = new Map<Run, Run[]>();
  const before = new Map<Run, number>();
  for (let x = 0; x + 1 < columns.length; x++) {
    yield;
    for (const run of columns[x]!) {
      const next = columns[x + 1]!.filter((other) => other.top <= run.bottom && run.top <= other.bottom);
      after.set(run, next);
      for (const other of next) before.set(other, (before.get(other) ?? 0) + 1);
    }
  }
  const out: Fragment[] = [];
  const taken = new Set<Run>();
  for (const column of columns) {
    yield;
    for (const run of column) {
      if (taken.has(run)) continue;
      const runs = [run];
      taken.add(run);
      for (let last = run; ; ) {
        const next = after.get(last) ?? [];
        if (next.length !== 1 || before.get(next[0]!) !== 1 || taken.has(next[0]!)) break;
        last = next[0]!;
        taken.add(last);
        runs.push(last);
      }
      out.push(fragmentOf(runs, fitLength));
    }
  }
  return out.sort((a, b) => a.from - b.from);
}

export function fragmentOf(runs: Run[], fitLength: number): Fragment {
  return {
    runs,
    from: runs[0]!.x,
    to: runs.at(-1)!.x,
    startSlope: slopeOf(runs.slice(0, fitLength)),
    endSlope: slopeOf(runs.slice(-fitLength)),
    ink: runs.reduce((sum, run) => sum + run.length, 0),
  };
}

/** Least squares over the centres; 0 where there are too few to tell. */
function slopeOf(runs: Run[]): number {
  if (runs.length < 3) return runs.length === 2 ? runs[1]!.centre - runs[0]!.centre : 0;
  const mx = runs.reduce((sum, run) => sum + run.x, 0) / runs.length;
  const my = runs.reduce((sum, run) => sum + run.centre, 0) / runs.length;
  let up = 0;
  let down = 0;
  for (const run of runs) {
    up += (run.x - mx) * (run.centre - my);
    down += (run.x - mx) ** 2;
  }
  return up / down;
}
