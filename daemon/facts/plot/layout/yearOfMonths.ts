import { fitScale } from './fitScale';
import { type DateParts, resolveDates } from './parseDate';

/** A label's place on the axis, pixels. */
interface Placed {
  pixel: number;
}

/** Pixels by which months that stand evenly must miss the even line before they are taken for dates. */
const UNEVEN = 2;

/** A common year and a leap year, which stand for the one that is not printed. */
const YEARS = [1970, 1972];

/**
 * The year that may stand for the unknown one of labels that are months alone: they stand apart as months are long (31 and
 * 28 days), and not as evenly as names do. Null where they do not.
 */
export function yearOfMonths(labels: readonly Placed[], dates: ReadonlyArray<DateParts | null>): number | null {
  if (labels.length < 3 || dates.some((d) => d === null)) return null;
  const even = worstOf(
    labels,
    labels.map((_, i) => i),
  );
  const fits = YEARS.map((year) => ({
    year,
    worst: worstOf(labels, resolveDates(dates.map((d, i) => (i === 0 ? { year, ...d } : d)))),
  })).sort((a, b) => a.worst - b.worst);
  const { year, worst } = fits[0]!;
  return worst <= UNEVEN / 2 && even >= UNEVEN && even >= 3 * worst ? year : null;
}

/** Largest distance of a label from the line through all, pixels; Infinity where one has no value. */
function worstOf(labels: readonly Placed[], values: ReadonlyArray<number | undefined>): number {
  const points = labels.map((l, i) => ({ pixel: l.pixel, value: values[i] ?? Number.NaN, slack: 50 }));
  const fit = fitScale(points);
  return fit?.scale === 'linear' && fit.inliers.length === points.length ? fit.worst : Number.POSITIVE_INFINITY;
}
