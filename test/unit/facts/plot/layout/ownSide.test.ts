import { expect, it } from 'vitest';
import type { FoundEntry } from '../../../../../daemon/facts/plot/layout/foundEntry';
import { type BothSides, ownSide } from '../../../../../daemon/facts/plot/layout/ownSide';

const box = (left: number, top: number, width = 10, height = 10) => ({
  left,
  top,
  right: left + width,
  bottom: top + height,
});

/** An entry whose text stands at `text` and whose sample at `sample` ([left, top]). */
const entry = (name: string, text: [number, number], sample: [number, number]): FoundEntry => ({
  entry: { name, color: [0, 0, 0], mark: 'marker', sample: box(...sample) },
  line: { text: name, score: 1, rotation: 0, box: box(...text, 40), corners: [] as never },
  textBox: box(...text, 40),
  trimmed: false,
});

const chosen = (sides: BothSides[]) => ownSide(sides, 12).map(({ entry: { name, sample } }) => [name, sample.left]);

it('takes the right samples of a row whose first name has none at its left', () => {
  const row: BothSides[] = [
    { left: null, right: entry('a', [0, 0], [50, 0]) },
    { left: entry('b', [70, 0], [50, 0]), right: entry('b', [70, 0], [120, 0]) },
    { left: entry('c', [140, 0], [120, 0]), right: entry('c', [140, 0], [190, 0]) },
  ];
  expect(chosen(row)).toEqual([
    ['a', 50],
    ['b', 120],
    ['c', 190],
  ]);
});

it('leaves the left samples of a row whose last name has none at its right', () => {
  const row: BothSides[] = [
    { left: null, right: entry('a', [0, 0], [50, 0]) },
    { left: entry('b', [70, 0], [50, 0]), right: entry('b', [70, 0], [120, 0]) },
    { left: entry('c', [140, 0], [120, 0]), right: null },
  ];
  expect(chosen(row)).toEqual([
    ['a', 50],
    ['b', 50],
    ['c', 120],
  ]);
});

it('takes the right samples that stand in a column, not marks of the plot that happen to lie at the left', () => {
  const column: BothSides[] = [
    { left: entry('a', [100, 0], [80, 0]), right: entry('a', [100, 0], [150, 0]) },
    { left: entry('b', [100, 20], [64, 18]), right: entry('b', [100, 20], [150, 20]) },
    { left: null, right: entry('c', [100, 40], [150, 40]) },
  ];
  expect(chosen(column)).toEqual([
    ['a', 150],
    ['b', 150],
    ['c', 150],
  ]);
});
