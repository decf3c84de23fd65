import type { Rgb } from '../../../media/plot';
import type { PixelBox } from '../../../media/text';
import type { FlatImage } from '../../image/flatten';
import { every, type Steps } from '../steps';
import { differenceAt } from './raster';

/** Side of a block in pixels: lines up to about half as thick do not part two areas. */
export const BLOCK = 4;
const SAME = 5;

/** Boxes (in pixels) round what is not background, seen in blocks of which at least 40 % is filled. */
export function* filledRegions(image: FlatImage, background: Rgb): Steps<PixelBox[]> {
  const columns = Math.ceil(image.width / BLOCK);
  const rows = Math.ceil(image.height / BLOCK);
  return yield* connected(yield* filledBlocks(image, background, columns, rows), columns, rows);
}

function* filledBlocks(
  { width, height, rgb }: FlatImage,
  background: Rgb,
  columns: number,
  rows: number,
): Steps<Uint8Array> {
  const counts = new Uint8Array(columns * rows);
  for (let y = 0; y < height; y++) {
    yield;
    const row = Math.floor(y / BLOCK) * columns;
    for (let x = 0; x < width; x++) if (differenceAt(rgb, y * width + x, background) > SAME) counts[row + (x >> 2)]!++;
  }
  for (let i = 0; i < counts.length; i++) counts[i] = counts[i]! >= 0.4 * BLOCK * BLOCK ? 1 : 0;
  return counts;
}

/** Boxes (in pixels) round blocks that touch. */
function* connected(filled: Uint8Array, columns: number, rows: number): Steps<PixelBox[]> {
  const boxes: PixelBox[] = [];
  for (let start = 0; start < filled.length; start++) {
    if (every(start)) yield;
    if (filled[start] === 1) boxes.push(yield* flood(filled, columns, rows, start));
  }
  return boxes;
}

function* flood(filled: Uint8Array, columns: number, rows: number, start: number): Steps<PixelBox> {
  const box = { left: columns, top: rows, right: 0, bottom: 0 };
  const stack = [start];
  filled[start] = 2;
  let turn = 1;
  while (stack.length > 0) {
    if (every(turn++)) yield;
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
  return { left: box.left * BLOCK, top: box.top * BLOCK, right: box.right * BLOCK, bottom: box.bottom * BLOCK };
}
