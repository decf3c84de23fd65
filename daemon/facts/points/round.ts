import type { Bounds } from './bounds';

/** Significant digits: as many as a float32 has. */
const DIGITS = 7;

export const round = (value: number): number => Number(value.toPrecision(DIGITS)) + 0; // no negative zero

/** Coordinates much larger than the extent of all keep the digits that tell them apart: six of the extent's. */
export function roundPlace(value: number, { min, max }: Bounds): number {
  const largest = Math.max(...min.map(Math.abs), ...max.map(Math.abs));
  const extent = Math.max(...min.map((low, axis) => max[axis]! - low));
  if (!(extent > 0) || largest < 100 * extent) return round(value);
  const decimals = Math.min(15, Math.max(0, DIGITS - 1 - Math.ceil(Math.log10(extent))));
  return Number(value.toFixed(decimals)) + 0;
}

/** A share or a part of a unit vector: three digits after the point. */
export const rounded3 = (value: number): number => Math.round(value * 1000) / 1000 + 0;
