import type { PlotAxis } from '../../../media/plot';

/** Value at a pixel along the axis; undefined on a category axis and where the axis could not be read. */
export function axisValue(axis: PlotAxis, pixel: number): number | undefined {
  if (axis.slope === undefined || axis.offset === undefined) return undefined;
  const t = axis.offset + axis.slope * pixel;
  return axis.scale === 'log' ? 10 ** t : t;
}

/** Pixel of a value; undefined where there is none (no positive value on a log axis). */
export function axisPixel(axis: PlotAxis, value: number): number | undefined {
  if (!axis.slope || axis.offset === undefined) return undefined;
  if (axis.scale === 'log' && value <= 0) return undefined;
  return ((axis.scale === 'log' ? Math.log10(value) : value) - axis.offset) / axis.slope;
}
