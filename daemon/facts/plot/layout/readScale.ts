import type { AxisTick, PlotAxis } from '../../../media/plot';
import { datesOf } from './datesOf';
import { fitScale, type ScaleFit, type ScalePoint } from './fitScale';
import { withLostSigns } from './lostSigns';
import { misreadOfThree } from './misreadOfThree';
import { overprintedDates } from './overprintedDates';
import { type DateParts, resolveDates } from './parseDate';
import { normalized, type ParsedNumber, parseNumber } from './parseNumber';
import { withDecades } from './withDecades';
import { yearOfMonths } from './yearOfMonths';

/** A label that was read, with its place on the axis. */
export interface ReadLabel {
  text: string;
  score: number;
  pixel: number;
  slack: number;
}

export type ReadScale = Pick<PlotAxis, 'scale' | 'ticks' | 'slope' | 'offset' | 'categories'> & { warnings: string[] };

/** Certainty below which two labels make no scale. */
const FAINT = 0.8;

/** Largest distance of a label from the scale, as a share of the axis. */
const WORST = 0.004;

/**
 * Turns labels into a scale. Numbers win where at least half of the labels are numbers and agree on a line; then dates;
 * else each label is a category. `factor` multiplies (an offset text such as "1e6"), `length` is the axis in pixels.
 */
export function readScale(labels: ReadLabel[], length: number, name: string, factor = 1): ReadScale {
  return readMended(withMicro(withExponents(labels)), length, name, factor);
}

/** "102", "103" beside labels such as "10^4" are powers of ten whose exponents were not told apart. */
function withExponents(labels: ReadLabel[]): ReadLabel[] {
  if (!labels.some((l) => parseNumber(l.text)?.power)) return labels;
  return labels.map((l) => ({ ...l, text: l.text.replace(/^(-?)10([-−]?\d)$/, '$110^$2') }));
}

/** "350U", "400U" are "350µ", "400µ": a letter that looks like the prefix, on every number. */
function withMicro(labels: ReadLabel[]): ReadLabel[] {
  const micro = /^([-−]?[\d.]+)\s*[uU]$/;
  const others = labels.filter((l) => !micro.test(l.text) && !/^[-−]?[0.]*$/.test(l.text));
  if (others.length > 0 || labels.filter((l) => micro.test(l.text)).length < 2) return labels;
  return labels.map((l) => ({ ...l, text: l.text.replace(micro, '$1µ') }));
}

function readMended(labels: ReadLabel[], length: number, name: string, factor: number): ReadScale {
  const read = labels.filter((l) => l.text !== '');
  if (read.length === 0) return { scale: 'linear', ticks: [], warnings: [`No label of the ${name} axis was read.`] };
  const numbers = labels.map((l) => parseNumber(l.text));
  const numeric = numbers.filter((n) => n !== null).length;
  const dates = datesOf(labels.map((l) => l.text));
  const dated = dates.filter((d) => d !== null).length;
  if (
    dated >= 2 &&
    dated >= 0.6 * read.length &&
    dated > numbers.filter((n, i) => n && /^\d{4}$/.test(labels[i]!.text)).length
  ) {
    const time = timeScale(labels, length, name);
    if (time) return time;
  }
  const overprinted = name.startsWith('x') && dated < read.length ? overprintedScale(labels, length) : null;
  if (overprinted) return overprinted;
  if (numeric >= 2 && numeric >= 0.5 * read.length) return numberScale(labels, length, name, factor);
  if (numeric === 1 && read.length === 1)
    return {
      scale: 'linear',
      ticks: ticksOf(
        labels,
        numbers.map((n) => (n ? n.value * factor : undefined)),
      ),
      warnings: [`Only one label of the ${name} axis was read, so it has no scale.`],
    };
  return categories(labels);
}

function numberScale(labels: ReadLabel[], length: number, name: string, factor: number): ReadScale {
  const parsed = labels.map((l) => parseNumber(l.text));
  const printed = labels.flatMap(
    (l, i): Array<ScalePoint & { index: number }> =>
      parsed[i] ? [{ pixel: l.pixel, value: parsed[i]!.value, slack: l.slack, index: i }] : [],
  );
  const points = withDecades(withLostSigns(withoutBareTens(printed, parsed), name.startsWith('y')));
  for (const p of points) parsed[p.index] = { ...parsed[p.index]!, value: p.value };
  const powers = parsed.filter((n) => n?.power).length;
  const preferLog = powers >= 0.5 * points.length;
  const first = fitScale(points, preferLog);
  const misread = first && first.inliers.length < 3 ? misreadOfThree(points, preferLog) : null;
  const used = misread === null ? points : points.filter((_, i) => i !== misread);
  const fit = misread === null ? first : fitScale(used, preferLog);
  const values = parsed.map((n) => (n ? n.value * factor : undefined));
  // labels that say nothing count as well: two numbers among many labels are two misread ones
  const doubt = fit
    ? doubtAbout(fit, used, Math.max(used.length, labels.length - 1), length)
    : 'do not agree on a scale';
  if ((!fit || doubt) && isShuffled(labels, parsed)) return categories(labels);
  if (!fit || doubt) {
    const warning = `The labels of the ${name} axis (${labels.map((l) => l.text).join(', ')}) ${doubt}.`;
    return { scale: fit?.scale ?? 'linear', ticks: ticksOf(labels, values), warnings: [warning] };
  }
  const agreeing = new Set(fit.inliers.map((i) => used[i]!.index));
  if (agreeing.size === 2 && [...agreeing].every((i) => labels[i]!.score < FAINT)) {
    const warning = `The labels of the ${name} axis (${labels.map((l) => l.text).join(', ')}) were not read for certain.`;
    return { scale: fit.scale, ticks: ticksOf(labels, []), warnings: [warning] };
  }
  const odd = labels.filter((_, i) => parsed[i] && !agreeing.has(i));
  const warnings = odd.map((l) => `The label "${l.text}" of the ${name} axis does not fit its scale and was left out.`);
  if (agreeing.size === 2) warnings.push(`The scale of the ${name} axis rests on two labels only.`);
  const scaled =
    fit.scale === 'log'
      ? { slope: fit.slope, offset: fit.offset + Math.log10(factor) }
      : { slope: fit.slope * factor, offset: fit.offset * factor };
  return {
    scale: fit.scale,
    ticks: ticksOf(
      labels,
      values.map((v, i) => (agreeing.has(i) ? v : undefined)),
    ),
    ...scaled,
    warnings,
  };
}

/** Whole numbers at even steps, in no order: names (years of a legend, say), however much they look like a scale. */
function isShuffled(labels: ReadLabel[], parsed: ReadonlyArray<ParsedNumber | null>): boolean {
  const ordered = labels.map((l, i) => ({ at: l.pixel, value: parsed[i]?.value })).sort((a, b) => a.at - b.at);
  if (ordered.length < 3 || labels.some((l) => !/^\d{4}$/.test(l.text))) return false;
  const steps = ordered.slice(1).map((l, i) => l.at - ordered[i]!.at);
  const mean = steps.reduce((sum, step) => sum + step, 0) / steps.length;
  const distinct = new Set(ordered.map((l) => l.value)).size === ordered.length;
  return distinct && steps.every((step) => Math.abs(step - mean) <= 0.05 * mean);
}

/** Without each "10" that lost its exponent: the other labels, two at least, are printed as powers of ten. */
function withoutBareTens<T extends { value: number; index: number }>(
  points: T[],
  parsed: ReadonlyArray<ParsedNumber | null>,
): T[] {
  const others = points.filter((p) => p.value !== 10 || parsed[p.index]?.power);
  return others.length >= 2 && others.every((p) => parsed[p.index]?.power) ? others : points;
}

/** Whether all others are off by one power of ten, some up and some down: 6, 8, 0, 2, 4, 6 with the first digits outside the picture. */
function lacksFirstDigits(fit: ScaleFit, points: readonly ScalePoint[]): boolean {
  const others = points.filter((_, i) => !fit.inliers.includes(i));
  if (fit.scale !== 'linear' || others.length < 2) return false;
  const off = others.map(({ pixel, value }) => fit.offset + fit.slope * pixel - value);
  const power = 10 ** Math.round(Math.log10(Math.abs(off[0]!)));
  return (
    off.every((o) => Math.abs(Math.abs(o) - power) <= 0.02 * power) && off.some((o) => o < 0) && off.some((o) => o > 0)
  );
}

/** Why a fit is not to be trusted; empty when it is. */
function doubtAbout(fit: ScaleFit, points: readonly ScalePoint[], count: number, length: number): string {
  if (fit.inliers.length < 2) return 'do not agree on a scale';
  if (fit.inliers.length < 3 && count >= 3) return 'do not agree on a scale';
  if (fit.inliers.length < 0.5 * count) return 'do not agree on a scale';
  if (lacksFirstDigits(fit, points)) return 'are cut off: they begin anew after a power of ten';
  return fit.worst > Math.max(2, WORST * length * 2) ? 'lie too far from any scale' : '';
}

function timeScale(labels: ReadLabel[], length: number, name: string): ReadScale | null {
  const { dates, assumed, year } = withYear(datesOf(labels.map((l) => l.text)), labels);
  const values = resolveDates(dates);
  const points = labels.flatMap(
    (l, i): Array<ScalePoint & { index: number }> =>
      values[i] === undefined ? [] : [{ pixel: l.pixel, value: values[i]!, slack: l.slack, index: i }],
  );
  if (points.length < 2) return null;
  const fit = fitScale(
    points.map((p) => ({ ...p, value: p.value })),
    false,
  );
  if (fit?.scale !== 'linear' || doubtAbout(fit, points, points.length, length))
    return {
      scale: 'time',
      ticks: ticksOf(labels, values),
      warnings: [`The dates of the ${name} axis (${labels.map((l) => l.text).join(', ')}) do not agree on a scale.`],
    };
  const warnings = fit.inliers.length === 2 ? [`The scale of the ${name} axis rests on two dates only.`] : [];
  if (assumed) warnings.push(`The labels of the ${name} axis do not print the ${assumed}; ${year} stands for it.`);
  const agreeing = new Set(fit.inliers.map((i) => points[i]!.index));
  for (const p of points)
    if (!agreeing.has(p.index))
      warnings.push(
        `The label "${labels[p.index]!.text}" of the ${name} axis does not fit its scale and was left out.`,
      );
  const kept = values.map((v, i) => (agreeing.has(i) ? v : undefined));
  return { scale: 'time', ticks: ticksOf(labels, kept), slope: fit.slope, offset: fit.offset, warnings };
}

/**
 * Dates of which none says the year count from 1970, and what was assumed is told. Months alone are dates only where they
 * stand as far apart as months are long: they are names as well.
 */
function withYear(
  dates: Array<DateParts | null>,
  labels: ReadLabel[],
): { dates: Array<DateParts | null>; assumed?: string; year?: number } {
  if (dates.every((d) => d === null) || dates.some((d) => d?.year !== undefined)) return { dates };
  if (!dates.some((d) => d?.day !== undefined || d?.minutes !== undefined || d?.seconds !== undefined)) {
    const year = yearOfMonths(labels, dates);
    return year === null ? { dates } : { dates: anchored(dates, year), assumed: 'year', year };
  }
  const assumed = dates.some((d) => d?.month !== undefined)
    ? 'year'
    : dates.some((d) => d?.day !== undefined)
      ? 'month and year'
      : 'day';
  return { dates: anchored(dates, ASSUMED_YEAR), assumed, year: ASSUMED_YEAR };
}

const ASSUMED_YEAR = 1970;

/** Gives the year to the date that says most about its place in it. */
function anchored(dates: Array<DateParts | null>, year: number): Array<DateParts | null> {
  const says = (part: keyof DateParts) => dates.findIndex((d) => d?.[part] !== undefined);
  const at = [says('month'), says('day'), says('minutes'), says('seconds')].find((index) => index >= 0);
  return dates.map((d, i) => (i === at ? { year, ...d } : d));
}

/** Dates that are printed over their neighbours, from the parts that stand free. */
function overprintedScale(labels: ReadLabel[], length: number): ReadScale | null {
  const ordered = [...labels].sort((a, b) => a.pixel - b.pixel);
  const found = overprintedDates(ordered);
  const fit = found && fitScale(found.map(({ time }, i) => ({ ...ordered[i]!, value: time })));
  if (!fit || doubtAbout(fit, [], labels.length, length)) return null;
  return {
    scale: 'time',
    ticks: ordered.map(({ pixel }, i) => ({ pixel, text: found[i]!.text, value: found[i]!.time })),
    slope: fit.slope,
    offset: fit.offset,
    warnings: ['The dates of the x axis are printed over each other; they were read from the parts that stand free.'],
  };
}

const NO_SCALE = 'Most labels of an axis look like numbers or dates but agree on no scale; they are given as names.';

/** Mostly digits, but no plain number (names may be years), and no range as of ages: a number or date that was not read whole. */
function isLikeNumber(text: string): boolean {
  const plain = normalized(text).replace(/\s/g, '');
  const digits = plain.replace(/\D/g, '').length;
  return digits * 2 > plain.length && !/^\d{1,4}$|^\d+[-–]\d+$|^[<>]?\d+\+?$/.test(plain);
}

function categories(labels: ReadLabel[]): ReadScale {
  const ordered = [...labels].sort((a, b) => a.pixel - b.pixel);
  return {
    scale: 'category',
    ticks: ordered.map((l, i) => ({ pixel: l.pixel, text: l.text, value: i })),
    categories: ordered.map((l) => ({ name: l.text, pixel: l.pixel })),
    warnings: ordered.filter((l) => isLikeNumber(l.text)).length * 2 > ordered.length ? [NO_SCALE] : [],
  };
}

function ticksOf(labels: ReadLabel[], values: Array<number | undefined>): AxisTick[] {
  return labels.map((l, i) => ({
    pixel: l.pixel,
    text: normalized(l.text),
    ...(values[i] === undefined ? {} : { value: values[i]! }),
  }));
}

/** What an offset text at the end of an axis multiplies by: "1e6", "×10^3"; null where it is none. */
export function offsetFactor(text: string): number | null {
  const plain = normalized(text).replace(/\s/g, '');
  const short = /^[×x]?1e([-+]?\d{1,2})$/i.exec(plain) ?? /^[×x*]10\^([-+]?\d{1,2})$/.exec(plain);
  return short ? 10 ** Number(short[1]) : null;
}
