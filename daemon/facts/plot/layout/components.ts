import type { Rgb } from '../../../media/plot';
import type { PixelBox } from '../../../media/text';
import type { FlatImage } from '../../image/flatten';
import { boxWidth, clipBox, differenceAt } from './raster';

/** Pixels that touch and differ from the background, such as a letter. */
export interface Component {
  box: PixelBox;
  /** Pixels. */
  size: number;
}

/** Least difference from the background of a pixel of text, 0..255; the edges of anti-aliased letters are fainter. */
export const INK = 44;

/** All components of a part of the picture, 8-connected, from the top. */
export function findComponents(image: FlatImage, within: PixelBox, background: Rgb, ink = INK): Component[] {
  const box = clipBox(within, image);
  const [w, h] = [boxWidth(box), box.bottom - box.top];
  if (w <= 0 || h <= 0) return [];
  const filled = new Uint8Array(w * h);
  for (let y = 0; y < h; y++)
    for (let x = 0; x < w; x++)
      if (differenceAt(image.rgb, (y + box.top) * image.width + x + box.left, background) > ink) filled[y * w + x] = 1;
  const found: Component[] = [];
  for (let start = 0; start < filled.length; start++)
    if (filled[start] === 1) found.push(flood(filled, w, h, start, box.left, box.top));
  return found;
}

function flood(filled: Uint8Array, w: number, h: number, start: number, left: number, top: number): Component {
  const [x0, y0] = [start % w, Math.floor(start / w)];
  const box = { left: x0, top: y0, right: x0 + 1, bottom: y0 + 1 };
  const stack = [start];
  filled[start] = 0;
  let size = 0;
  while (stack.length > 0) {
    const at = stack.pop()!;
    const [x, y] = [at % w, Math.floor(at / w)];
    size++;
    if (x < box.left) box.left = x;
    if (x >= box.right) box.right = x + 1;
    if (y < box.top) box.top = y;
    if (y >= box.bottom) box.bottom = y + 1;
    for (let v = Math.max(0, y - 1); v <= Math.min(h - 1, y + 1); v++)
      for (let u = Math.max(0, x - 1); u <= Math.min(w - 1, x + 1); u++)
        if (filled[v * w + u] === 1) {
          filled[v * w + u] = 0;
          stack.push(v * w + u);
        }
  }
  return {
    box: { left: box.left + left, top: box.top + top, right: box.right + left, bottom: box.bottom + top },
    size,
  };
}
