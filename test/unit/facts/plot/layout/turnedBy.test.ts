import { describe, expect, it } from 'vitest';
import { turnedBy } from '../../../../../daemon/facts/plot/layout/turnedBy';
import { finish } from '../../../../../daemon/facts/plot/steps';

/** A white picture with a black line of dots that falls by 45 degrees. */
function falling(size: number) {
  const rgb = new Uint8Array(3 * size * size).fill(255);
  for (let i = 10; i < size - 10; i++) rgb.fill(0, 3 * (i * size + i), 3 * (i * size + i) + 3);
  return { width: size, height: size, rgb };
}

describe('turnedBy', () => {
  const box = { left: 0, top: 0, right: 60, bottom: 60 };
  const { image, toPicture } = finish(turnedBy(falling(60), box, Math.PI / 4, [255, 255, 255]));

  it('makes falling ink level', () => {
    const rows = new Set<number>();
    for (let i = 0; i < image.width * image.height; i++)
      if (image.rgb[3 * i]! < 150) rows.add(Math.floor(i / image.width));
    expect(rows.size).toBeLessThanOrEqual(2);
  });

  it('says where each place was', () => {
    const [x, y] = toPicture(image.width / 2 + 20, image.height / 2);
    expect(x).toBeCloseTo(30 + 20 * Math.SQRT1_2, 6);
    expect(y).toBeCloseTo(30 + 20 * Math.SQRT1_2, 6);
  });
});
