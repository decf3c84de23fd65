import type { Run } from './columnRuns';

/** Where a line runs in the middle of a column, area coordinates. */
export interface Sample {
  x: number;
  y: number;
}

/**
 * The line's height in each column that has ink. A run of a steep piece spans what the line passes in its column, so
 * its middle is right; at a peak or in a valley the line turns inside the run, and lies half a stroke inside its end.
 */
export function pathSamples(runs: Run[], stroke: number): Sample[] {
  const reach = Math.max(2, Math.round(0.6 * stroke));
  return runs.map((run, i) => {
    const before = neighbour(runs, i, -1);
    const after = neighbour(runs, i, 1);
    const x = run.x + 0.5;
    if (!before || !after || run.length < 1.5 * stroke) return { x, y: run.centre };
    const least = 0.35 * stroke;
    const [p, q] = [before.centre - run.centre, after.centre - run.centre];
    if ((p > least && q > least) || turns(runs, i, reach, stroke, inkTop))
      return { x, y: Math.min(run.centre, inkTop(run) + stroke / 2) };
    if ((p < -least && q < -least) || turns(runs, i, reach, stroke, (other) => -inkBottom(other)))
      return { x, y: Math.max(run.centre, inkBottom(run) - stroke / 2) };
    return { x, y: run.centre };
  });
}

/**
 * Whether `end` is least at run `i` among the columns within `reach`, and clearly greater at both ends of them, where
 * the line is still steep: an upright, as of an error bar, stands out by itself.
 */
function turns(runs: Run[], i: number, reach: number, stroke: number, end: (run: Run) => number): boolean {
  const own = end(runs[i]!);
  for (const step of [-1, 1] as const) {
    for (let k = 1; k <= reach; k++) {
      const other = runs[i + step * k];
      if (!other || Math.abs(other.x - runs[i]!.x) > reach + 1) return false;
      const more = end(other) - own;
      if (more < 0 || (more === 0 && step < 0)) return false;
      if (k === reach && (more < 0.35 * stroke || other.length < 1.5 * stroke)) return false;
    }
  }
  return true;
}

/** Upper end of the ink: the run's centre is that of its mass, so its ends lie half its ink away. */
function inkTop(run: Run): number {
  return run.centre - run.length / 2;
}

function inkBottom(run: Run): number {
  return run.centre + run.length / 2;
}

function neighbour(runs: Run[], i: number, step: number): Run | undefined {
  const other = runs[i + step];
  return other && Math.abs(other.x - runs[i]!.x) <= 2 ? other : undefined;
}
