import { describe, expect, it } from 'vitest';
import { withLostSigns } from '../../../../../daemon/facts/plot/layout/lostSigns';
import { mendedByInk } from '../../../../../daemon/facts/plot/layout/mendedByInk';
import { withDecades } from '../../../../../daemon/facts/plot/layout/withDecades';

const points = (...pairs: Array<[number, number]>) => pairs.map(([value, pixel]) => ({ value, pixel, slack: 1.2 }));
const values = (list: Array<{ value: number }>) => list.map((p) => p.value);

describe('withLostSigns', () => {
  it('makes the lower half of a mirrored axis negative', () => {
    expect(values(withLostSigns(points([4, 100], [2, 200], [0, 300], [2, 400], [4, 500]), true))).toEqual([
      4, 2, 0, -2, -4,
    ]);
    expect(values(withLostSigns(points([4, 100], [2, 200], [0, 300], [2, 400], [4, 500]), false))).toEqual([
      -4, -2, 0, 2, 4,
    ]);
  });

  it('leaves values that make a scale, and those that a sign does not explain', () => {
    expect(values(withLostSigns(points([0, 100], [2, 200], [4, 300], [6, 400]), true))).toEqual([0, 2, 4, 6]);
    expect(values(withLostSigns(points([4, 100], [1, 200], [0, 300], [2, 400], [4, 500]), true))).toEqual([
      4, 1, 0, 2, 4,
    ]);
  });
});

describe('withDecades', () => {
  it('multiplies lone digits by the power of ten below them', () => {
    const at = (value: number) => 100 + 100 * Math.log10(value);
    const read = points([10, at(10)], [2, at(20)], [5, at(50)], [100, at(100)], [2, at(200)], [1000, at(1000)]);
    expect(values(withDecades(read))).toEqual([10, 20, 50, 100, 200, 1000]);
  });

  it('leaves a linear axis as it is', () => {
    expect(values(withDecades(points([1, 100], [4, 130], [7, 160], [10, 190])))).toEqual([1, 4, 7, 10]);
  });
});

describe('a minus that touches its digit', () => {
  // a bar of 4 x 1 pixels at half the height of a digit that is 9 high and 5 wide
  const isInk = (x: number, y: number) => (x < 4 ? y === 5 : x < 9);
  const digit = { left: 0, top: 0, right: 9, bottom: 9 };

  it('is put back', () => {
    expect(mendedByInk('5', [digit], isInk)).toBe('-5');
  });

  it('is not seen in a digit alone', () => {
    expect(mendedByInk('5', [digit], () => true)).toBe('5');
  });
});
