import { describe, expect, it } from 'vitest';
import { imageFacts } from '../../../../daemon/facts/image';
import { dominantColors } from '../../../../daemon/facts/image/dominantColors';
import { flatten } from '../../../../daemon/facts/image/flatten';
import { rgbToLab } from '../../../../daemon/facts/image/lab';
import { laplacianVariance } from '../../../../daemon/facts/image/laplacianVariance';
import type { ImageMedia } from '../../../../daemon/media/media';

type Rgba = [number, number, number, number?];

function picture(
  width: number,
  height: number,
  at: (x: number, y: number) => Rgba,
  more: Partial<ImageMedia> = {},
): ImageMedia {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const [r, g, b, a = 255] = at(x, y);
      data.set([r, g, b, a], (y * width + x) * 4);
    }
  return {
    kind: 'image',
    width,
    height,
    data,
    format: 'png',
    channels: 3,
    bitDepth: 8,
    hasAlpha: false,
    frames: 1,
    warnings: [],
    ...more,
  };
}

const factOf = (media: ImageMedia, name: string) => imageFacts(media).find((f) => f.name === name)?.value;

describe('imageFacts', () => {
  it('names every fact once, in a fixed order, and says how each was measured', () => {
    const facts = imageFacts(picture(4, 3, () => [1, 2, 3], { density: 300 }));
    expect(facts.map((f) => f.name)).toEqual([
      'image.width',
      'image.height',
      'image.megapixels',
      'image.aspect',
      'image.channels',
      'image.bitDepth',
      'image.alpha',
      'image.frames',
      'image.density',
      'image.colors',
      'image.dominantColors',
      'image.brightness',
      'image.contrast',
      'image.grayscale',
      'image.sharpness',
    ]);
    for (const { how } of facts) expect(how).toMatch(/^[A-Z].*\.$/);
  });

  it('leaves out what the file does not state', () => {
    expect(
      factOf(
        picture(1, 1, () => [0, 0, 0]),
        'image.density',
      ),
    ).toBeUndefined();
  });

  it('tells the true size of a picture that was shrunk', () => {
    const media = picture(4, 2, () => [0, 0, 0], { fullWidth: 8000, fullHeight: 4000 });
    expect(factOf(media, 'image.width')).toBe(8000);
    expect(factOf(media, 'image.height')).toBe(4000);
    expect(factOf(media, 'image.megapixels')).toBe(32);
    expect(factOf(media, 'image.aspect')).toBe(2);
    expect(imageFacts(media).find((f) => f.name === 'image.colors')?.how).toBe(
      'Distinct RGB values, counted over the 4 × 2 pixels of the picture as shrunk for decoding.',
    );
  });

  it('measures half black, half white', () => {
    const media = picture(2, 2, (x) => (x === 0 ? [0, 0, 0] : [255, 255, 255]));
    expect(factOf(media, 'image.brightness')).toBe(0.5);
    expect(factOf(media, 'image.contrast')).toBe(0.5);
    expect(factOf(media, 'image.grayscale')).toBe(true);
    expect(factOf(media, 'image.colors')).toBe(2);
    expect(factOf(media, 'image.sharpness')).toBe(0);
    expect(factOf(media, 'image.dominantColors')).toEqual([
      ['#000000', 0.5],
      ['#ffffff', 0.5],
    ]);
  });

  it('weighs red, green and blue as BT.601 does', () => {
    expect(
      factOf(
        picture(1, 1, () => [255, 0, 0]),
        'image.brightness',
      ),
    ).toBe(0.299);
    expect(
      factOf(
        picture(1, 1, () => [0, 255, 0]),
        'image.brightness',
      ),
    ).toBe(0.587);
    expect(
      factOf(
        picture(1, 1, () => [0, 0, 255]),
        'image.brightness',
      ),
    ).toBe(0.114);
  });

  it('takes small differences between the channels for grey, larger ones not', () => {
    expect(
      factOf(
        picture(1, 1, () => [100, 104, 101]),
        'image.grayscale',
      ),
    ).toBe(true);
    expect(
      factOf(
        picture(1, 1, () => [100, 105, 101]),
        'image.grayscale',
      ),
    ).toBe(false);
  });

  it('counts every colour exactly', () => {
    expect(
      factOf(
        picture(256, 16, (x, y) => [x, y, 7]),
        'image.colors',
      ),
    ).toBe(4096);
  });

  it('lays transparency over white', () => {
    expect(
      factOf(
        picture(1, 1, () => [0, 0, 0, 0], { hasAlpha: true }),
        'image.brightness',
      ),
    ).toBe(1);
    expect(flatten(picture(1, 1, () => [0, 100, 255, 128])).rgb).toEqual(new Uint8Array([127, 177, 255]));
  });
});

describe('laplacianVariance', () => {
  it('of a single white pixel', () => {
    // 3 x 3 inner pixels: -4 x 255 once, 255 four times, 0 four times; their sum is 0
    const luma = new Float32Array(25);
    luma[12] = 255;
    expect(laplacianVariance(luma, 5, 5)).toBe((1020 ** 2 + 4 * 255 ** 2) / 9);
  });

  it('of an even slope is 0, and of a picture without inner pixels', () => {
    expect(
      laplacianVariance(
        Float32Array.from({ length: 30 }, (_, i) => (i % 6) * 10),
        6,
        5,
      ),
    ).toBe(0);
    expect(laplacianVariance(new Float32Array([0, 255]), 2, 1)).toBe(0);
  });
});

describe('rgbToLab', () => {
  // from the sRGB and CIE definitions; the same as in Lindbloom's calculator
  it.each([
    [
      [255, 255, 255],
      [100, 0, 0],
    ],
    [
      [0, 0, 0],
      [0, 0, 0],
    ],
    [
      [255, 0, 0],
      [53.24, 80.09, 67.2],
    ],
    [
      [0, 255, 0],
      [87.73, -86.18, 83.18],
    ],
    [
      [0, 0, 255],
      [32.3, 79.19, -107.86],
    ],
    [
      [119, 119, 119],
      [50.03, 0, 0],
    ],
  ])('%j', (rgb, lab) => {
    const actual = rgbToLab(rgb[0]!, rgb[1]!, rgb[2]!);
    for (const k of [0, 1, 2] as const) expect(actual[k]).toBeCloseTo(lab[k]!, 1);
  });
});

describe('dominantColors', () => {
  const of = (media: ImageMedia, most?: number) => dominantColors(flatten(media), most);

  it('gives stripes exactly, the widest first', () => {
    const stripes = picture(10, 2, (x) => (x < 5 ? [31, 119, 180] : x < 8 ? [255, 127, 14] : [255, 255, 255]));
    expect(of(stripes)).toEqual([
      ['#1f77b4', 0.5],
      ['#ff7f0e', 0.3],
      ['#ffffff', 0.2],
    ]);
  });

  it('gives one colour for one colour', () => {
    expect(of(picture(7, 7, () => [18, 52, 86]))).toEqual([['#123456', 1]]);
  });

  it('keeps a thin line apart from its background, in its own colour despite soft edges', () => {
    const line = picture(100, 100, (_, y) => (y === 50 ? [214, 39, 40] : y === 51 ? [235, 147, 147] : [255, 255, 255]));
    const found = of(line);
    expect(found[0]).toEqual(['#ffffff', 0.98]);
    expect(found.map(([hex]) => hex)).toContain('#d62728');
  });

  it('gives at most as many as asked for, the same ones every time', () => {
    const many = picture(64, 64, (x, y) => [x * 4, y * 4, (x * y) % 256]);
    const first = of(many, 5);
    expect(first).toHaveLength(5);
    expect(of(many, 5)).toEqual(first);
    expect(first.reduce((sum, [, share]) => sum + share, 0)).toBeCloseTo(1, 2);
  });
});
