import { describe, expect, it } from 'vitest';
import { minAreaRectangle } from '../../../../daemon/runtime/ocr/minAreaRectangle';
import { probabilityBoxes } from '../../../../daemon/runtime/ocr/probabilityBoxes';

function map(width: number, height: number, value: (x: number, y: number) => number): Float32Array {
  return Float32Array.from({ length: width * height }, (_, i) => value(i % width, Math.floor(i / width)));
}

describe('probabilityBoxes', () => {
  it('grows a 20 x 5 region by area * 1.6 / perimeter', () => {
    const boxes = probabilityBoxes(
      map(40, 20, (x, y) => (x >= 10 && x < 30 && y >= 8 && y < 13 ? 0.8 : 0)),
      40,
      20,
    );
    // 20 * 5 * 1.6 / 50 = 3.2 on every side
    expect(boxes).toHaveLength(1);
    expect(boxes[0]).toMatchObject({ center: [20, 10.5], angle: 0 });
    expect(boxes[0]!.width).toBeCloseTo(26.4, 6);
    expect(boxes[0]!.height).toBeCloseTo(11.4, 6);
    expect(boxes[0]!.score).toBeCloseTo(0.8, 6);
  });

  it('drops faint and thin regions', () => {
    expect(
      probabilityBoxes(
        map(20, 20, (_, y) => (y >= 5 && y < 10 ? 0.4 : 0)),
        20,
        20,
      ),
    ).toEqual([]);
    expect(
      probabilityBoxes(
        map(20, 20, (_, y) => (y >= 5 && y < 7 ? 0.9 : 0)),
        20,
        20,
      ),
    ).toEqual([]);
  });

  it('keeps the tilt of a slanted line', () => {
    const boxes = probabilityBoxes(
      map(100, 100, (x, y) => (Math.abs(x - y) <= 4 && x >= 20 && x < 80 ? 0.9 : 0)),
      100,
      100,
    );
    expect(boxes[0]!.angle * (180 / Math.PI)).toBeCloseTo(45, 0);
  });
});

describe('minAreaRectangle', () => {
  it('finds the side of a tilted square', () => {
    const square = minAreaRectangle([
      [5, 0],
      [10, 5],
      [5, 10],
      [0, 5],
    ]);
    expect(square.center).toEqual([expect.closeTo(5, 9), expect.closeTo(5, 9)]);
    expect(square.width).toBeCloseTo(Math.sqrt(50), 9);
    expect(square.height).toBeCloseTo(Math.sqrt(50), 9);
  });
});
