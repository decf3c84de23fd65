import type { Rgb } from '../../../media/plot';
import type { PixelBox } from '../../../media/text';
import type { FlatImage } from '../../image/flatten';
import { differenceBetween } from './raster';

export interface ColorShare {
  color: Rgb;
  /** Of the pixels looked at, 0..1. */
  share: number;
}

/**
 * The commonest colours of a box, largest share first: cells of 8 x 8 x 8 values, each named by its commonest exact
 * colour; a cell beside a fuller one with nearly its colour is joined to it. Large boxes are sampled.
 */
export function flatColors(image: FlatImage, box: PixelBox, most = 8): ColorShare[] {
  const cells = new Map<number, Map<number, number>>();
  let total = 0;
  // an odd step, so that a pattern of two pixels is not seen as one colour
  const step = 2 * Math.floor(Math.sqrt(((box.right - box.left) * (box.bottom - box.top)) / 1e5) / 2) + 1;
  for (let y = box.top; y < box.bottom; y += step) {
    for (let at = (y * image.width + box.left) * 3; at < (y * image.width + box.right) * 3; at += 3 * step) {
      const [r, g, b] = [image.rgb[at]!, image.rgb[at + 1]!, image.rgb[at + 2]!];
      const key = ((r >> 3) << 10) | ((g >> 3) << 5) | (b >> 3);
      const exact = (r << 16) | (g << 8) | b;
      let cell = cells.get(key);
      if (!cell) {
        cell = new Map();
        cells.set(key, cell);
      }
      cell.set(exact, (cell.get(exact) ?? 0) + 1);
      total++;
    }
  }
  const found = [...cells.values()].map((cell) => {
    let [best, count, sum] = [0, 0, 0];
    for (const [exact, n] of cell) {
      sum += n;
      if (n > count) [best, count] = [exact, n];
    }
    return { color: [best >> 16, (best >> 8) & 255, best & 255] as Rgb, share: sum / Math.max(1, total) };
  });
  return joinNear(found.sort((a, b) => b.share - a.share)).slice(0, most);
}

function joinNear(colors: ColorShare[]): ColorShare[] {
  const kept: ColorShare[] = [];
  for (const { color, share } of colors) {
    const near = kept.find((k) => k.color.every((v, c) => Math.abs(v - color[c]!) <= 4));
    if (near) near.share += share;
    else kept.push({ color, share });
    if (kept.length > 64) break;
  }
  return kept.sort((a, b) => b.share - a.share);
}

/** The picture's own background: the commonest colour of its outermost ring (1 % of the sides, at least 2 pixels). */
export function figureBackground(image: FlatImage): Rgb {
  const ring = Math.max(2, Math.round(0.01 * Math.min(image.width, image.height)));
  const { width, height } = image;
  const sides: PixelBox[] = [
    { left: 0, top: 0, right: width, bottom: Math.min(ring, height) },
    { left: 0, top: Math.max(0, height - ring), right: width, bottom: height },
    { left: 0, top: 0, right: Math.min(ring, width), bottom: height },
    { left: Math.max(0, width - ring), top: 0, right: width, bottom: height },
  ];
  const shares = new Map<string, ColorShare>();
  for (const side of sides)
    for (const { color, share } of flatColors(image, side, 3)) {
      const known = shares.get(color.join());
      if (known) known.share += share;
      else shares.set(color.join(), { color, share });
    }
  return [...shares.values()].sort((a, b) => b.share - a.share)[0]?.color ?? [255, 255, 255];
}

/** Share of the pixels that differ by at most `tolerance` from the pixel to their right and the one below. */
export function flatShare(image: FlatImage, tolerance = 3): number {
  const { width, height, rgb } = image;
  let [flat, seen] = [0, 0];
  const step = Math.max(1, Math.floor(Math.sqrt((width * height) / 250_000)));
  for (let y = 0; y < height - 1; y += step)
    for (let x = 0; x < width - 1; x += step) {
      const at = y * width + x;
      seen++;
      if (differenceBetween(rgb, at, at + 1) <= tolerance && differenceBetween(rgb, at, at + width) <= tolerance)
        flat++;
    }
  return seen === 0 ? 0 : flat / seen;
}
