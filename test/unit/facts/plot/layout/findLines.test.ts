import { describe, expect, it } from 'vitest';
import { findLines } from '../../../../../daemon/facts/plot/layout/findLines';
import type { Rgb } from '../../../../../daemon/media/plot';

const WHITE: Rgb = [255, 255, 255];

/** A white picture of 200 x 200 pixels with filled rectangles: left, top, right, bottom, grey. */
function picture(...boxes: Array<[number, number, number, number, number]>) {
  const rgb = new Uint8Array(200 * 200 * 3).fill(255);
  for (const [left, top, right, bottom, grey] of boxes)
    for (let y = top; y < bottom; y++) rgb.fill(grey, (y * 200 + left) * 3, (y * 200 + right) * 3);
  return { width: 200, height: 200, rgb };
}

function linesOf(image: ReturnType<typeof picture>, upright: boolean) {
  const steps = findLines(image, upright, 16, WHITE);
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}

describe('findLines', () => {
  const panel: [number, number, number, number, number] = [40, 40, 160, 160, 230];

  it('ends a white grid line at the tinted ground, though it runs on between two letters', () => {
    const letters: Array<[number, number, number, number, number]> = [
      [93, 10, 98, 28, 0],
      [102, 10, 107, 28, 0],
    ];
    const lines = linesOf(picture(panel, [99, 40, 101, 160, 255], ...letters), true).filter((l) => l.to > 50);
    expect(lines.map(({ near, far, from, to }) => ({ near, far, from, to }))).toEqual([
      { near: 99, far: 101, from: 40, to: 160 },
    ]);
  });

  it('takes no narrow margin for a line', () => expect(linesOf(picture([4, 4, 197, 197, 230]), true)).toEqual([]));
});
