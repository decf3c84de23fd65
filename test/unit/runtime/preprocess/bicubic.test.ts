import { describe, expect, it } from 'vitest';
import { type Rgb8, resizeBicubic } from '../../../../daemon/runtime/preprocess/bicubic';
import { fitImage } from '../../../../daemon/runtime/preprocess/image';
import { imageGeometry } from '../../../../daemon/runtime/preprocess/imageGeometry';

/** A picture without any pattern that an error could hide in. */
function pattern(width: number, height: number, seed: number): Rgb8 {
  const data = new Uint8Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const s = x * 7 + y * 13 + seed * 101;
      data.set([(s * s) % 256, (x * x + 3 * y) % 256, (x * y * 5 + seed) % 256], (y * width + x) * 3);
    }
  }
  return { width, height, data };
}

const checksum = ({ data }: Rgb8) => data.reduce((sum, v, i) => sum + v * ((i % 997) + 1), 0);

/** Numbers of Pillow 12.3 for 32 x 32: [width, height, left, top], checksum cropped, checksum stretched, first and last pixel cropped. */
const PILLOW = [
  [300, 200, [48, 32, 8, 0], 178993978, 178542092, [106, 126, 92], [112, 164, 125]],
  [50, 90, [32, 57, 0, 12], 181942370, 178121565, [32, 58, 35], [76, 111, 79]],
  [225, 224, [32, 32, 0, 0], 179541731, 179541731, [115, 21, 57], [105, 133, 135]],
  // stretched: its two passes one by one, since Pillow 12.3 turns their order round above 100 : 1
  [7, 1000, [32, 4571, 0, 2270], 224160497, 170033965, [201, 209, 0], [171, 0, 255]],
  [640, 481, [42, 32, 5, 0], 179177998, 179156961, [106, 126, 123], [106, 124, 125]],
  [4, 3, [42, 32, 5, 0], 55525967, 57085740, [219, 0, 1], [156, 15, 33]],
] as const;

describe('bicubic scaling is Pillow, bit for bit', () => {
  it.each(PILLOW)('%i x %i', (width, height, geometry, cropped, stretched, first, last) => {
    const { width: w, height: h, window } = imageGeometry(width, height, 32, 'crop');
    expect([w, h, window.left, window.top]).toEqual(geometry);
    const crop = fitImage(pattern(width, height, 1), 32, 'crop');
    expect([...crop.data.subarray(0, 3)]).toEqual(first);
    expect([...crop.data.subarray(-3)]).toEqual(last);
    expect(checksum(crop)).toBe(cropped);
    expect(checksum(fitImage(pattern(width, height, 1), 32, 'stretch'))).toBe(stretched);
  });

  it('an unchanged size is a copy', () => {
    const image = pattern(9, 5, 3);
    expect(resizeBicubic(image, 9, 5, { left: 0, top: 0, width: 9, height: 5 })).toEqual(image);
    expect(resizeBicubic(image, 9, 5, { left: 4, top: 2, width: 1, height: 1 }).data).toEqual(
      image.data.slice((2 * 9 + 4) * 3, (2 * 9 + 5) * 3),
    );
  });

  it('a scroll of 60,000 x 1 pixels costs no more than its window', () => {
    const scroll: Rgb8 = { width: 60_000, height: 1, data: new Uint8Array(180_000).fill(77) };
    const start = performance.now();
    const out = fitImage(scroll, 224, 'crop');
    expect(performance.now() - start).toBeLessThan(1000);
    expect(out.data.every((v) => v === 77)).toBe(true);
  });

  it('rounds the crop as Python does: half to even', () => {
    expect(imageGeometry(33, 32, 32, 'crop').window.left).toBe(0);
    expect(imageGeometry(35, 32, 32, 'crop').window.left).toBe(2);
  });
});
