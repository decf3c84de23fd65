import { describe, expect, it } from 'vitest';
import { parseModelConfig } from '../../../../daemon/common/modelConfig';
import type { ImageMedia, VideoMedia } from '../../../../daemon/media/media';
import type { Rgb8 } from '../../../../daemon/runtime/preprocess/bicubic';
import { movingPart } from '../../../../daemon/runtime/preprocess/movingPart';
import { seenPictures } from '../../../../daemon/runtime/preprocess/seenPictures';
import { prepareVideo } from '../../../../daemon/runtime/preprocess/video';

type Pixel = (x: number, y: number, frame: number) => number;

function film(count: number, pixel: Pixel, width = 96, height = 96): Rgb8[] {
  return Array.from({ length: count }, (_, k) => {
    const data = new Uint8Array(width * height * 3);
    for (let i = 0; i < width * height; i++) data.fill(pixel(i % width, Math.floor(i / width), k), 3 * i, 3 * i + 3);
    return { width, height, data };
  });
}

/** A square of 20 at (left, 40) on a ground with a slope. */
const box =
  (left: (frame: number) => number): Pixel =>
  (x, y, k) =>
    x >= left(k) && x < left(k) + 20 && y >= 40 && y < 60 ? 250 : 40 + (x >> 2);

describe('movingPart', () => {
  it('is the square about a thing on a steady ground, a fifth larger than it', () => {
    const frames = film(
      6,
      box((k) => 4 + 12 * k),
    );
    // 20 * 1.2 = 24 about (14, 50) and (50, 50)
    expect(movingPart(frames, [0, 3])).toEqual([
      { left: 2, top: 38, side: 24 },
      { left: 38, top: 38, side: 24 },
    ]);
  });

  it('stays in the picture, and is taken from the nearest moment where the thing is not there', () => {
    const frames = film(
      8,
      box((k) => (k === 7 ? 200 : 12 * k)),
    );
    const [first, last] = movingPart(frames, [0, 7])!;
    expect(first).toEqual({ left: 0, top: 38, side: 24 });
    expect(last).toEqual(first);
  });

  it('is not given where nothing moves, the camera does, or there are too few frames', () => {
    const still = film(6, (x) => x);
    expect(movingPart(still, [0, 1])).toBeUndefined();
    const camera = film(6, (x, y, k) => ((((x + 7 * k) >> 3) + (y >> 3)) % 2 === 0 ? 200 : 20));
    expect(movingPart(camera, [0, 3])).toBeUndefined();
    expect(
      movingPart(
        film(
          3,
          box((k) => 30 * k),
        ),
        [0],
      ),
    ).toBeUndefined();
    expect(movingPart([], [])).toBeUndefined();
  });

  it('is not given for noise below what compression makes, nor for lone pixels', () => {
    const noisy = film(6, (x, y, k) => 100 + ((x * 7 + y * 13 + k * 29) % 20));
    expect(movingPart(noisy, [0, 3])).toBeUndefined();
    const lone = film(6, (x, y, k) => (x === 10 * k + 3 && y % 9 === 0 ? 255 : 0));
    expect(movingPart(lone, [0, 3])).toBeUndefined();
  });

  it('finds a thing in frames of any size by means of cells', () => {
    const large: Pixel = (x, y, k) => (x >= 40 * k && x < 40 * k + 80 && y >= 100 && y < 180 ? 250 : 30);
    const [part] = movingPart(film(8, large, 448, 252), [4])!;
    expect(Math.abs(part!.left + part!.side / 2 - 200)).toBeLessThan(6);
    expect(Math.abs(part!.top + part!.side / 2 - 140)).toBeLessThan(6);
    expect(part!.side).toBeGreaterThan(90);
    expect(part!.side).toBeLessThan(115);
  });
});

describe('a model that follows what moves', () => {
  const params = { dim: 32, n_layers: 1, n_heads: 2, vocab_size: 64, clip: { width: 32, image: 28, patch: 14 } };
  const media = (frames: Rgb8[], sceneCuts: number[] = []): VideoMedia => ({
    kind: 'video',
    frames: frames.map(({ width, height, data }): ImageMedia => {
      const rgba = new Uint8ClampedArray(width * height * 4).fill(255);
      for (let i = 0; i < width * height; i++) rgba.set(data.subarray(3 * i, 3 * i + 3), 4 * i);
      const plain = { format: 'gif', channels: 3, bitDepth: 8, hasAlpha: false, frames: 1, warnings: [] };
      return { kind: 'image', width, height, data: rgba, ...plain } as ImageMedia;
    }),
    times: frames.map((_, i) => i),
    duration: frames.length,
    frameRate: 1,
    format: 'gif',
    warnings: [],
    sceneCuts,
  });
  const frames = film(
    6,
    box((k) => 4 + 12 * k),
  );
  const config = parseModelConfig({ ...params, image_fit: 'stretch', video: { clips: 2, crops: 1, follow: true } });

  it('sees the surroundings of it, and says which', () => {
    const { input, shape } = prepareVideo(media(frames), config);
    expect(shape).toEqual([1, 2, 3, 28, 28]);
    expect(input).toMatchObject({
      square: { follow: true },
      parts: [
        { left: 2, top: 38, width: 24, height: 24 },
        { left: 26, top: 38, width: 24, height: 24 },
      ],
    });
    const [seen] = seenPictures(media(frames), { size: 28, fit: 'stretch', clips: 2, crops: 1, follow: true });
    const bright = [...seen!.data].filter((v) => v > 150).length / seen!.data.length;
    expect(bright).toBeCloseTo((20 / 24) ** 2, 1); // 20 of 24 pixels a side
  });

  it('sees whole frames of a film with cuts, and of one whose ground moves', () => {
    expect(prepareVideo(media(frames, [3]), config).input).not.toHaveProperty('parts');
    const moving = film(6, (x, y, k) => ((((x + 7 * k) >> 3) + (y >> 3)) % 2 === 0 ? 200 : 20));
    expect(prepareVideo(media(moving), config).input).not.toHaveProperty('parts');
  });

  it('is not one whose params.json says nothing of it', () => {
    const plain = parseModelConfig({ ...params, image_fit: 'stretch', video: { clips: 2, crops: 1 } });
    expect(plain.video.follow).toBe(false);
    expect(prepareVideo(media(frames), plain).input).not.toHaveProperty('parts');
  });
});
