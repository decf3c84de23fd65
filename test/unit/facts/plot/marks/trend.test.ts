import { describe, expect, it } from 'vitest';
import { trendOf } from '../../../../../daemon/facts/plot/marks/trend';

const points = (of: (x: number) => number, count = 40) =>
  Array.from({ length: count }, (_, x): [number, number] => [x, of(x)]);

describe('trendOf', () => {
  it.each([
    ['rising', (x: number) => 2 * x + 5],
    ['rising', (x: number) => Math.exp(x / 5)],
    ['rising', (x: number) => x + 3 * Math.sin(5 * x)],
    ['falling', (x: number) => 1 / (1 + x)],
    ['falling', (x: number) => 100 - x],
    ['flat', () => 7],
    ['flat', (x: number) => 100 + 0.5 * Math.sin(x)],
    // neighbours that differ as far values do are noise
    ['flat', (x: number) => [1, 9, 3, 8, 2, 7, 4, 9][(x * 3) % 8]!],
    ['mixed', (x: number) => Math.sin(x / 6)],
    ['mixed', (x: number) => (x - 20) ** 2],
  ])('%s', (trend, of) => expect(trendOf(points(of))).toBe(trend));

  it('sorts by x, and needs two points', () => {
    expect(
      trendOf([
        [3, 3],
        [1, 1],
        [2, 2],
      ]),
    ).toBe('rising');
    expect(trendOf([[3, 3]])).toBeUndefined();
  });

  it('calls a change flat that the axis hardly shows', () => {
    expect(
      trendOf(
        [
          [0, 10],
          [1, 11],
        ],
        100,
      ),
    ).toBe('flat');
    expect(
      trendOf(
        [
          [0, 10],
          [1, 11],
        ],
        5,
      ),
    ).toBe('rising');
  });
});
