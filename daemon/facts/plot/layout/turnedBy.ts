import type { Rgb } from '../../../media/plot';
import type { PixelBox } from '../../../media/text';
import type { FlatImage } from '../../image/flatten';
import type { Steps } from '../steps';
import { boxHeight, boxWidth, clipBox } from './raster';

/** A part of a picture, turned; what lies outside the part has the background's colour. */
export interface TurnedPart {
  image: FlatImage;
  /** From a place in `image` to the one in the whole picture. */
  toPicture: (u: number, v: number) => [number, number];
}

/** A part of a picture in which lines that fall by `angle` (radians, to the right) are level. */
export function* turnedBy(whole: FlatImage, part: PixelBox, angle: number, background: Rgb): Steps<TurnedPart> {
  const box = clipBox(part, whole);
  const [w, h] = [boxWidth(box), boxHeight(box)];
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const width = Math.max(1, Math.ceil(w * cos + h * Math.abs(sin)));
  const height = Math.max(1, Math.ceil(w * Math.abs(sin) + h * cos));
  const [cx, cy] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  const toPicture = (u: number, v: number): [number, number] => {
    const [du, dv] = [u - width / 2, v - height / 2];
    return [cx + cos * du - sin * dv, cy + sin * du + cos * dv];
  };
  const rgb = new Uint8Array(3 * width * height);
  for (let v = 0, to = 0; v < height; v++) {
    yield;
    for (let u = 0; u < width; u++, to += 3) {
      const [du, dv] = [u + 0.5 - width / 2, v + 0.5 - height / 2];
      const [x, y] = [cx + cos * du - sin * dv - 0.5, cy + sin * du + cos * dv - 0.5];
      const isOutside = x <= box.left - 1 || x >= box.right || y <= box.top - 1 || y >= box.bottom;
      if (isOutside) rgb.set(background, to);
      else blend(whole, box, x, y, background, rgb, to);
    }
  }
  return { image: { width, height, rgb }, toPicture };
}

/** The colour between four pixels, weighted by nearness; pixels outside `box` count as background. */
function blend(
  { width, rgb }: FlatImage,
  box: PixelBox,
  x: number,
  y: number,
  background: Rgb,
  into: Uint8Array,
  to: number,
): void {
  const [x0, y0] = [Math.floor(x), Math.floor(y)];
  const [fx, fy] = [x - x0, y - y0];
  for (let c = 0; c < 3; c++) {
    let sum = 0;
    for (let j = 0; j < 2; j++)
      for (let i = 0; i < 2; i++) {
        const [px, py] = [x0 + i, y0 + j];
        const inside = px >= box.left && px < box.right && py >= box.top && py < box.bottom;
        const value = inside ? rgb[3 * (py * width + px) + c]! : background[c]!;
        sum += value * (i ? fx : 1 - fx) * (j ? fy : 1 - fy);
      }
    into[to + c] = Math.round(sum);
  }
}
