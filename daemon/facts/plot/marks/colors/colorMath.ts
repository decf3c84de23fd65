import type { Rgb } from '../../../../media/plot';

/** Euclidean distance in RGB, 0..441.7. */
export function distance(a: Rgb, b: Rgb): number {
  // Math.hypot is many times slower
  return Math.sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 + (a[2] - b[2]) ** 2);
}

/** Largest minus smallest channel: 0 for greys. */
export function chroma([r, g, b]: Rgb): number {
  return Math.max(r, g, b) - Math.min(r, g, b);
}

/** Where `p` lies along the segment from `a` (0) to `b` (1), and how far from that line. */
export function along(p: Rgb, a: Rgb, b: Rgb): { t: number; off: number } {
  const [vr, vg, vb] = [b[0] - a[0], b[1] - a[1], b[2] - a[2]];
  const [wr, wg, wb] = [p[0] - a[0], p[1] - a[1], p[2] - a[2]];
  const length = vr * vr + vg * vg + vb * vb;
  if (length === 0) return { t: 0, off: distance(p, a) };
  const t = (vr * wr + vg * wg + vb * wb) / length;
  return { t, off: Math.sqrt((wr - t * vr) ** 2 + (wg - t * vg) ** 2 + (wb - t * vb) ** 2) };
}

export function colorAt(rgb: Uint8Array, pixel: number): Rgb {
  return [rgb[3 * pixel]!, rgb[3 * pixel + 1]!, rgb[3 * pixel + 2]!];
}
