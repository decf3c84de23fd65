import type { ImageMedia } from '../../../../media/media';
import type { PixelBox } from '../../../../media/text';
import type { Steps } from '../../steps';

/** Whole pixels of a picture's rectangle, laid over white: row-major RGB, 3 * width * height. */
export interface Crop {
  area: PixelBox;
  width: number;
  height: number;
  rgb: Uint8Array;
}

/** The pixels inside `box`, cut to whole pixels and to the picture; at least one pixel. */
export function* crop({ width, height, data }: ImageMedia, box: PixelBox): Steps<Crop> {
  const left = clamp(Math.round(box.left), 0, width - 1);
  const top = clamp(Math.round(box.top), 0, height - 1);
  const right = clamp(Math.round(box.right), left + 1, width);
  const bottom = clamp(Math.round(box.bottom), top + 1, height);
  const area = { left, top, right, bottom };
  const rgb = new Uint8Array(3 * (right - left) * (bottom - top));
  let to = 0;
  for (let y = top; y < bottom; y++) {
    yield;
    for (let from = 4 * (y * width + left); from < 4 * (y * width + right); from += 4) {
      const alpha = data[from + 3]!;
      for (let c = 0; c < 3; c++) {
        const value = data[from + c]!;
        rgb[to++] = alpha === 255 ? value : Math.round((value * alpha + 255 * (255 - alpha)) / 255);
      }
    }
  }
  return { area, width: right - left, height: bottom - top, rgb };
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(high, value));
}
