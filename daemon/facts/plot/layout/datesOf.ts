import { type DateParts, parseDate } from './parseDate';

/**
 * The labels of one axis as dates, null where one is none. Seen together they say more than alone: a bare number beside
 * months, days or times is a day of the month ("29 31 Apr 3", "18 02:00 04:00"), and beside "06 PM" a "07:30" may be in
 * either half of the day.
 */
export function datesOf(texts: readonly string[]): Array<DateParts | null> {
  const short = shortDates(texts);
  if (short) return short;
  const alone = texts.map(parseDate);
  const half = texts.some((t) => /\d\s*[ap]m$/i.test(t));
  const clear = alone.some((d) => d !== null && d.year === undefined);
  return alone.map((date, i) => {
    if (date === null) return clear ? dayOf(texts[i]!) : null;
    return half && date.day === undefined && isUnmarked(texts[i]!) ? { ...date, eitherHalf: true } : date;
  });
}

const isUnmarked = (text: string): boolean => /^\s*\d{1,2}:\d\d(:\d\d)?\s*$/.test(text);

/** A day of the month that stands alone. */
function dayOf(text: string): DateParts | null {
  const match = /^\s*(3[01]|[12]\d|0?[1-9])\s*$/.exec(text);
  return match ? { day: Number(match[1]) } : null;
}

/** Orders in which day, month and year stand in "25/06/09", as places of year, month and day. */
const ORDERS = [
  [2, 1, 0],
  [2, 0, 1],
  [0, 1, 2],
] as const;

/**
 * Dates whose year has two digits, in the one order in which all of them exist and rise along the axis; null where the
 * labels are no such dates, or two orders would do.
 */
function shortDates(texts: readonly string[]): Array<DateParts | null> | null {
  const parts = texts.map((t) => /^\s*(\d\d?)([/.-])(\d\d?)\2(\d\d)\s*$/.exec(t));
  const whole = parts.filter((p) => p !== null);
  if (whole.length < 3 || whole.length < 0.7 * texts.length) return null;
  const numbers = parts.map((p) => p && [Number(p[1]), Number(p[3]), Number(p[4])]);
  const possible = ORDERS.map((order) => numbers.map((n) => n && inOrder(n, order))).filter(
    (dates) => dates.every((d, i) => d !== null || numbers[i] === null) && rises(dates),
  );
  return possible.length === 1 ? possible[0]! : null;
}

function inOrder(numbers: readonly number[], [y, m, d]: readonly [number, number, number]): DateParts | null {
  const [year, month, day] = [numbers[y]!, numbers[m]!, numbers[d]!];
  if (month < 1 || month > 12 || day < 1 || day > 31) return null;
  return { year: year + (year < 70 ? 2000 : 1900), month, day };
}

function rises(dates: ReadonlyArray<DateParts | null>): boolean {
  const times = dates.flatMap((d) => (d ? [Date.UTC(d.year!, d.month! - 1, d.day)] : []));
  return times.every((t, i) => i === 0 || t > times[i - 1]!);
}
