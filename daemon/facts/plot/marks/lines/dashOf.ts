import type { Run } from './columnRuns';

/** Dashes along a line, in pixels along it and as the drawn share. */
export interface Dash {
  period: number;
  duty: number;
  /** Drawn lengths that repeat: 1 for dashes or dots, 2 for dash-dot. */
  lengths: number;
}

/** The rhythm of ink and gaps along a path; undefined for a solid line. */
export function dashOf(runs: Run[], stroke: number): Dash | undefined {
  const pieces: Array<{ from: number; to: number; y0: number; y1: number }> = [];
  for (const run of runs) {
    const last = pieces.at(-1);
    const joined = last && run.x === last.to + 1 && Math.abs(run.centre - last.y1) < run.length + 2 * stroke;
    if (joined) {
      last.to = run.x;
      last.y1 = run.centre;
    } else pieces.push({ from: run.x, to: run.x, y0: run.centre, y1: run.centre });
  }
  if (pieces.length < 6) return undefined;
  const inked = pieces.map((p) => Math.hypot(p.to - p.from + 1, p.y1 - p.y0));
  const gaps = pieces.slice(1).map((p, k) => Math.hypot(p.from - pieces[k]!.to - 1, p.y0 - pieces[k]!.y1));
  const gap = median(gaps);
  const drawn = median(inked);
  if (gap < 0.5) return undefined;
  // a line that other marks cut now and then has long pieces of any length
  const regular = gaps.filter((g) => Math.abs(g - gap) <= 0.35 * gap + 1.5).length / gaps.length;
  if (regular < 0.6 || drawn > 30 * stroke) return undefined;
  const [short, long] = [quantile(inked, 0.25), quantile(inked, 0.75)];
  const two = long > 2 * short + stroke;
  const total = inked.reduce((a, b) => a + b, 0) + gaps.reduce((a, b) => a + b, 0);
  const period = (total / pieces.length) * (two ? 2 : 1);
  return { period, duty: inked.reduce((a, b) => a + b, 0) / total, lengths: two ? 2 : 1 };
}

function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(share * (sorted.length - 1))]!;
}

function median(values: number[]): number {
  return quantile(values, 0.5);
}
