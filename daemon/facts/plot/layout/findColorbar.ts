import type { Rgb } from '../../../media/plot';
import type { PixelBox } from '../../../media/text';
import type { FlatImage } from '../../image/flatten';
import { boxHeight, boxWidth, colorAt, difference } from './raster';

/** Whether a rectangle is a thin strip whose colour changes along it and not across it. */
export function isColorbar(image: FlatImage, area: PixelBox, background: Rgb): boolean {
  const [w, h] = [boxWidth(area), boxHeight(area)];
  const upright = h > w;
  const [long, short] = upright ? [h, w] : [w, h];
  if (short < 4 || long < 4 * short || short > 0.12 * (upright ? image.width : image.height)) return false;
  const samples = 40;
  let [changes, uneven, empty] = [0, 0, 0];
  let last: Rgb | undefined;
  for (let s = 0; s < samples; s++) {
    const at = (upright ? area.top : area.left) + Math.floor(((s + 0.5) * long) / samples);
    const across = [0.25, 0.5, 0.75].map((share) => {
      const side = (upright ? area.left : area.top) + Math.floor(share * short);
      return upright ? colorAt(image, side, at) : colorAt(image, at, side);
    });
    const color = across[1]!;
    if (difference(across[0]!, color) > 12 || difference(across[2]!, color) > 12) uneven++;
    if (difference(color, background) <= 6) empty++;
    if (last && difference(last, color) > 2) changes++;
    last = color;
  }
  return changes >= 5 && uneven <= 0.15 * samples && empty <= 0.2 * samples;
}
