import { expect, it } from 'vitest';
import { median, upperMedian } from '../../../daemon/common/median';

it('is the middle value; of an even number the mean of two, or the upper one', () => {
  expect([median([3, 1, 2]), upperMedian([3, 1, 2])]).toEqual([2, 2]);
  expect([median([4, 1, 3, 10]), upperMedian([4, 1, 3, 10])]).toEqual([3.5, 4]);
  expect([median([]), upperMedian([])]).toEqual([Number.NaN, Number.NaN]);
});

it('leaves the values as they were', () => {
  const values = [2, 1];
  median(values);
  upperMedian(values);
  expect(values).toEqual([2, 1]);
});
