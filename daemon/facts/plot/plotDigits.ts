import type { PlotAxis } from '../../media/plot';

/** How many digits of a number are worth printing: a number of decimals (below zero: tens), or of significant digits. */
export interface Digits {
  decimals?: number;
  significant?: number;
}

/** Pixels to which a place in a picture is known at best. */
const FINEST = 0.1;
const DAY = 86_400_000;

/** Digits of an axis' values: a tenth of a pixel is the last one. */
export function digitsOf(axis: PlotAxis): Digits {
  const step = Math.abs(axis.slope ?? 0) * FINEST;
  if (!(step > 0) || !Number.isFinite(step)) return { significant: 6 };
  if (axis.scale === 'log')
    return { significant: Math.min(15, Math.max(2, 1 + Math.ceil(-Math.log10(step * Math.LN10)))) };
  return { decimals: Math.min(100, Math.ceil(-Math.log10(step))) };
}

export function rounded(value: number, digits: Digits): number {
  if (!Number.isFinite(value)) return value;
  if (digits.significant !== undefined) return Number(value.toPrecision(digits.significant));
  const decimals = digits.decimals ?? 0;
  if (decimals >= 0) return Number(value.toFixed(Math.min(100, decimals))) + 0;
  const unit = 10 ** -decimals;
  return Math.round(value / unit) * unit + 0;
}

/** ISO 8601 in UTC: the day alone where a pixel is half a day or more, else with the time to the second. */
export function isoTime(milliseconds: number, axis: PlotAxis): string {
  const pixel = Math.abs(axis.slope ?? 0);
  const unit = pixel >= DAY / 2 ? DAY : pixel >= 60_000 ? 60_000 : 1000;
  const time = new Date(Math.round(milliseconds / unit) * unit);
  if (Number.isNaN(time.getTime())) return String(milliseconds);
  const text = time.toISOString();
  return unit === DAY ? text.slice(0, 10) : `${text.slice(0, 19)}Z`;
}
