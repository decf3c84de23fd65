import { describe, expect, it } from 'vitest';
import { rankCorrelation, trendOf } from '../../../../daemon/facts/plot/trendOf';

describe('trendOf', () => {
  it.each([
    ['rising', [1, 2, 3, 4], 5],
    ['rising', [1, 3, 2, 4, 5], 5],
    ['falling', [9, 7, 8, 3, 1], 10],
    ['mixed', [1, 5, 1, 5, 1], 5],
    ['flat', [10, 10.1, 10.05], 100],
    ['flat', [3, 3, 3], 0],
    ['flat', [3], 10],
  ] as const)('%s: %j', (trend, values, span) => expect(trendOf(values, span)).toBe(trend));

  it('correlates ranks as Spearman does, ties with their mean rank', () => {
    expect(rankCorrelation([10, 20, 30])).toBe(1);
    expect(rankCorrelation([3, 2, 1])).toBe(-1);
    // scipy.stats.spearmanr([0, 1, 2, 3, 4], [1, 3, 3, 2, 5]) = 0.6668859288553503
    expect(rankCorrelation([1, 3, 3, 2, 5])).toBeCloseTo(0.6668859288553503, 12);
  });
});
