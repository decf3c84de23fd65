import { type DateParts, parseDate } from './parseDate';

/**
 * The labels of one axis as dates, null where one is none. Seen together they say more than alone: a bare number beside
 * months, days or times is a day of the month ("29 31 Apr 3", "18 02:00 04:00"), and beside "06 PM" a "07:30" may be in
 * either half of the day.
 */
export function datesOf(texts: readonly string[]): Array<DateParts | null> {
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
