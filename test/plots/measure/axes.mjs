/** Axes of truth and reading: values at pixels, spans, distances as shares of a span. */

const log = (scale) => scale === 'log';

/** A value on the line on which the axis is even: log10 of it on a log axis. */
export const even = (axis, value) => (log(axis.scale) ? Math.log10(value) : value);

/** The truth's span on that line, above 0. */
export function spanOf(axis) {
  const [low, high] = axis.range.map((value) => even(axis, value));
  return Math.abs(high - low);
}

/** |a - b| as a share of the truth's span; Infinity where one is not a number. */
export function apart(axis, a, b) {
  const far = Math.abs(even(axis, a) - even(axis, b)) / spanOf(axis);
  return Number.isFinite(far) ? far : Number.POSITIVE_INFINITY;
}

/** What a read axis (PlotAxis) gives at a pixel; NaN where it has no scale. */
export function readAt(axis, pixel) {
  if (axis?.slope === undefined || axis.offset === undefined) return Number.NaN;
  const value = axis.offset + axis.slope * pixel;
  return log(axis.scale) ? 10 ** value : value;
}

/** The truth's pixel at a value. */
export function pixelAt(axis, value) {
  const [[p, a], [q, b]] = axis.at.map(([pixel, v]) => [pixel, even(axis, v)]);
  return p + ((even(axis, value) - a) / (b - a)) * (q - p);
}

/** Whether a value lies in what the plot shows, with a thousandth of slack. */
export function shown(axis, value) {
  if (typeof value === 'string') return true;
  const [low, high] = axis.range.map((v) => even(axis, v)).sort((a, b) => a - b);
  const slack = (high - low) / 1000;
  const at = even(axis, value);
  return at >= low - slack && at <= high + slack;
}

/** Names of a category axis of the truth, in order of their pixels. */
export function categoriesOf(axis, series) {
  if (axis.categories) return [...axis.categories].sort((a, b) => a.pixel - b.pixel).map((c) => c.name);
  const names = (series[0]?.points ?? []).map(([name]) => name);
  const [[p, a], [q, b]] = axis.at;
  return (b - a) * (q - p) < 0 ? names.reverse() : names;
}

/** Text as it is compared: one Unicode form, single spaces, no arrows (Observable Plot adds them). Every character counts. */
export const plain = (text) =>
  (text ?? '')
    .normalize('NFKC')
    .replace(/[−–]/g, '-')
    .replace(/[←↑→↓]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

/** The loose comparison that is reported beside the exact one. */
export const loose = (text) => plain(text).toLowerCase().replace(/\s+/g, '');
