import { fitScale } from './fitScale';

/** A piece of a label with its place on the axis. */
export interface DatePiece {
  text: string;
  pixel: number;
  slack: number;
}

export interface FoundDate {
  /** As the label would read alone. */
  text: string;
  /** Milliseconds since 1970 UTC. */
  time: number;
}

/** Fewest labels that prove a calendar. */
const LEAST = 4;

/** Least share of the characters that were read which the dates must explain. */
const EXPLAINED = 0.8;

/** Characters by which the best calendar must beat every other one. */
const MARGIN = 3;

/** Days of a month on which labels stand (Matplotlib's rules), as the distance of days or the days themselves. */
const DAYS: ReadonlyArray<readonly number[]> = [
  [1, 8, 15, 22],
  [1, 15],
  [1, 5, 9, 13, 17, 21, 25, 29],
  everyDay(3),
  everyDay(2),
  everyDay(1),
];

/** Distances of labels that do not begin anew each month, days. */
const STEPS = [2, 3, 5, 7, 10, 14];

const MONTHS = [1, 2, 3, 4, 6];

/**
 * The dates of labels that are printed over their neighbours ("2020-092020-10"), in order along a rising axis: the
 * calendar (every so many months or days) that lies on one line with the places, and of which the labels' pieces show the
 * most characters. Null where another calendar explains nearly as much: dates are not guessed.
 */
export function overprintedDates(pieces: readonly DatePiece[]): FoundDate[] | null {
  if (!arePieces(pieces.map((p) => p.text))) return null;
  const read = pieces.map((p) => p.text.replace(/[^\d-]/g, ''));
  const shown = read.reduce((sum, text) => sum + text.length, 0);
  let best: { dates: FoundDate[]; count: number } | null = null;
  let second = 0;
  for (const dates of calendars(read)) {
    if (common(read[0]!, dates[0]!.text) < 0.6 * read[0]!.length || !onOneLine(pieces, dates)) continue;
    const count = read.reduce((sum, text, i) => sum + common(text, dates[i]!.text), 0);
    if (best && isSame(best.dates, dates)) continue;
    if (!best || count > best.count) {
      second = Math.max(second, best?.count ?? 0);
      best = { dates, count };
    } else second = Math.max(second, count);
  }
  return best && best.count >= EXPLAINED * shown && best.count >= second + MARGIN ? best.dates : null;
}

/** Whether texts look like pieces of dates of numbers: digits and dashes nearly alone, and a year in one of them. */
export function arePieces(texts: readonly string[]): boolean {
  if (texts.length < LEAST) return false;
  const all = texts.join('');
  const dashed = texts.filter((t) => /\d-\d?/.test(t)).length;
  return (
    all.replace(/[^\d-]/g, '').length >= 0.75 * all.length && dashed >= 0.7 * texts.length && yearsOf(texts).length > 0
  );
}

const yearsOf = (texts: readonly string[]): number[] => [
  ...new Set(texts.flatMap((t) => [...t.matchAll(/(?=((?:19|20)\d\d)-)/g)].map((m) => Number(m[1])))),
];

/** Every calendar that may begin in a year that was read, or the one before. */
function* calendars(read: readonly string[]): Generator<FoundDate[]> {
  const years = yearsOf(read);
  const withDays = read.filter((t) => /\d-\d\d-/.test(t) || t.length > 8).length >= 0.3 * read.length;
  for (const year of new Set(years.flatMap((y) => [y, y - 1]))) {
    if (withDays) yield* ofDays(year, read.length);
    else yield* ofMonths(year, read.length);
  }
}

function* ofMonths(year: number, count: number): Generator<FoundDate[]> {
  for (const step of MONTHS)
    for (let month = 0; month < 12; month++)
      yield Array.from({ length: count }, (_, i) => dateOf(Date.UTC(year, month + i * step, 1), 7));
}

function* ofDays(year: number, count: number): Generator<FoundDate[]> {
  for (let month = 0; month < 12; month++)
    for (let day = 1; day <= new Date(Date.UTC(year, month + 1, 0)).getUTCDate(); day++) {
      for (const days of DAYS) if (days.includes(day)) yield onDays(days, year, month, day, count);
      for (const step of STEPS)
        yield Array.from({ length: count }, (_, i) => dateOf(Date.UTC(year, month, day + i * step), 10));
    }
}

/** The next `count` of the days of each month, from one of them on. */
function onDays(days: readonly number[], year: number, month: number, day: number, count: number): FoundDate[] {
  const found: FoundDate[] = [];
  for (let m = month; found.length < count; m++) {
    const last = new Date(Date.UTC(year, m + 1, 0)).getUTCDate();
    for (const d of days)
      if (d <= last && (m > month || d >= day) && found.length < count) found.push(dateOf(Date.UTC(year, m, d), 10));
  }
  return found;
}

const dateOf = (time: number, characters: number): FoundDate => ({
  time,
  text: new Date(time).toISOString().slice(0, characters),
});

function everyDay(step: number): number[] {
  const days: number[] = [];
  for (let day = 1; day <= 31; day += step) days.push(day);
  return days;
}

const isSame = (a: FoundDate[], b: FoundDate[]): boolean => a.every((date, i) => date.time === b[i]!.time);

function onOneLine(pieces: readonly DatePiece[], dates: readonly FoundDate[]): boolean {
  const fit = fitScale(pieces.map(({ pixel, slack }, i) => ({ pixel, slack, value: dates[i]!.time })));
  return fit?.scale === 'linear' && fit.slope > 0 && fit.inliers.length === pieces.length;
}

/** Length of the longest common subsequence. */
function common(a: string, b: string): number {
  let row = new Array<number>(b.length + 1).fill(0);
  for (const char of a) {
    const next = [0];
    for (let j = 0; j < b.length; j++) next.push(char === b[j] ? row[j]! + 1 : Math.max(row[j + 1]!, next[j]!));
    row = next;
  }
  return row[b.length]!;
}
