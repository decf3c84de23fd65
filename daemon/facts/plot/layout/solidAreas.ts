import type { Rgb } from '../../../media/plot';
import type { PixelBox } from '../../../media/text';
import type { FlatImage } from '../../image/flatten';
import { boxHeight, boxWidth, differenceAt } from './raster';

/** Side of the blocks that are searched first, in pixels: a gap of two blocks parts two areas. */
const BLOCK = 4;
const SAME = 5;

/**
 * Rectangles that are filled with anything but the picture's background: the tinted panel of ggplot2 or seaborn with
 * its grid and marks, a heat map, a photograph. At least 8 % of the picture's sides long.
 */
export function solidAreas(image: FlatImage, background: Rgb): PixelBox[] {
  const columns = Math.ceil(image.width / BLOCK);
  const rows = Math.ceil(image.height / BLOCK);
  const least = { x: 0.08 * image.width, y: 0.08 * image.height };
  return connected(filledBlocks(image, background, columns, rows), columns, rows)
    .map((box) => exactEdges(image, background, box))
    .filter((box): box is PixelBox => box !== null && boxWidth(box) >= least.x && boxHeight(box) >= least.y);
}

/** 1 for each block of which at least 40 % is no background. */
function filledBlocks({ width, height, rgb }: FlatImage, background: Rgb, columns: number, rows: number): Uint8Array {
  const counts = new Uint8Array(columns * rows);
  for (let y = 0; y < height; y++) {
    const row = Math.floor(y / BLOCK) * columns;
    for (let x = 0; x < width; x++) if (differenceAt(rgb, y * width + x, background) > SAME) counts[row + (x >> 2)]!++;
  }
  for (let i = 0; i < counts.length; i++) counts[i] = counts[i]! >= 0.4 * BLOCK * BLOCK ? 1 : 0;
  return counts;
}

/** Boxes (in pixels) round blocks that touch. */
function connected(filled: Uint8Array, columns: number, rows: number): PixelBox[] {
  const boxes: PixelBox[] = [];
  const stack: number[] = [];
  for (let start = 0; start < filled.length; start++) {
    if (filled[start] !== 1) continue;
    const box = { left: columns, top: rows, right: 0, bottom: 0 };
    stack.push(start);
    filled[start] = 2;
    while (stack.length > 0) {
      const at = stack.pop()!;
      const [x, y] = [at % columns, Math.floor(at / columns)];
      box.left = Math.min(box.left, x);
      box.right = Math.max(box.right, x + 1);
      box.top = Math.min(box.top, y);
      box.bottom = Math.max(box.bottom, y + 1);
      for (let v = Math.max(0, y - 1); v <= Math.min(rows - 1, y + 1); v++)
        for (let u = Math.max(0, x - 1); u <= Math.min(columns - 1, x + 1); u++)
          if (filled[v * columns + u] === 1) {
            filled[v * columns + u] = 2;
            stack.push(v * columns + u);
          }
    }
    boxes.push({ left: box.left * BLOCK, top: box.top * BLOCK, right: box.right * BLOCK, bottom: box.bottom * BLOCK });
  }
  return boxes;
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
