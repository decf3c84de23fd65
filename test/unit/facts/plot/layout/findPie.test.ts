import { expect, test } from 'vitest';
import { findPies } from '../../../../../daemon/facts/plot/layout/findPie';

test('guides to the labels of slices neither move a pie nor hide it', () => {
  const [width, height] = [120, 100];
  const rgb = new Uint8Array(width * height * 3).fill(255);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const inside = Math.hypot(x + 0.5 - 50, y + 0.5 - 50) <= 30;
      const guide = y === 40 && x > 50 && x < 96;
      if (inside || guide) rgb.set(x < 50 ? [200, 30, 30] : [30, 30, 200], (y * width + x) * 3);
    }
  const region = { left: 20, top: 20, right: 96, bottom: 80 };
  const steps = findPies({ width, height, rgb }, [region], [255, 255, 255]);
  let step = steps.next();
  while (!step.done) step = steps.next();
  expect(step.value).toHaveLength(1);
  const { left, top, right, bottom } = step.value[0]!;
  expect([(left + right) / 2, (top + bottom) / 2]).toEqual([50, 50]);
  expect(Math.abs((right - left) / 2 - 30)).toBeLessThanOrEqual(1);
});
