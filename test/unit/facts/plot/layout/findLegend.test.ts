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

  it('takes a line sample in the colour of the letters beside an entry in one row with it', () => {
    const [width, height] = [260, 40];
    const rgb = new Uint8Array(3 * width * height).fill(255);
    const fill = (left: number, top: number, w: number, h: number, color: Rgb) => {
      for (let y = top; y < top + h; y++) for (let x = left; x < left + w; x++) rgb.set(color, 3 * (y * width + x));
    };
    // a stroke through a square, then letters
    const entry = (left: number, color: Rgb) => {
      fill(left, 19, 24, 2, color);
      fill(left + 8, 16, 8, 8, color);
      for (let letter = 0; letter < 6; letter++) fill(left + 30 + 7 * letter, 15, 2, 11, BLACK);
    };
    entry(20, [205, 0, 0]);
    entry(130, [20, 20, 20]);
    const at = (text: string, left: number): TextLine => {
      const { corners, ...rest } = line(text, 0);
      return { ...rest, corners, box: { left, top: 14, right: left + 39, bottom: 27 } };
    };
    const [legend] = finish(findLegends({ width, height, rgb }, [at('first', 49), at('second', 159)], 12, 1000));
    expect(legend?.entries.map(({ entry }) => entry.name)).toEqual(['first', 'second']);
  });

  it('finds none where a value stands over the baseline between two bars', () => {
    const [width, height] = [200, 140];
    const rgb = new Uint8Array(3 * width * height).fill(255);
    const fill = (left: number, top: number, w: number, h: number, color: Rgb) => {
      for (let y = top; y < top + h; y++) for (let x = left; x < left + w; x++) rgb.set(color, 3 * (y * width + x));
    };
    for (const left of [25, 125]) fill(left, 5, 28, 130, [193, 46, 52]);
    for (let letter = 0; letter < 6; letter++) fill(60 + 7 * letter, 35, 2, 11, BLACK);
    const box = { left: 59, top: 34, right: 98, bottom: 46 };
    const text: TextLine = { text: '43900', score: 1, rotation: 0, box, corners: line('', 0).corners };
    expect(finish(findLegends({ width, height, rgb }, [text], 12, 1000))).toEqual([]);
  });

  it.each([
    ['larger, of the plot', 20, null],
    ['as large, of the legend', 12, 'Title'],
  ])('takes a text above a row of entries for a title: %s', (_, tall, title) => {
    const [width, height] = [260, 60];
    const rgb = new Uint8Array(3 * width * height).fill(255);
    const fill = (left: number, top: number, w: number, h: number, color: Rgb) => {
      for (let y = top; y < top + h; y++) for (let x = left; x < left + w; x++) rgb.set(color, 3 * (y * width + x));
    };
    const at = (text: string, left: number, top: number, right: number, bottom: number): TextLine => ({
      ...line(text, 0),
      box: { left, top, right, bottom },
    });
    for (const [left, color] of [
      [20, [205, 0, 0]],
      [130, [0, 0, 205]],
    ] as Array<[number, Rgb]>) {
      fill(left, 44, 24, 2, color);
      for (let letter = 0; letter < 6; letter++) fill(left + 30 + 7 * letter, 40, 2, 11, BLACK);
    }
    const lines = [at('Title', 80, 32 - tall, 140, 32), at('first', 49, 39, 88, 52), at('second', 159, 39, 198, 52)];
    const [legend] = finish(findLegends({ width, height, rgb }, lines, 12, 1000));
    expect(legend?.title?.text ?? null).toBe(title);
  });
});
