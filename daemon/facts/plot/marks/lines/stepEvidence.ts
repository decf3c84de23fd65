import type { Run } from './columnRuns';

/** What speaks for a line of level pieces and upright jumps. */
export interface StepEvidence {
  /** Share of the columns that are level or in a jump; 0 where less than a quarter of them is level. */
  share: number;
  jumps: number;
}

/** A change of height per column that is none, pixels. */
const LEVEL = 0.07;

/**
 * Looks at how the height changes from column to column. A step changes over no more columns than its stroke is wide
 * (and a blurred one at each side), and in one of them the ink reaches from the old height to the new; between the
 * jumps it does not change at all. A slope changes in many columns in a row, each of little ink.
 */
export function stepEvidence(runs: Run[], stroke: number): StepEvidence {
  const changes: number[] = [];
  for (let k = 1; k < runs.length; k++) changes.push(heightChange(runs[k - 1]!, runs[k]!));
  let [level, sudden, jumps, slight] = [0, 0, 0, 0];
  const least = Math.max(1, 0.5 * stroke);
  let last = { end: -Infinity, sign: 0 };
  for (let k = 0; k < changes.length; ) {
    const sign = Math.sign(changes[k]!);
    if (Math.abs(changes[k]!) < LEVEL) {
      level++;
      k++;
      continue;
    }
    let to = k;
    let sum = 0;
    while (to < changes.length && Math.abs(changes[to]!) >= LEVEL && Math.sign(changes[to]!) === sign)
      sum += changes[to++]!;
    const tallest = Math.max(...runs.slice(k, to + 1).map((run) => run.length));
    if (Math.abs(sum) < least) slight += to - k;
    else if (to - k <= stroke + 3 && tallest >= 0.85 * Math.abs(sum) + 0.5 * stroke) {
      sudden += to - k;
      // both sides of one upright are one jump
      const same = last.sign === sign && k - last.end <= stroke + 2;
      if (!same) jumps++;
      last = { end: to, sign };
    }
    k = to;
  }
  // a change of less than half the stroke is as sudden in a curve as in a step: it tells neither
  const all = Math.max(1, changes.length - slight);
  return { share: level >= 0.25 * all ? (level + sudden) / all : 0, jumps };
}

function heightChange(a: Run, b: Run): number {
  return b.x === a.x + 1 ? b.centre - a.centre : 0;
}
