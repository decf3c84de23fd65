import type { Rgb } from '../../../../media/plot';

/** Euclidean distance in RGB, 0..441.7. */
export function distance(a: Rgb, b: Rgb): number {
  return Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

/** Largest minus smallest channel: 0 for greys. */
export function chroma([r, g, b]: Rgb): number {
  return Math.max(r, g, b) - Math.min(r, g, b);
}

/** Where `p` lies along the segment from `a` (0) to `b` (1), and how far from that line. */
export function along(p: Rgb, a: Rgb, b: Rgb): { t: number; off: number } {
  const v: Rgb = [b[0] - a[0], b[1] - a[1], b[2] - a[2]];
  const w: Rgb = [p[0] - a[0], p[1] - a[1], p[2] - a[2]];
  const length = v[0] * v[0] + v[1] * v[1] + v[2] * v[2];
  if (length === 0) return { t: 0, off: distance(p, a) };
  const t = (v[0] * w[0] + v[1] * w[1] + v[2] * w[2]) / length;
  return { t, off: Math.hypot(w[0] - t * v[0], w[1] - t * v[1], w[2] - t * v[2]) };
}

export function colorAt(rgb: Uint8Array, pixel: number): Rgb {
  return [rgb[3 * pixel]!, rgb[3 * pixel + 1]!, rgb[3 * pixel + 2]!];
}
