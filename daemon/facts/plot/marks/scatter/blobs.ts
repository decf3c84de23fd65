import type { Steps } from '../../steps';
import { components, type Part } from './components';

/** A connected part of a layer with its size by ink. Area coordinates. */
export interface Blob {
  part: Part;
  /** Sum of the coverage. */
  ink: number;
  /** Centre of mass. */
  x: number;
  y: number;
  /** Extents, the blurred edge counted by its coverage. */
  left: number;
  top: number;
  right: number;
  bottom: number;
  /** Share of its outline that touches other marks, which may hide some of it. */
  touched: number;
}

/** The layer's connected parts as blobs; `hidden` tells where other marks lie. */
export function* blobsOf(
  mask: Uint8Array,
  coverage: Float32Array,
  width: number,
  height: number,
  hidden: (i: number) => boolean,
): Steps<Blob[]> {
  const blobs: Blob[] = [];
  for (const part of yield* components(mask, width, height))
    blobs.push(yield* blobOf(part, mask, coverage, width, height, hidden));
  return blobs;
}

function* blobOf(
  part: Part,
  mask: Uint8Array,
  coverage: Float32Array,
  width: number,
  height: number,
  hidden: (i: number) => boolean,
): Steps<Blob> {
  const [left, top] = [Math.max(0, part.left - 1), Math.max(0, part.top - 1)];
  const [right, bottom] = [Math.min(width, part.right + 1), Math.min(height, part.bottom + 1)];
  // the blurred rim lies outside the mask: what is next to it is its own
  const columns = new Float64Array(right - left);
  const rows = new Float64Array(bottom - top);
  let [ink, mx, my, rim, covered] = [0, 0, 0, 0, 0];
  const add = (i: number, x: number, y: number) => {
    const share = coverage[i]!;
    ink += share;
    mx += share * (x + 0.5);
    my += share * (y + 0.5);
    columns[x - left] = Math.max(columns[x - left]!, share);
    rows[y - top] = Math.max(rows[y - top]!, share);
  };
  const seen = new Set<number>();
  for (let k = 0; k < part.pixels.length; k++) {
    if ((k & 1023) === 0) yield;
    const i = part.pixels[k]!;
    const x = i % width;
    const y = (i - x) / width;
    add(i, x, y);
    if (x === 0 || y === 0 || x === width - 1 || y === height - 1) {
      rim++;
      covered++;
    }
    for (const [dx, dy] of NEIGHBOURS) {
      const [u, v] = [x + dx, y + dy];
      if (u < 0 || v < 0 || u >= width || v >= height) continue;
      const at = v * width + u;
      // pixels of the mask that touch are of the same part
      if (mask[at] || seen.has(at)) continue;
      seen.add(at);
      rim++;
      if (hidden(at)) covered++;
      else if (coverage[at]! > 0.02) add(at, u, v);
    }
  }
  const first = (values: Float64Array) => values.findIndex((v) => v > 0.02);
  const edge = (values: Float64Array, from: number, step: number) => {
    // a rim pixel counts by its coverage
    const at = step > 0 ? first(values) : values.length - 1 - first(Float64Array.from(values).reverse());
    const share = Math.min(1, values[at]!);
    return step > 0 ? from + at + 1 - share : from + at + share;
  };
  return {
    part,
    ink,
    x: mx / ink,
    y: my / ink,
    left: edge(columns, left, 1),
    right: edge(columns, left, -1),
    top: edge(rows, top, 1),
    bottom: edge(rows, top, -1),
    touched: rim === 0 ? 0 : covered / rim,
  };
}

const NEIGHBOURS = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
  [1, 1],
  [1, -1],
  [-1, 1],
  [-1, -1],
] as const;

/**
 * The largest group of blobs of one size and shape: the whole, lone markers. Bits that other marks leave over are of
 * any size, and joined markers too. Of groups about as large, the one of more ink.
 */
export function* loneMarkers(blobs: Blob[]): Steps<Blob[]> {
  const free = blobs.filter((blob) => blob.touched < 0.12 && blob.ink >= 3);
  // where hardly one is free, each has an edge of another colour round it
  const edged = blobs.filter((blob) => blob.touched > 0.6 && blob.ink >= 3);
  const whole = free.length < 0.1 * blobs.length && edged.length > 0.5 * blobs.length ? edged : free;
  let best: Blob[] = [];
  for (const one of whole.slice(0, 600)) {
    yield;
    const group = whole.filter((other) => alike(one, other));
    const [a, b] = [group.length, best.length];
    if (a > 1.3 * b || (a >= 0.75 * b && one.ink > (best[0]?.ink ?? 0) && a > 1)) best = group;
    else if (b === 0) best = group;
  }
  return best;
}

export function alike(a: Blob, b: Blob): boolean {
  const [w, h] = [a.right - a.left, a.bottom - a.top];
  return (
    Math.abs(b.ink - a.ink) <= 0.16 * a.ink + 1.5 &&
    Math.abs(b.right - b.left - w) <= 0.7 + 0.1 * w &&
    Math.abs(b.bottom - b.top - h) <= 0.7 + 0.1 * h
  );
}
