import { describe, expect, it } from 'vitest';
import { calibrated } from '../../../../daemon/engine/uncertainty/calibrated';

describe('a calibrated confidence', () => {
  const points = [
    [0.2, 0.1],
    [0.6, 0.5],
    [0.9, 0.95],
  ] as const;
  it.each([
    [0, 0.1],
    [0.2, 0.1],
    [0.4, 0.3],
    [0.6, 0.5],
    [0.75, 0.725],
    [0.9, 0.95],
    [1, 0.95],
  ])('of %d is %d', (raw, right) => expect(calibrated(raw, points)).toBeCloseTo(right, 10));

  it('is the probability itself where nothing was measured', () => expect(calibrated(0.37, [])).toBe(0.37));
});
