import { expect, test } from 'vitest';
import { decideRestart } from '../../../../extension/supervisor/restartPolicy';

const NOW = 1_000_000;

test('without failures it starts at once', () => {
  expect(decideRestart([], NOW)).toEqual({ kind: 'start', delayMs: 0 });
});

test.each([
  [[NOW], 500],
  [[NOW - 100], 400],
  [[NOW - 10, NOW], 1000],
  [[NOW - 20, NOW - 10, NOW], 2000],
  [[NOW - 30, NOW - 20, NOW - 10, NOW], 4000],
  [[NOW - 5000], 0],
])('after failures at %j it waits %i ms', (failedAt, delayMs) => {
  expect(decideRestart(failedAt, NOW)).toEqual({ kind: 'start', delayMs });
});

test('after five failures within three minutes only a person restarts', () => {
  const five = [0, 1, 2, 3, 4].map((i) => NOW - i * 40_000);
  expect(decideRestart(five, NOW)).toEqual({ kind: 'giveUp', failures: 5 });
  expect(decideRestart(five, NOW + 30_000)).toEqual({ kind: 'start', delayMs: 0 });
});
