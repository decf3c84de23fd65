import { expect, it } from 'vitest';
import { placeLabels } from '../../../../../daemon/facts/plot/layout/placeLabels';

const label = (left: number, right: number) => ({ box: { left, top: 110, right, bottom: 122 }, parts: [] });
const ticks = [10, 50, 90, 130, 170, 210].map((pixel) => ({ pixel, length: 5 }));
const pixels = (labels: ReturnType<typeof label>[]) =>
  placeLabels(labels, 'bottom', ticks, [], 12).places.map((p) => p.pixel);

it('gives outermost labels that end with the axis the ticks there', () => {
  expect(pixels([label(10, 50), label(70, 110), label(150, 190), label(171, 211)])).toEqual([10, 90, 170, 210]);
});

it('leaves labels that stand over their ticks where they are', () => {
  expect(pixels([label(-10, 30), label(70, 110), label(150, 190)])).toEqual([10, 90, 170]);
});
