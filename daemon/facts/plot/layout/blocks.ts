import type { Rgb } from '../../../media/plot';
import type { PixelBox } from '../../../media/text';
import type { FlatImage } from '../../image/flatten';
import { every, type Steps } from '../steps';
import { differenceAt } from './raster';

/** Side of a block in pixels: lines up to about half as thick do not part two areas. Large pictures have thicker lines. */
export const blockOf = ({ width, height }: { width: number; height: number }): number =>
  Math.max(width, height) > 1400 ? 8 : 4;

const SAME = 5;

/** Boxes (in pixels) round what is not background, seen in blocks of which at least 40 % is filled. */
export function* filledRegions(image: FlatImage, background: Rgb): Steps<PixelBox[]> {
  const side = blockOf(image);
  const columns = Math.ceil(image.width / side);
  const rows = Math.ceil(image.height / side);
  const boxes = yield* connected(yield* filledBlocks(image, background, columns, rows, side), columns, rows);
  return boxes.map(({ left, top, right, bottom }) => ({
    left: left * side,
    top: top * side,
    right: right * side,
    bottom: bottom * side,
  }));
}

function* filledBlocks(
  { width, height, rgb }: FlatImage,
  background: Rgb,
  columns: number,
  rows: number,
  side: number,
): Steps<Uint8Array> {
  const counts = new Uint8Array(columns * rows);
  for (let y = 0; y < height; y++) {
    yield;
    const row = Math.floor(y / side) * columns;
    for (let x = 0; x < width; x++)
      if (differenceAt(rgb, y * width + x, background) > SAME) counts[row + Math.floor(x / side)]!++;
  }
  for (let i = 0; i < counts.length; i++) counts[i] = counts[i]! >= 0.4 * side * side ? 1 : 0;
  return counts;
}

/** Boxes (in blocks) round blocks that touch. */
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
  return box;
}
