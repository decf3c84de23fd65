import type { Rgb } from '../../../media/plot';
import type { PixelBox } from '../../../media/text';
import type { FlatImage } from '../../image/flatten';
import type { Steps } from '../steps';
import { flatColors } from './flatColors';
import { boxHeight, boxWidth, centerX, centerY, colorAt, difference, differenceAt } from './raster';

/** Squares round filled circles or rings in at least two flat colours, or one with a rim of labels: pies. */
export function* findPies(image: FlatImage, regions: readonly PixelBox[], background: Rgb): Steps<PixelBox[]> {
  const least = 0.22 * Math.min(image.width, image.height);
  const found: PixelBox[] = [];
  for (const box of regions) {
    if (Math.min(boxWidth(box), boxHeight(box)) < least) continue;
    yield;
    const core = withoutGuides(image, box, background);
    const [w, h] = [boxWidth(core), boxHeight(core)];
    if (Math.min(w, h) < 0.9 * least || w / h <= 0.8 || w / h >= 1.25) continue;
    const circle = circleIn(image, box, core, background);
    if (circle && sliceColors(image, circle, background) >= 2) found.push(circle);
  }
  return found;
}

/** The circle that most of the outermost ink lies on, seen from the middle; null where it is none. */
function circleIn(image: FlatImage, box: PixelBox, core: PixelBox, background: Rgb): PixelBox | null {
  const [cx, cy] = [centerX(core), centerY(core)];
  const most = Math.max(boxWidth(box), boxHeight(box)) * 0.75;
  const radii: number[] = [];
  for (let k = 0; k < 72; k++) {
    const [dx, dy] = [Math.cos((k * Math.PI) / 36), Math.sin((k * Math.PI) / 36)];
    for (let r = most; r > 0; r--) {
      const [x, y] = [Math.floor(cx + r * dx), Math.floor(cy + r * dy)];
      if (x < box.left || y < box.top || x >= box.right || y >= box.bottom) continue;
      if (difference(colorAt(image, x, y), background) <= 16) continue;
      radii.push(r);
      break;
    }
  }
  if (radii.length < 60) return null;
  const radius = [...radii].sort((a, b) => a - b)[radii.length >> 1]!;
  const near = radii.filter((r) => Math.abs(r - radius) <= Math.max(2, 0.05 * radius)).length;
  if (near < 0.75 * radii.length) return null;
  return {
    left: Math.round(cx - radius),
    top: Math.round(cy - radius),
    right: Math.round(cx + radius),
    bottom: Math.round(cy + radius),
  };
}

/** The rows and columns that hold at least a quarter of the ink of the fullest: thin guides to labels are outside. */
function withoutGuides({ width, height, rgb }: FlatImage, box: PixelBox, background: Rgb): PixelBox {
  const [right, bottom] = [Math.min(width, box.right), Math.min(height, box.bottom)];
  const rows = new Uint32Array(bottom - box.top);
  const columns = new Uint32Array(right - box.left);
  for (let y = box.top; y < bottom; y++)
    for (let x = box.left; x < right; x++) {
      if (differenceAt(rgb, y * width + x, background) <= 16) continue;
      rows[y - box.top]!++;
      columns[x - box.left]!++;
    }
  const full = (counts: Uint32Array): [number, number] => {
    const least = 0.25 * counts.reduce((most, n) => Math.max(most, n), 0);
    let last = counts.length;
    while (last > 0 && counts[last - 1]! < least) last--;
    return [counts.findIndex((n) => n >= least), last];
  };
  const [[x0, x1], [y0, y1]] = [full(columns), full(rows)];
  return { left: box.left + x0, right: box.left + x1, top: box.top + y0, bottom: box.top + y1 };
}

function sliceColors(image: FlatImage, box: PixelBox, background: Rgb): number {
  const clip = {
    left: Math.max(0, box.left),
    top: Math.max(0, box.top),
    right: Math.min(image.width, box.right),
    bottom: Math.min(image.height, box.bottom),
  };
  return flatColors(image, clip, 12).filter(({ color, share }) => share > 0.02 && difference(color, background) > 16)
    .length;
}
