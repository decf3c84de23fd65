import { expect, it } from 'vitest';
import { curveFor } from '../../../daemon/engine/uncertainty/curveFor';

const all: Array<[number, number]> = [[0.5, 0.4]];
const [plot, picture, audio] = [0.9, 0.2, 0.7].map((share): Array<[number, number]> => [[0.5, share]]);
const curves = { calibration: all, calibration_of: { plot, picture, audio }, unsure: 0.5 };
const medium = (modality: string, ...names: string[]) => ({
  modality,
  facts: names.map((name) => ({ name, value: 1, how: '' })),
});

it('is the curve of the one file, of a plot that was read apart from other pictures', () => {
  expect(curveFor(curves, [medium('image', 'image.width', 'plot.kind')])).toBe(plot);
  expect(curveFor(curves, [medium('image', 'image.width')])).toBe(picture);
  expect(curveFor(curves, [medium('audio')])).toBe(audio);
});

it('is the curve of all answers for several files, none, and what was not counted apart', () => {
  for (const media of [[], [medium('audio'), medium('audio')], [medium('fmri')], [medium('point')]])
    expect(curveFor(curves, media)).toBe(all);
  expect(curveFor({ calibration: all, unsure: 0 }, [medium('audio')])).toBe(all);
  expect(curveFor(undefined, [medium('audio')])).toEqual([]);
});
