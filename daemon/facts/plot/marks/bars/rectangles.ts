import type { Steps } from '../../steps';
import { BACKGROUND, UNLABELLED } from '../solid/labels';

/** A filled upright rectangle of one solid colour. Whole pixels of the raster; right and bottom exclusive. */
export interface Rectangle {
  /** Index into `SolidPixels.colors`, plus one. */
  label: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

export interface LabelMap {
  width: number;
  height: number;
  labels: Uint8Array;
}

/** The map mirrored at its diagonal. */
export function* transposeLabels({ width, height, labels }: LabelMap): Steps<LabelMap> {
  const turned = new Uint8Array(labels.length);
  for (let y = 0; y < height; y++) {
    yield;
    for (let x = 0; x < width; x++) turned[x * height + y] = labels[y * width + x];
  }
  return { width: height, height: width, labels: turned };
}

interface Run {
  label: number;
  top: number;
  bottom: number;
  filled: number;
}

interface Open extends Rectangle {
  /** Columns in which the run had both ends of the first one. */
  columns: number;
}

/**
 * Rectangles as stretches of neighbouring columns in which a colour runs from the same row to the same row (one pixel of
 * play). Text and thin lines across a run are bridged; a column or two in which an error bar hides an end are too.
 * Ordered from the left. Rectangles narrower than two pixels are left out. `bridges` false: nothing across a run is bridged.
 */
export function* findRectangles(map: LabelMap, bridges = true): Steps<Rectangle[]> {
  const closed: Rectangle[] = [];
  let open: Open[] = [];
  for (let x = 0; x < map.width; x++) {
    yield;
    const next: Open[] = [];
    const byLabel = new Map<number, Open[]>();
    for (const o of open) byLabel.get(o.label)?.push(o) ?? byLabel.set(o.label, [o]);
    for (const run of columnRuns(map, x, bridges)) {
      const match = byLabel.get(run.label)?.find((o) => near(o.top, run.top) && near(o.bottom, run.bottom));
      if (match && match.right === x) {
        match.right = x + 1;
        next.push(match);
      } else next.push({ label: run.label, left: x, right: x + 1, top: run.top, bottom: run.bottom, columns: 1 });
    }
    for (const o of open) if (o.right === x) closed.push(o);
    open = next;
  }
  closed.push(...open);
  return (yield* mergeAcross(map, closed)).filter((r) => r.right - r.left >= 2);
}

function near(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1;
}

/** Runs of each solid colour down a column; gaps as high as a line of text are bridged where little is missing. */
function columnRuns({ width, height, labels }: LabelMap, x: number, bridges: boolean): Run[] {
  const most = bridges ? Math.max(6, Math.min(26, Math.round(height * 0.05))) : 0;
  const runs: Run[] = [];
  const last = new Map<number, Run>();
  for (let y = 0; y < height; ) {
    const label = labels[y * width + x];
    let end = y + 1;
    while (end < height && labels[end * width + x] === label) end++;
    if (label !== BACKGROUND && label !== UNLABELLED) {
      const before = last.get(label);
      const gap = before ? y - before.bottom : 0;
      if (before && gap <= most && gap <= 0.6 * (before.filled + end - y) && !broken(runs, before)) {
        before.bottom = end;
        before.filled += end - y;
      } else {
        const run = { label, top: y, bottom: end, filled: end - y };
        runs.push(run);
        last.set(label, run);
      }
    }
    y = end;
  }
  // only what was bridged can hold another run
  const bridged = runs.filter((run) => run.filled < run.bottom - run.top);
  return bridged.length === 0
    ? runs
    : runs.filter((run) => !bridged.some((other) => other !== run && inside(run, other)));
}

/** Whether a longer run of another colour has begun since: then it is no text across `run` but another rectangle. */
function broken(runs: Run[], run: Run): boolean {
  for (let i = runs.length - 1; i >= 0 && runs[i] !== run; i--) if (runs[i].filled >= 5) return true;
  return false;
}

function inside(run: Run, other: Run): boolean {
  return run.top >= other.top && run.bottom <= other.bottom && run.filled < other.filled;
}

/** Joins rectangles of one colour and height where the few columns between them hold that colour in part. */
function* mergeAcross(map: LabelMap, rectangles: Rectangle[]): Steps<Rectangle[]> {
  const widest = Math.max(4, Math.round(map.width * 0.02));
  const ordered = [...rectangles].sort((a, b) => a.left - b.left);
  const out: Rectangle[] = [];
  // by label and top: only those of one height, near by, are looked at
  const recent = new Map<number, Rectangle[]>();
  const keyOf = (label: number, top: number) => label * (map.height + 2) + top + 1;
  for (const [k, r] of ordered.entries()) {
    if ((k & 63) === 0) yield;
    const candidates = [-1, 0, 1]
      .flatMap((play) => recent.get(keyOf(r.label, r.top + play)) ?? [])
      .filter((o) => near(o.bottom, r.bottom) && r.left >= o.right && r.left - o.right <= widest);
    const before = candidates.reduce<Rectangle | undefined>((a, o) => (!a || o.right > a.right ? o : a), undefined);
    if (before && (r.left === before.right || sharedBetween(map, before, r) >= 0.3)) before.right = r.right;
    else {
      const added = { label: r.label, left: r.left, right: r.right, top: r.top, bottom: r.bottom };
      out.push(added);
      const key = keyOf(r.label, r.top);
      recent.set(key, [...(recent.get(key) ?? []).filter((o) => r.left - o.right <= widest), added]);
    }
  }
  return out;
}

function sharedBetween({ width, labels }: LabelMap, a: Rectangle, b: Rectangle): number {
  let same = 0;
  let all = 0;
  for (let x = a.right; x < b.left; x++) {
    for (let y = a.top; y < a.bottom; y++) {
      all++;
      if (labels[y * width + x] === a.label) same++;
    }
  }
  return all === 0 ? 0 : same / all;
}
