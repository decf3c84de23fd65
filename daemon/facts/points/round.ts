import type { Bounds } from './bounds';

/** Significant digits: as many as a float32 has. */
const DIGITS = 7;

export const round = (value: number): number => Number(value.toPrecision(DIGITS)) + 0; // no negative zero

/** Coordinates far out keep the digits that tell them apart: seven of the extent's. */
export function roundPlace(value: number, { min, max }: Bounds): number {
  const largest = Math.max(...min.map(Math.abs), ...max.map(Math.abs));
  const extent = Math.max(...min.map((low, axis) => max[axis]! - low));
  const more = extent > 0 && largest > extent ? Math.ceil(Math.log10(largest / extent)) : 0;
  return Number(value.toPrecision(Math.min(15, DIGITS + more))) + 0;
}

/** A share or a part of a unit vector: three digits after the point. */
export const rounded3 = (value: number): number => Math.round(value * 1000) / 1000 + 0;
