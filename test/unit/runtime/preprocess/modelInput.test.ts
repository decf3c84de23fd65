import { describe, expect, it } from 'vitest';
import { parseModelConfig } from '../../../../daemon/common/modelConfig';
import type { AudioMedia, ImageMedia, ImuMedia, PointMedia, VideoMedia } from '../../../../daemon/media/media';
import { preprocess } from '../../../../daemon/runtime/modalities';
import { seenPictures } from '../../../../daemon/runtime/preprocess/seenPictures';

const params = { dim: 64, n_layers: 1, n_heads: 4, clip: { image: 28, patch: 14 } };
const config = parseModelConfig(params);
const squeezing = parseModelConfig({ ...params, image_fit: 'squeeze' });
const stretching = parseModelConfig({ ...params, image_fit: 'stretch' });

const image = (width: number, height: number, red: (x: number, y: number) => number): ImageMedia => ({
  kind: 'image',
  width,
  height,
  data: Uint8ClampedArray.from(
    Array.from({ length: width * height }, (_, i) => [red(i % width, Math.floor(i / width)), 0, 0, 255]).flat(),
  ),
  format: 'png',
  channels: 4,
  bitDepth: 8,
  hasAlpha: false,
  frames: 1,
  warnings: [],
});

const square = { size: 28, fit: 'crop', clips: 5, crops: 3 };

describe('what reached the model', () => {
  it('of a picture is the middle square in its own pixels, or all of it', () => {
    expect(
      preprocess(
        image(112, 56, () => 0),
        config,
      ).input,
    ).toEqual({
      kind: 'picture',
      square,
      width: 112,
      height: 56,
      crop: { left: 28, top: 0, width: 56, height: 56 },
    });
    expect(
      preprocess(
        image(112, 56, () => 0),
        stretching,
      ).input,
    ).toMatchObject({
      square: { fit: 'stretch' },
      crop: { left: 0, top: 0, width: 112, height: 56 },
    });
  });

  it('of a squeezed photograph is its middle, of a drawing on paper all of it', () => {
    const photo = image(112, 56, (x, y) => (37 * x + 101 * y) % 256);
    expect(preprocess(photo, squeezing).input).toMatchObject({
      square: { fit: 'squeeze' },
      crop: { left: 23, top: 0, width: 65, height: 56 },
    });
    const nearlySquare = image(60, 56, (x, y) => (37 * x + 101 * y) % 256);
    expect(preprocess(nearlySquare, squeezing).input).toMatchObject({
      crop: { left: 0, top: 0, width: 60, height: 56 },
    });
    const drawing = image(112, 56, (x, y) => (x > 40 && x < 60 && y > 2 ? 200 : 8));
    expect(preprocess(drawing, squeezing).input).toMatchObject({
      square: { fit: 'stretch' },
      crop: { left: 0, top: 0, width: 112, height: 56 },
    });
  });

  it('of a squeezed photograph are sampled pixels, not means', () => {
    const stripes = image(280, 280, (x) => (x % 10 < 4 ? 0 : x % 10 < 7 ? 255 : 100));
    const seen = (fit: 'squeeze' | 'crop') => seenPictures(stripes, { ...square, fit } as const)[0]!.data;
    const extremes = (data: Uint8Array) => data.filter((v, i) => i % 3 === 0 && (v === 0 || v === 255)).length;
    expect(extremes(seen('squeeze'))).toBe(28 * 28);
    expect(extremes(seen('crop'))).toBe(0);
  });

  it('of a large photograph is brought to usual size first', () => {
    // single bright pixels, which sampling would hit or miss
    const dots = image(1600, 1600, (x, y) => (x % 4 === 0 && y % 4 === 0 ? 255 : 0) + ((x * 7 + y) % 2));
    const red = seenPictures(dots, { ...square, fit: 'squeeze' } as const)[0]!.data.filter((_, i) => i % 3 === 0);
    expect(Math.max(...red) - Math.min(...red)).toBeLessThan(40);
    expect(Math.min(...red)).toBeGreaterThan(5);
  });

  it('of a map without photograph says so', () => {
    const media = { kind: 'rgbd' as const, map: image(28, 28, () => 5), format: 'png', warnings: [] };
    expect(preprocess(media, config).input).toMatchObject({ kind: 'pair', alone: true, width: 28, height: 28 });
    const pair = { ...media, photo: image(56, 28, () => 5) };
    expect(preprocess(pair, config).input).toMatchObject({ alone: false, width: 56 });
  });

  it('of a video are the seconds of its frames', () => {
    const frames = [0, 50, 100, 150].map((red) => image(28, 28, () => red));
    const media: VideoMedia = {
      kind: 'video',
      frames,
      times: [0, 1, 2, 3],
      duration: 4,
      frameRate: 1,
      format: 'gif',
      warnings: [],
    };
    const { input } = preprocess(media, parseModelConfig({ ...params, video: { clips: 3, crops: 1 } }));
    expect(input).toEqual({ kind: 'frames', square: { ...square, clips: 3, crops: 1 }, times: [0, 1, 2] });
  });

  it('of a sound are the first seconds that the filter bank takes', () => {
    const sound = (seconds: number): AudioMedia => ({
      kind: 'audio',
      sampleRate: 8000,
      channels: [new Float32Array(8000 * seconds), new Float32Array(8000 * seconds)],
      format: 'wav',
      warnings: [],
    });
    const told = { kind: 'sound', channels: 2, sampleRate: 16000, mels: 128, frames: 1024 };
    // 1023 steps of 10 ms and a window of 25 ms
    expect(preprocess(sound(12), config).input).toEqual({ ...told, seconds: 10.255, of: 12 });
    expect(preprocess(sound(2), config).input).toEqual({ ...told, seconds: 2, of: 2 });
  });

  it('of a cloud is the number of points, of a recording of motion its seconds', () => {
    const cloud: PointMedia = {
      kind: 'point',
      positions: Float32Array.from({ length: 300 }, (_, i) => i),
      count: 100,
      declared: 100,
      format: 'ply',
      warnings: [],
    };
    const small = parseModelConfig({ ...params, point: { points: 10, groups: 2, neighbours: 2 } });
    expect(preprocess(cloud, small).input).toEqual({ kind: 'points', points: 10, of: 100, colors: false });
    const imu: ImuMedia = {
      kind: 'imu',
      sampleRate: 100,
      channels: Array.from({ length: 6 }, () => new Float32Array(500)),
      format: 'csv',
      warnings: [],
    };
    expect(preprocess(imu, config).input).toEqual({ kind: 'motion', seconds: 2, of: 5, sampleRate: 200 });
  });
});

describe('seenPictures', () => {
  it('are the very pixels of the square', () => {
    const picture = image(28, 28, (x, y) => x * 9 + (y % 2));
    const { input } = preprocess(picture, config);
    const [seen] = seenPictures(picture, (input as Extract<typeof input, { kind: 'picture' }>).square);
    expect(seen).toMatchObject({ width: 28, height: 28 });
    expect([...seen!.data]).toEqual([...picture.data].filter((_, i) => i % 4 < 3));
  });

  it('of a video are one a crop of each moment, of a map two', () => {
    const media: VideoMedia = {
      kind: 'video',
      frames: [image(56, 28, (x) => x)],
      times: [0],
      duration: 1,
      frameRate: 1,
      format: 'gif',
      warnings: [],
    };
    const seen = seenPictures(media, { size: 28, fit: 'crop', clips: 2, crops: 3 });
    expect(seen.map(({ data }) => data[0])).toEqual([0, 14, 28, 0, 14, 28]);
    const map = { kind: 'rgbd' as const, map: image(28, 28, () => 7), format: 'png', warnings: [] };
    expect(seenPictures(map, { ...square, fit: 'stretch' }).map(({ data }) => data[0])).toEqual([7, 7]);
  });
});
