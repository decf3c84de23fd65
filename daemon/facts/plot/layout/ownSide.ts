import type { PixelBox } from '../../../media/text';
import type { FoundEntry } from './foundEntry';
import { boxHeight, boxWidth, centerX, centerY } from './raster';

/** What stands at the left and at the right of a line of text, where it looks like a legend's sample. */
export interface BothSides {
  left: FoundEntry | null;
  right: FoundEntry | null;
}

/**
 * Each line with the sample that is its own: the left one, but the right one (gnuplot) where the right ones stand in a
 * column and the left ones, which then are marks of the plot, do not; or where the left one belongs to the name before.
 */
export function ownSide(sides: BothSides[], h: number): FoundEntry[] {
  const right = new Set<BothSides>();
  for (const one of sides) {
    if (one.right && (!one.left || columns(sides, one, 'right', h) > columns(sides, one, 'left', h))) right.add(one);
  }
  for (const first of [...right]) {
    if (first.left) continue;
    const row = rowAfter(sides, first, h);
    // who takes his right sample leaves the next name none at its left, to the end of the row
    const each = row.every(
      (one, k) => one.right && one.left && isSame(one.left.entry.sample, (row[k - 1] ?? first).right!.entry.sample),
    );
    if (each) for (const one of row) right.add(one);
  }
  return sides.flatMap((one) => (right.has(one) ? one.right : one.left) ?? []);
}

/** The lines level with `first` at its right, from the left. */
function rowAfter(sides: BothSides[], first: BothSides, h: number): BothSides[] {
  const { textBox } = first.right!;
  return sides
    .filter((one) => leftOf(one) > textBox.right && Math.abs(middleOf(one) - centerY(textBox)) <= 0.4 * h)
    .sort((a, b) => leftOf(a) - leftOf(b));
}

const leftOf = ({ left, right }: BothSides): number => (left ?? right)!.textBox.left;
const middleOf = ({ left, right }: BothSides): number => centerY((left ?? right)!.textBox);

/** How many other lines have a sample below or above this one's, as large. */
function columns(sides: BothSides[], one: BothSides, side: 'left' | 'right', h: number): number {
  const own = one[side]!.entry.sample;
  return sides.filter((other) => {
    const sample = other !== one && other[side]?.entry.sample;
    if (!sample) return false;
    const apart = Math.abs(centerY(sample) - centerY(own));
    return (
      Math.abs(centerX(sample) - centerX(own)) <= 0.15 * h + 1 &&
      apart > 0.8 * h &&
      apart <= 4 * h &&
      Math.abs(boxWidth(sample) - boxWidth(own)) <= 0.25 * h + 1 &&
      Math.abs(boxHeight(sample) - boxHeight(own)) <= 0.25 * h + 1
    );
  }).length;
}

function isSame(a: PixelBox, b: PixelBox): boolean {
  const near = (p: number, q: number) => Math.abs(p - q) <= 2;
  return near(a.left, b.left) && near(a.right, b.right) && near(a.top, b.top) && near(a.bottom, b.bottom);
}
