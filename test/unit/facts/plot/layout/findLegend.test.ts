import { describe, expect, it } from 'vitest';
import { findLegends } from '../../../../../daemon/facts/plot/layout/findLegend';
import { finish } from '../../../../../daemon/facts/plot/steps';
import type { Rgb } from '../../../../../daemon/media/plot';
import type { TextLine } from '../../../../../daemon/media/text';

const BLACK: Rgb = [0, 0, 0];

/** A white picture with rows of 12 pixels every 20: a diamond marker of each colour, and black bars for letters. */
function drawn(colors: Rgb[], left: number): { width: number; height: number; rgb: Uint8Array } {
  const [width, height] = [200, 20 * colors.length + 20];
  const rgb = new Uint8Array(3 * width * height).fill(255);
  const set = (x: number, y: number, color: Rgb) => rgb.set(color, 3 * (y * width + x));
  colors.forEach((color, row) => {
    const middle = 20 * row + 20;
    for (let y = -4; y <= 4; y++)
      for (let x = Math.abs(y) - 4; x <= 4 - Math.abs(y); x++) set(left + x, middle + y, color);
    for (let letter = 0; letter < 6; letter++)
      for (let y = -5; y <= 5; y++) for (let x = 0; x < 2; x++) set(60 + 7 * letter + x, middle + y, BLACK);
  });
  return { width, height, rgb };
}

const line = (text: string, row: number): TextLine => {
  const box = { left: 59, top: 20 * row + 14, right: 98, bottom: 20 * row + 26 };
  const corners: TextLine['corners'] = [
    [box.left, box.top],
    [box.right, box.top],
    [box.right, box.bottom],
    [box.left, box.bottom],
  ];
  return { text, score: 1, rotation: 0, box, corners };
};

const namesIn = (colors: Rgb[], left = 40): string[][] => {
  const lines = colors.map((_, row) => line(`row ${row}`, row));
  return finish(findLegends(drawn(colors, left), lines, 12, 1000)).map(({ entries }) =>
    entries.map(({ entry }) => entry.name),
  );
};

describe('findLegends', () => {
  it('takes a sample in the colour of the letters for one where it stands in the column of the others', () =>
    expect(
      namesIn([
        [0, 0, 0],
        [205, 0, 0],
        [0, 0, 205],
      ]),
    ).toEqual([['row 0', 'row 1', 'row 2']]));

  it('finds none where nothing but letters and marks in their colour stands', () =>
    expect(namesIn([BLACK, BLACK])).toEqual([]));
});
