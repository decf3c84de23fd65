import { expect, test } from 'vitest';
import { normalized, project } from '../../../../webview/previews/projection';
import { resamplePeaks, secondsText } from '../../../../webview/previews/waveform';

test('a cloud is moved to its middle and fits the unit ball', () => {
  expect([...normalized([10, 0, 0, 14, 0, 0])]).toEqual([-1, 0, 0, 1, 0, 0]);
  expect([...normalized([3, 3, 3])]).toEqual([0, 0, 0]);
  expect([...normalized([])]).toEqual([]);
});

test('from the front: x to the right, z up, y away', () => {
  const { x, y, depth } = project(Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1), { yaw: 0, pitch: 0 });
  expect([...x]).toEqual([1, 0, 0]);
  expect([...y].map((v) => v + 0)).toEqual([0, 0, -1]);
  expect([...depth]).toEqual([0.5, 0, 0.5]);
});

test('from above: y is up on the screen, and what is high is near', () => {
  const { y, depth } = project(Float32Array.of(0, 1, 0, 0, 0, 1), { yaw: 0, pitch: Math.PI / 2 });
  expect(y[0]).toBeCloseTo(-1);
  expect(depth[1]).toBeCloseTo(1);
});

test('a quarter turn brings y to the right', () => {
  expect(project(Float32Array.of(0, 1, 0), { yaw: Math.PI / 2, pitch: 0 }).x[0]).toBeCloseTo(1);
});

test('peaks: the loudest of each share; the nearest where there are fewer', () => {
  expect(resamplePeaks([0.1, 0.9, 0.2, 0.3], 2)).toEqual([0.9, 0.3]);
  expect(resamplePeaks([0.1, 0.9], 4)).toEqual([0.1, 0.1, 0.9, 0.9]);
  expect(resamplePeaks([], 2)).toEqual([0, 0]);
});

test.each([
  [5, '5 s'],
  [2.3456, '2.35 s'],
  [75.9, '1:15 min'],
])('%d s reads %s', (seconds, text) => expect(secondsText(seconds)).toBe(text));
