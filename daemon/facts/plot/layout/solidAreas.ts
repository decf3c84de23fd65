import type { Rgb } from '../../../media/plot';
import type { PixelBox } from '../../../media/text';
import type { FlatImage } from '../../image/flatten';
import type { Steps } from '../steps';
import { blockOf } from './blocks';
import { isColorbar } from './findColorbar';
import { boxHeight, boxWidth, differenceAt } from './raster';

const SAME = 5;

/**
 * Rectangles that are filled with anything but the picture's background: the tinted panel of ggplot2 or seaborn with
 * its grid and marks, a heat map, a photograph: those of the `regions` that are at least 8 % of the picture's sides long; and the strips of colour bars.
 */
export function* solidAreas(image: FlatImage, regions: readonly PixelBox[], background: Rgb): Steps<PixelBox[]> {
  const least = { x: 0.08 * image.width, y: 0.08 * image.height };
  const isLarge = (box: PixelBox) => boxWidth(box) >= least.x && boxHeight(box) >= least.y;
  const isStrip = (box: PixelBox) =>
    Math.min(boxWidth(box), boxHeight(box)) >= 6 &&
    (boxHeight(box) >= 2 * least.y || boxWidth(box) >= 2 * least.x) &&
    isColorbar(
      image,
      { ...box, left: box.left + 2, top: box.top + 2, right: box.right - 2, bottom: box.bottom - 2 },
      background,
    );
  const found: PixelBox[] = [];
  for (const box of regions) {
    yield;
    const exact = isLarge(box) || isStrip(box) ? yield* exactEdges(image, background, box) : null;
    if (exact) found.push(exact);
  }
  return found;
}

/** Moves each edge to the first row or column of which more than half is filled; null where the inside is not. */
function* exactEdges(image: FlatImage, background: Rgb, rough: PixelBox): Steps<PixelBox | null> {
  const { width, height, rgb } = image;
  const block = blockOf(image);
  const box = {
    left: Math.max(0, rough.left - block),
    top: Math.max(0, rough.top - block),
    right: Math.min(width, rough.right + block),
    bottom: Math.min(height, rough.bottom + block),
  };
  const inRows = new Uint32Array(boxHeight(box));
  const inColumns = new Uint32Array(boxWidth(box));
  for (let y = box.top; y < box.bottom; y++) {
    yield;
    for (let x = box.left; x < box.right; x++)
      if (differenceAt(rgb, y * width + x, background) > SAME) {
        inRows[y - box.top]!++;
        inColumns[x - box.left]!++;
      }
  }
  const edges = (counts: Uint32Array, length: number): [number, number] => {
    const enough = (n: number) => n >= 0.6 * length;
    return [counts.findIndex(enough), counts.length - [...counts].reverse().findIndex(enough)];
  };
  const [top, bottom] = edges(inRows, boxWidth(rough));
  const [left, right] = edges(inColumns, boxHeight(rough));
  if (top < 0 || left < 0) return null;
  const inside = inRows.slice(top, bottom).reduce((sum, n) => sum + n, 0);
  if (inside < 0.8 * (bottom - top) * (right - left)) return null;
  return { left: box.left + left, top: box.top + top, right: box.left + right, bottom: box.top + bottom };
}
