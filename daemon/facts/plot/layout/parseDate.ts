/** A date as a label prints it; what it does not say is undefined. Months 1..12. */
export interface DateParts {
  year?: number;
  month?: number;
  day?: number;
  /** Minutes since midnight, seconds as a fraction. */
  minutes?: number;
  /** Of a label that prints nothing else (":30"). */
  seconds?: number;
  /** The clock has twelve hours and the label does not say which half of the day it means. */
  eitherHalf?: boolean;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const MONTH =
  '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|' +
  'nov(?:ember)?|dec(?:ember)?)\\.?';
const YEAR = '((?:1[89]|20|21)\\d\\d)';
const DAY = '(3[01]|[12]\\d|0?[1-9])';
const TIME = '([01]?\\d|2[0-3]):([0-5]\\d)(?::([0-5]\\d))?(?:\\s*([ap]m))?';

type Groups = Array<string | undefined>;

/** Forms from the fullest to the barest. Numbers alone are days only with a separator between them. */
const FORMS: Array<[form: RegExp, read: (g: Groups) => DateParts]> = [
  [
    form(`${YEAR}[-/.](1[0-2]|0?[1-9])[-/.]${DAY}[ tT]*${TIME}`),
    ([y, m, d, ...t]) => ({ ...ymd(y, m, d), ...clock(t) }),
  ],
  [form(`${YEAR}[-/.](1[0-2]|0?[1-9])[-/.]${DAY}`), ([y, m, d]) => ymd(y, m, d)],
  [form(`${YEAR}[-/](1[0-2]|0?[1-9])`), ([y, m]) => ymd(y, m)],
  [form(`(1[0-2]|0?[1-9])/${DAY}/${YEAR}`), ([m, d, y]) => ymd(y, m, d)],
  [form(`${DAY}\\.(1[0-2]|0?[1-9])\\.${YEAR}`), ([d, m, y]) => ymd(y, m, d)],
  [form(`(1[0-2]|0?[1-9])/${YEAR}`), ([m, y]) => ymd(y, m)],
  [form(`${YEAR}[ -]*${MONTH}[ -]*${DAY}`), ([y, m, d]) => named(y, m, d)],
  [form(`${YEAR}[ -]*${MONTH}`), ([y, m]) => named(y, m)],
  [form(`${MONTH}[ -]*${DAY},?\\s*${YEAR}`), ([m, d, y]) => named(y, m, d)],
  [form(`${DAY}[ -]*${MONTH},?[ -]*${YEAR}`), ([d, m, y]) => named(y, m, d)],
  [form(`${MONTH},?[ -]*${YEAR}`), ([m, y]) => named(y, m)],
  [
    form(`${TIME}\\s*${MONTH}\\s*${DAY},?\\s*${YEAR}`),
    ([h, n, s, ap, m, d, y]) => ({ ...named(y, m, d), ...clock([h, n, s, ap]) }),
  ],
  [form(`${MONTH}[ -]*${DAY},?[ ]*${TIME}`), ([m, d, ...t]) => ({ ...named(undefined, m, d), ...clock(t) })],
  [form(`${MONTH}[ -]*${DAY}`), ([m, d]) => named(undefined, m, d)],
  [form(`(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?[ ]*)${DAY}`), ([d]) => ({ day: Number(d) })],
  [form(`${DAY}[ -]*${MONTH}`), ([d, m]) => named(undefined, m, d)],
  [form(`(1[0-2]|0[1-9])-${DAY}[ ]+${TIME}`), ([m, d, ...t]) => ({ month: Number(m), day: Number(d), ...clock(t) })],
  [form(`(1[0-2]|0[1-9])-(3[01]|[12]\\d|0[1-9])`), ([m, d]) => ({ month: Number(m), day: Number(d) })],
  [form(MONTH), ([m]) => named(undefined, m)],
  [form(TIME), (t) => clock(t)],
  [form('(1[0-2]|0?[1-9])\\s*([ap]m)'), ([h, ap]) => clock([h, '0', undefined, ap])],
  [form(':([0-5]\\d)'), ([s]) => ({ seconds: Number(s) })],
  [form(YEAR), ([y]) => ({ year: Number(y) })],
];

function form(source: string): RegExp {
  return new RegExp(`^${source}$`, 'i');
}

function ymd(y?: string, m?: string, d?: string): DateParts {
  return { year: Number(y), ...(m ? { month: Number(m) } : {}), ...(d ? { day: Number(d) } : {}) };
}

function named(y?: string, m?: string, d?: string): DateParts {
  const month = MONTHS.indexOf(m!.slice(0, 3).toLowerCase()) + 1;
  return { ...(y ? { year: Number(y) } : {}), month, ...(d ? { day: Number(d) } : {}) };
}

function clock([hours, minutes, seconds, half]: Groups): DateParts {
  const late = half ? (Number(hours) % 12) + (half.toLowerCase() === 'pm' ? 12 : 0) : Number(hours);
  return { minutes: late * 60 + Number(minutes) + Number(seconds ?? 0) / 60 };
}

/** Reads a label as a date or a time of day; null where it is none. */
export function parseDate(text: string): DateParts | null {
  const plain = text
    .replace(/[\u2010-\u2015\u2212]/g, '-')
    .replace(/\s+/g, ' ')
    .replace(/\s*([-/:])\s*/g, '$1')
    .trim();
  for (const [pattern, read] of FORMS) {
    const match = pattern.exec(plain);
    if (match) return read(match.slice(1));
  }
  return null;
}

/**
 * Milliseconds since 1970 UTC of labels in their order along a rising axis. A label that leaves out the year (or month,
 * or day) takes it from the label before it, rolled over where time would run backwards; labels before the first year
 * are reckoned back from it. Undefined for all where no label says the year: it is not invented.
 */
export function resolveDates(labels: ReadonlyArray<DateParts | null>): Array<number | undefined> {
  const anchor = labels.findIndex((l) => l?.year !== undefined);
  const none = labels.map(() => undefined);
  if (anchor < 0) return none;
  const found: Array<number | undefined> = [...none];
  let last = labels[anchor]!;
  found[anchor] = timeOf(last);
  for (let i = anchor + 1; i < labels.length; i++) {
    const label = labels[i];
    if (!label) continue;
    const next = following(label, last);
    found[i] = timeOf(next);
    last = next;
  }
  let first = labels[anchor]!;
  for (let i = anchor - 1; i >= 0; i--) {
    const label = labels[i];
    if (!label) continue;
    const previous = preceding(label, first);
    found[i] = timeOf(previous);
    first = previous;
  }
  return found;
}

function timeOf({ year, month = 1, day = 1, minutes = 0, seconds = 0 }: DateParts): number {
  return Date.UTC(year!, month - 1, day) + Math.round(minutes * 60_000) + seconds * 1000;
}

/** The label completed so that it lies after `last`. */
function following(label: DateParts, last: DateParts): DateParts {
  if (label.year !== undefined) return label;
  return completions(label, last).find((c) => timeOf(c) > timeOf(last)) ?? { ...last, ...label };
}

function preceding(label: DateParts, first: DateParts): DateParts {
  if (label.year !== undefined) return label;
  const before = completions(label, first).filter((c) => timeOf(c) < timeOf(first));
  return before.at(-1) ?? { ...first, ...label };
}

/** The label in the time about `near`, earliest first: one step down and up of the unit that it leaves out. */
function completions(label: DateParts, near: DateParts): DateParts[] {
  if (label.month !== undefined) return [-1, 0, 1].map((step) => ({ ...label, year: near.year! + step }));
  const base = new Date(timeOf(near));
  const at = (ms: number): DateParts => {
    const d = new Date(ms);
    return { year: d.getUTCFullYear(), month: d.getUTCMonth() + 1, day: d.getUTCDate() };
  };
  if (label.day !== undefined)
    return [-1, 0, 1].map((step) => {
      const month = at(Date.UTC(base.getUTCFullYear(), base.getUTCMonth() + step, 1));
      return { ...month, ...label };
    });
  const midnight = Date.UTC(base.getUTCFullYear(), base.getUTCMonth(), base.getUTCDate());
  if (label.seconds !== undefined) {
    const minute = Math.floor((base.getTime() - midnight) / 60_000);
    return [-1, 0, 1].map((step) => ({ ...at(midnight), minutes: minute + step, ...label }));
  }
  if (label.eitherHalf)
    return [-2, -1, 0, 1, 2].map((step) => ({ ...at(midnight), minutes: (label.minutes! % 720) + step * 720 }));
  return [-1, 0, 1].map((step) => ({ ...at(midnight + step * 86_400_000), ...label }));
}
