import { describe, expect, it } from 'vitest';
import { misreadOfThree } from '../../../../../daemon/facts/plot/layout/misreadOfThree';
import { readScale } from '../../../../../daemon/facts/plot/layout/readScale';

const points = (...pairs: Array<[number, number]>) => pairs.map(([pixel, value]) => ({ pixel, value, slack: 1.2 }));

describe('misreadOfThree', () => {
  it('finds the label that lost its zeros', () =>
    expect(misreadOfThree(points([63, 2_500_000], [143.5, 2_400_000], [224, 2300]), false)).toBe(2));

  it('finds the label that lost its sign', () =>
    expect(misreadOfThree(points([0, -5], [100, 0], [200, -5]), false)).toBeNull()); // either may have

  it('gives nothing where no choice explains all three', () =>
    expect(misreadOfThree(points([0, 1], [100, 9], [200, 4]), false)).toBeNull());
});

describe('a scale of three labels', () => {
  const labels = (...pairs: Array<[string, number]>) =>
    pairs.map(([text, pixel]) => ({ text, pixel, score: 1, slack: 1.2 }));

  it('is given where the misread one is known', () => {
    const scale = readScale(labels(['2500000', 63], ['2400000', 143.5], ['2300', 224]), 200, 'y');
    expect(scale.offset! + scale.slope! * 224).toBeCloseTo(2_300_000, 3);
    expect(scale.ticks[2]!.value).toBeUndefined();
  });

  it('is not given where any may be wrong', () =>
    expect(readScale(labels(['1', 0], ['9', 100], ['4', 200]), 200, 'y').slope).toBeUndefined());
});
