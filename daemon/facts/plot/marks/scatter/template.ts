import type { Blob } from './blobs';

/** What one marker looks like, round its centre of mass. */
export interface Template {
  /** Ink extents in pixels. */
  width: number;
  height: number;
  ink: number;
  /** Pixels inside the marker and just outside, as offsets from the pixel that holds its centre of mass. */
  inner: Array<[number, number]>;
  ring: Array<[number, number]>;
  /** Where the centre of mass lies in its pixel, 0..1 along x and y: the middle, unless markers are drawn on whole pixels. */
  phase: [number, number];
  /** From the centre of mass to the point that the marker stands for. */
  offset: [number, number];
  shape: MarkerShape;
}

export type MarkerShape = 'circle' | 'square' | 'diamond' | 'triangle' | 'cross' | 'other';

/** The mean of lone markers, each moved to its centre of mass. */
export function templateOf(lone: Blob[], coverage: Float32Array, width: number, height: number): Template {
  const sample = lone.slice(0, 40);
  const mean = (of: (blob: Blob) => number) => sample.reduce((sum, blob) => sum + of(blob), 0) / sample.length;
  const [w, h, ink] = [mean((b) => b.right - b.left), mean((b) => b.bottom - b.top), mean((b) => b.ink)];
  const reach = Math.ceil(Math.max(w, h) / 2) + 3;
  const size = 2 * reach + 1;
  const cover = new Float64Array(size * size);
  const phase: [number, number] = [phaseOf(sample.map(({ x }) => x)), phaseOf(sample.map(({ y }) => y))];
  for (const blob of sample) {
    for (let v = -reach; v <= reach; v++) {
      for (let u = -reach; u <= reach; u++) {
        cover[(v + reach) * size + u + reach]! +=
          bilinear(coverage, width, height, blob.x + u - phase[0], blob.y + v - phase[1]) / sample.length;
      }
    }
  }
  const inner: Array<[number, number]> = [];
  const ring: Array<[number, number]> = [];
  const inside = (u: number, v: number) =>
    Math.abs(u) <= reach && Math.abs(v) <= reach && cover[(v + reach) * size + u + reach]! >= 0.5;
  for (let v = -reach; v <= reach; v++) {
    for (let u = -reach; u <= reach; u++) {
      if (inside(u, v)) inner.push([u, v]);
      else if (cover[(v + reach) * size + u + reach]! < 0.2 && besideInner(inside, u, v)) ring.push([u, v]);
    }
  }
  const dx = mean((b) => (b.left + b.right) / 2 - b.x);
  const dy = mean((b) => (b.top + b.bottom) / 2 - b.y);
  const shape = shapeOf(w, h, ink, dx, dy, inner);
  return { width: w, height: h, ink, inner, ring, phase, offset: anchorOf(shape, w, h, dx, dy), shape };
}

/** The common place in their pixels of markers that are not anti-aliased; 0.5 where there is none. */
function phaseOf(centres: number[]): number {
  const [cos, sin] = [Math.cos, Math.sin].map(
    (of) => centres.reduce((sum, c) => sum + of(2 * Math.PI * c), 0) / Math.max(1, centres.length),
  );
  if (centres.length < 3 || Math.hypot(cos!, sin!) < 0.9) return 0.5;
  return (Math.atan2(sin!, cos!) / (2 * Math.PI) + 1) % 1;
}

function besideInner(inside: (u: number, v: number) => boolean, u: number, v: number): boolean {
  for (let b = -2; b <= 2; b++)
    for (let a = -2; a <= 2; a++) if (a * a + b * b <= 4 && inside(u + a, v + b)) return true;
  return false;
}

function bilinear(values: Float32Array, width: number, height: number, x: number, y: number): number {
  const [x0, y0] = [Math.floor(x), Math.floor(y)];
  const [fx, fy] = [x - x0, y - y0];
  const at = (u: number, v: number) => (u < 0 || v < 0 || u >= width || v >= height ? 0 : values[v * width + u]!);
  return (
    (1 - fy) * ((1 - fx) * at(x0, y0) + fx * at(x0 + 1, y0)) +
    fy * ((1 - fx) * at(x0, y0 + 1) + fx * at(x0 + 1, y0 + 1))
  );
}

/** By the share of its box that is ink: square 1, circle 0.79, diamond and triangle 0.5, crosses less. */
function shapeOf(
  w: number,
  h: number,
  ink: number,
  dx: number,
  dy: number,
  inner: Array<[number, number]>,
): MarkerShape {
  const fill = ink / (w * h);
  if (Math.hypot(dx / w, dy / h) > 0.07 && fill < 0.75) return 'triangle';
  if (fill > 0.9) return 'square';
  if (fill > 0.68) return 'circle';
  // the middle of a diamond is solid
  const middle = (size: number) => 2 * Math.floor(size / 6) + 1;
  const solid = inner.filter(([u, v]) => Math.abs(u) <= w / 6 && Math.abs(v) <= h / 6).length;
  if (fill > 0.42 && solid > 0.75 * middle(w) * middle(h)) return 'diamond';
  return fill < 0.55 ? 'cross' : 'other';
}

/**
 * Which point a marker stands for: matplotlib's triangles, as high as wide, are centred by their box; equilateral ones
 * (ggplot2, plotly, gnuplot) by their centre of mass, as all else.
 */
function anchorOf(shape: MarkerShape, w: number, h: number, dx: number, dy: number): [number, number] {
  const upright = Math.abs(dy) > Math.abs(dx);
  const aspect = upright ? h / w : w / h;
  return shape === 'triangle' && aspect > 0.93 ? [dx, dy] : [0, 0];
}
