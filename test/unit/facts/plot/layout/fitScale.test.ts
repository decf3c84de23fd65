import { describe, expect, it } from 'vitest';
import { fitScale, type ScalePoint } from '../../../../../daemon/facts/plot/layout/fitScale';

const points = (...pairs: Array<[pixel: number, value: number]>): ScalePoint[] =>
  pairs.map(([pixel, value]) => ({ pixel, value, slack: 1.2 }));

describe('fitScale', () => {
  it('finds a linear scale', () => {
    const fit = fitScale(points([100, 0], [200, 25], [300, 50], [400, 75]))!;
    expect(fit).toMatchObject({ scale: 'linear', inliers: [0, 1, 2, 3] });
    expect(fit.slope).toBeCloseTo(0.25, 12);
    expect(fit.offset).toBeCloseTo(-25, 10);
  });

  it('finds a falling scale (y axis) and evens rounding of pixels out', () => {
    const fit = fitScale(points([400.3, 0], [299.8, 10], [200.2, 20], [99.7, 30]))!;
    expect(fit.slope).toBeCloseTo(-0.1, 3);
    expect(fit.offset + fit.slope * 250).toBeCloseTo(15, 1);
  });

  it('survives two misread labels of six', () => {
    const fit = fitScale(points([0, 0], [100, 10], [200, 70], [300, 30], [400, 4], [500, 50]))!;
    expect(fit.inliers).toEqual([0, 1, 3, 5]);
    expect(fit.slope).toBeCloseTo(0.1, 12);
  });

  it('finds a log scale', () => {
    const fit = fitScale(points([100, 1], [200, 10], [300, 100], [400, 1000]))!;
    expect(fit.scale).toBe('log');
    expect(10 ** (fit.offset + fit.slope * 250)).toBeCloseTo(31.6228, 3);
  });

  it('finds a log scale with a misread label and labels between the decades', () => {
    const log = (v: number): [number, number] => [500 - 100 * Math.log10(v), v];
    const fit = fitScale(points(log(1), log(3), log(10), [370, 80], log(30), log(100)))!;
    expect(fit.scale).toBe('log');
    expect(fit.inliers).toEqual([0, 1, 2, 4, 5]);
    expect(fit.slope).toBeCloseTo(-0.01, 12);
  });

  it('takes two labels for linear, unless they were printed as powers', () => {
    const two = points([100, 10], [200, 100]);
    expect(fitScale(two)?.scale).toBe('linear');
    expect(fitScale(two, true)).toMatchObject({ scale: 'log', inliers: [0, 1] });
  });

  it('gives nothing for one label or equal ones', () => {
    expect(fitScale(points([100, 5]))).toBeNull();
    expect(fitScale(points([100, 5], [200, 5]))).toBeNull();
    expect(fitScale([])).toBeNull();
  });
});
