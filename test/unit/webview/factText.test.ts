import { expect, test } from 'vitest';
import { factText, labelOf, numberText } from '../../../webview/factText';

test.each([
  ['image.width', 'Width'],
  ['audio.sampleRate', 'Sample rate'],
  ['audio.dcOffset', 'DC offset'],
  ['points.count', 'Points'],
  ['plot.axis.x_label', 'Axis x label'],
  ['size', 'Size'],
])('%s is "%s"', (name, label) => expect(labelOf(name)).toBe(label));

test.each([
  [44100, '44,100'],
  [1024, '1024'],
  [0.123456, '0.1235'],
  [-23.0000001, '-23'],
  [Number.NEGATIVE_INFINITY, '-Infinity'],
])('%d reads %s', (value, text) => expect(numberText(value)).toBe(text));

test.each([
  [{ value: 640, unit: 'px' }, '640 px'],
  [{ value: 24512, unit: 'B' }, '23.9 KiB'],
  [{ value: 900, unit: 'B' }, '900 B'],
  [{ value: 0, unit: 'B' }, '0 B'],
  [{ value: true }, 'yes'],
  [{ value: '' }, '(empty)'],
  [
    {
      value: [
        [0, 0.5],
        [1, 2],
      ],
      unit: 'm',
    },
    '(0, 0.5), (1, 2) m',
  ],
  [{ value: Array.from({ length: 20 }, (_, i) => i) }, '0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 … (20)'],
])('%j', (fact, value) => {
  expect(factText({ name: 'x.y', how: 'h', ...fact }).value).toBe(value);
});

test('colours are found, alone and in lists', () => {
  expect(factText({ name: 'a', value: ['#FF0000', '#00ff00', 'red'], how: '' }).colors).toEqual(['#FF0000', '#00ff00']);
  expect(factText({ name: 'a', value: [['#ff0000', 0.4]], how: '' }).colors).toEqual(['#ff0000']);
  expect(factText({ name: 'a', value: '#12345', how: '' }).colors).toEqual([]);
});
