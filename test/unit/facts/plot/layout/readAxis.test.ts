import { expect, it } from 'vitest';
import { type Reading, readAxis, type SideFinding } from '../../../../../daemon/facts/plot/layout/readAxis';
import type { LabelBox } from '../../../../../daemon/facts/plot/layout/sideLabels';
import type { TextReader } from '../../../../../daemon/media/text';

const at = (left: number, right: number, top: number, bottom: number, rotation?: 270): LabelBox => ({
  box: { left, top, right, bottom },
  parts: [],
  ...(rotation ? { rotation } : {}),
});

const NAMES = ['Q1 2022', 'Q2 2022', 'Q3 2022'];

/** Reads what lies on its back as `NAMES`, and of what stands a letter each. */
const text = {
  recognize: async (_image: unknown, regions: Array<{ rotation?: number }>) =>
    regions.map(({ rotation }, i) => ({ text: rotation === 270 ? NAMES[i]! : 'W', score: 0.97, characters: [] })),
} as unknown as TextReader;

it('takes names on their backs where of the standing ones only a letter was read', async () => {
  const standing = [50, 150, 250].map((x) => at(x, x + 8, 110, 116));
  const turned = [50, 150, 250].map((x) => at(x, x + 10, 110, 152, 270));
  const finding: SideFinding = {
    side: 'bottom',
    labels: standing,
    close: standing,
    turned,
    split: standing,
    ticks: [],
    edge: 105,
  };
  const reading = { image: {}, text, isInk: () => false } as unknown as Reading;
  const area = { left: 0, top: 0, right: 300, bottom: 105 };
  const scale = await readAxis(finding, [], area, 12, reading, []);
  expect(scale.categories?.map((c) => c.name)).toEqual(NAMES);
});
