import type { PlotAxis } from '../../../media/plot';
import { fitScale } from './fitScale';

/** Axis names that speak of the calendar; one with a unit of duration ("Time (s)") counts from somewhere else. */
const CALENDAR = /\b(?:date|time|year|month|week|day|quarter)s?\b/i;
const DURATION =
  /[([/](?:h|hr|hrs|hours?|min|mins|minutes?|m?s|sec|secs|seconds?|days?|weeks?|months?|years?|yrs?)[)\]]?/i;

const YEAR = /^(?:1[89]|20|21)\d\d$/;

/**
 * An axis that counts whole years under a name of the calendar ("Date", "Year") as a time axis: each label is the first of
 * January. Without such a name, or with anything but years on it, the numbers stay numbers.
 */
export function yearsAsTime(axis: PlotAxis): PlotAxis {
  const { label, scale, ticks } = axis;
  if (scale !== 'linear' || axis.slope === undefined || axis.slope <= 0 || ticks.length < 3) return axis;
  if (label === null || !CALENDAR.test(label) || DURATION.test(label)) return axis;
  if (!ticks.every((t) => YEAR.test(t.text))) return axis;
  const dated = ticks.map((t) => (t.value === undefined ? t : { ...t, value: Date.UTC(t.value, 0, 1) }));
  const points = dated.flatMap((t) => (t.value === undefined ? [] : [{ pixel: t.pixel, value: t.value, slack: 2 }]));
  const fit = fitScale(points);
  if (fit?.scale !== 'linear' || fit.inliers.length < points.length) return axis;
  return { ...axis, scale: 'time', ticks: dated, slope: fit.slope, offset: fit.offset };
}
