import type { Rgb } from '../../../media/plot';
import type { PixelBox } from '../../../media/text';
import type { FlatImage } from '../../image/flatten';
import { BLOCK, filledRegions } from './blocks';
import { boxHeight, boxWidth, differenceAt } from './raster';

const SAME = 5;

/**
 * Rectangles that are filled with anything but the picture's background: the tinted panel of ggplot2 or seaborn with
 * its grid and marks, a heat map, a photograph. At least 8 % of the picture's sides long.
 */
export function solidAreas(image: FlatImage, background: Rgb): PixelBox[] {
  const least = { x: 0.08 * image.width, y: 0.08 * image.height };
  return filledRegions(image, background)
    .filter((box) => boxWidth(box) >= least.x && boxHeight(box) >= least.y)
    .map((box) => exactEdges(image, background, box))
    .filter((box): box is PixelBox => box !== null && boxWidth(box) >= least.x && boxHeight(box) >= least.y);
}

/** Moves each edge to the first row or column of which more than half is filled; null where the inside is not. */
function exactEdges(image: FlatImage, background: Rgb, rough: PixelBox): PixelBox | null {
  const { width, height, rgb } = image;
  const box = {
    left: Math.max(0, rough.left - BLOCK),
    top: Math.max(0, rough.top - BLOCK),
    right: Math.min(width, rough.right + BLOCK),
    bottom: Math.min(height, rough.bottom + BLOCK),
  };
  const inRows = new Uint32Array(boxHeight(box));
  const inColumns = new Uint32Array(boxWidth(box));
  for (let y = box.top; y < box.bottom; y++)
    for (let x = box.left; x < box.right; x++)
      if (differenceAt(rgb, y * width + x, background) > SAME) {
        inRows[y - box.top]!++;
        inColumns[x - box.left]!++;
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
