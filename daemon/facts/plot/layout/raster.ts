import type { Rgb } from '../../../media/plot';
import type { PixelBox } from '../../../media/text';
import type { FlatImage } from '../../image/flatten';

/** Largest difference of a channel between two colours, 0..255. */
export function difference(p: Rgb, q: Rgb): number {
  return Math.max(Math.abs(p[0] - q[0]), Math.abs(p[1] - q[1]), Math.abs(p[2] - q[2]));
}

/** Colour of a pixel inside the picture. */
export function colorAt({ width, rgb }: FlatImage, x: number, y: number): Rgb {
  const at = (y * width + x) * 3;
  return [rgb[at]!, rgb[at + 1]!, rgb[at + 2]!];
}

/** Difference of the pixel at `index` (row-major) from a colour. */
export function differenceAt(rgb: Uint8Array, index: number, color: Rgb): number {
  const at = index * 3;
  return Math.max(Math.abs(rgb[at]! - color[0]), Math.abs(rgb[at + 1]! - color[1]), Math.abs(rgb[at + 2]! - color[2]));
}

/** Difference between two pixels by their indices. */
export function differenceBetween(rgb: Uint8Array, i: number, j: number): number {
  const [p, q] = [i * 3, j * 3];
  return Math.max(
    Math.abs(rgb[p]! - rgb[q]!),
    Math.abs(rgb[p + 1]! - rgb[q + 1]!),
    Math.abs(rgb[p + 2]! - rgb[q + 2]!),
  );
}

/** The part of a box inside the picture, on whole pixels; may be empty. */
export function clipBox(box: PixelBox, { width, height }: { width: number; height: number }): PixelBox {
  const within = (v: number, most: number) => Math.min(most, Math.max(0, Math.round(v)));
  return {
    left: within(box.left, width),
    top: within(box.top, height),
    right: within(box.right, width),
    bottom: within(box.bottom, height),
  };
}

export const boxWidth = (box: PixelBox): number => box.right - box.left;
export const boxHeight = (box: PixelBox): number => box.bottom - box.top;
export const centerX = (box: PixelBox): number => (box.left + box.right) / 2;
export const centerY = (box: PixelBox): number => (box.top + box.bottom) / 2;

/** Smallest box round all of them; there must be one. */
export function unionOf(boxes: readonly PixelBox[]): PixelBox {
  return boxes.reduce((all, box) => ({
    left: Math.min(all.left, box.left),
    top: Math.min(all.top, box.top),
    right: Math.max(all.right, box.right),
    bottom: Math.max(all.bottom, box.bottom),
  }));
}

/** Length that two intervals share, negative by the gap between them. */
export function overlap(a0: number, a1: number, b0: number, b1: number): number {
  return Math.min(a1, b1) - Math.max(a0, b0);
}

/** Whether the middle of `inner` lies in `outer` widened by `margin`. */
export function holdsCenter(outer: PixelBox, inner: PixelBox, margin = 0): boolean {
  const [x, y] = [centerX(inner), centerY(inner)];
  return x >= outer.left - margin && x <= outer.right + margin && y >= outer.top - margin && y <= outer.bottom + margin;
}
