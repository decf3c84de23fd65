/** 8-bit RGB, row-major, width * height * 3. */
export interface Rgb8 {
  width: number;
  height: number;
  data: Uint8Array;
}

/** A rectangle of the scaled picture, in its pixels. */
export interface Window {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** Fixed-point bits of Pillow's weights (`PRECISION_BITS` in Resample.c). */
const BITS = 22;
const A = -0.5;
const SUPPORT = 2;

/**
 * Scales to `width` x `height` as Pillow's `Image.resize(..., BICUBIC)` does, and returns only `window` of the result:
 * antialiased bicubic with a = -0.5, first along rows, then along columns, each pass in fixed point and rounded to
 * 8 bits (Pillow 12.3 turns the order round for pictures over 100 times as tall as wide: not followed). Cost depends on the window, so that a scroll of 10,000 x 1 pixels is no trap.
 */
export function resizeBicubic(source: Rgb8, width: number, height: number, window: Window): Rgb8 {
  const columns = spansOf(source.width, width, window.left, window.width);
  const rows = spansOf(source.height, height, window.top, window.height);
  const first = rows[0]!.first;
  const last = rows.reduce((end, span) => Math.max(end, span.first + span.weights.length), 0);
  const wide = alongRows(source, columns, first, last);
  return alongColumns(wide, rows, first);
}

/** Source pixels and weights of one output pixel. */
interface Span {
  first: number;
  weights: Int32Array;
}

/** Output pixels from .. from+count-1 of `outSize`. An unchanged size is a copy, as in Pillow. */
function spansOf(inSize: number, outSize: number, from: number, count: number): Span[] {
  const spans: Span[] = [];
  for (let i = from; i < from + count; i++) {
    spans.push(inSize === outSize ? { first: i, weights: Int32Array.of(1 << BITS) } : spanOf(inSize, outSize, i));
  }
  return spans;
}

/** `precompute_coeffs` and `normalize_coeffs_8bpc`. */
function spanOf(inSize: number, outSize: number, i: number): Span {
  const scale = inSize / outSize;
  const stretch = Math.max(1, scale);
  const centre = (i + 0.5) * scale;
  const first = Math.max(0, Math.trunc(centre - SUPPORT * stretch + 0.5));
  const end = Math.min(inSize, Math.trunc(centre + SUPPORT * stretch + 0.5));
  const exact = Float64Array.from({ length: end - first }, (_, x) => bicubic((x + first - centre + 0.5) / stretch));
  const sum = exact.reduce((a, b) => a + b, 0);
  return { first, weights: Int32Array.from(exact, (w) => roundAwayFromZero((w / sum) * (1 << BITS))) };
}

/** Keys' cubic convolution kernel. */
function bicubic(x: number): number {
  const t = Math.abs(x);
  if (t < 1) return ((A + 2) * t - (A + 3)) * t * t + 1;
  if (t < SUPPORT) return (((t - 5) * t + 8) * t - 4) * A;
  return 0;
}

function roundAwayFromZero(x: number): number {
  return Math.trunc(x < 0 ? x - 0.5 : x + 0.5);
}

/** Rows first .. last-1 of the source with their columns weighted. */
function alongRows(source: Rgb8, columns: readonly Span[], first: number, last: number): Rgb8 {
  const out: Rgb8 = {
    width: columns.length,
    height: last - first,
    data: new Uint8Array(columns.length * (last - first) * 3),
  };
  let at = 0;
  for (let y = first; y < last; y++) {
    const row = y * source.width * 3;
    for (const { first: x, weights } of columns) {
      weighPixel(source.data, row + x * 3, 3, weights, out.data, at);
      at += 3;
    }
  }
  return out;
}

/** `top` is the source row that stands in row 0 of `source`. */
function alongColumns(source: Rgb8, rows: readonly Span[], top: number): Rgb8 {
  const out: Rgb8 = { width: source.width, height: rows.length, data: new Uint8Array(source.width * rows.length * 3) };
  const stride = source.width * 3;
  let at = 0;
  for (const { first, weights } of rows) {
    for (let x = 0; x < source.width; x++) {
      weighPixel(source.data, (first - top) * stride + x * 3, stride, weights, out.data, at);
      at += 3;
    }
  }
  return out;
}

function weighPixel(
  from: Uint8Array,
  start: number,
  step: number,
  weights: Int32Array,
  to: Uint8Array,
  at: number,
): void {
  let r = 1 << (BITS - 1);
  let g = r;
  let b = r;
  for (let i = 0, p = start; i < weights.length; i++, p += step) {
    const w = weights[i]!;
    r += from[p]! * w;
    g += from[p + 1]! * w;
    b += from[p + 2]! * w;
  }
  to[at] = clip8(r);
  to[at + 1] = clip8(g);
  to[at + 2] = clip8(b);
}

function clip8(fixed: number): number {
  return Math.min(255, Math.max(0, fixed >> BITS));
}
