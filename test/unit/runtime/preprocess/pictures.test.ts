import { describe, expect, it } from 'vitest';
import { parseModelConfig } from '../../../../daemon/common/modelConfig';
import type { ImageMedia, VideoMedia } from '../../../../daemon/media/media';
import { preprocess } from '../../../../daemon/runtime/modalities';
import { bilinearView } from '../../../../daemon/runtime/preprocess/bilinear';
import { CLIP_MEAN, CLIP_STD } from '../../../../daemon/runtime/preprocess/clipNorm';
import { clipTensor, overWhite } from '../../../../daemon/runtime/preprocess/image';

const params = { dim: 64, n_layers: 1, n_heads: 4, clip: { image: 28, patch: 14 } };
const config = parseModelConfig(params);

const image = (width: number, height: number, pixel: (x: number, y: number) => number[]): ImageMedia => ({
  kind: 'image',
  width,
  height,
  data: Uint8ClampedArray.from(
    Array.from({ length: width * height }, (_, i) => pixel(i % width, Math.floor(i / width))).flat(),
  ),
  format: 'png',
  channels: 4,
  bitDepth: 8,
  hasAlpha: true,
  frames: 1,
  warnings: [],
});
const grey = (v: number, width = 28, height = 28) => image(width, height, () => [v, v, v, 255]);
/** Red of a normalised tensor as an 8-bit value. */
const red = (v: number) => Math.round(Math.abs(v * CLIP_STD[0] + CLIP_MEAN[0]) * 255);

describe('pictures', () => {
  it('are composed over white', () => {
    const { data } = overWhite(image(2, 1, (x) => (x ? [200, 100, 0, 128] : [9, 9, 9, 0])));
    expect([...data]).toEqual([255, 255, 255, 227, 177, 127]);
  });

  it('are normalised with mean and deviation of CLIP, plane by plane', () => {
    const tensor = clipTensor({ width: 1, height: 1, data: Uint8Array.of(255, 0, 51) });
    const expected = [
      (1 - CLIP_MEAN[0]) / CLIP_STD[0],
      -CLIP_MEAN[1] / CLIP_STD[1],
      (0.2 - CLIP_MEAN[2]) / CLIP_STD[2],
    ];
    expect([...tensor]).toEqual(expected.map((v) => expect.closeTo(v, 6)));
  });

  it('crop shows the middle, stretch the whole', () => {
    const halves = image(112, 28, (x) => [x < 28 || x >= 84 ? 255 : 0, 0, 0, 255]);
    const crop = preprocess(halves, config).tensor;
    const stretch = preprocess(halves, parseModelConfig({ ...params, image_fit: 'stretch' })).tensor;
    expect([crop[0]!, crop[27]!].map(red)).toEqual([0, 0]);
    expect([stretch[0]!, stretch[14]!, stretch[27]!].map(red)).toEqual([255, 0, 255]);
  });

  it('carry the warnings of their decoder', () => {
    expect(preprocess({ ...grey(1), warnings: ['first frame only'] }, config).warnings).toEqual(['first frame only']);
  });
});

describe('depth and normal maps', () => {
  it('go with their photograph, scaled to its size', () => {
    const media = {
      kind: 'rgbd',
      photo: grey(200, 56, 28),
      map: grey(10, 14, 14),
      format: 'pair',
      warnings: [],
    } as const;
    const { tensor, input: _, ...rest } = preprocess({ ...media, warnings: [] }, config);
    expect(rest).toEqual({ modality: 'rgbd', frames: 2, shape: [1, 2, 3, 28, 28], warnings: [] });
    expect([tensor[0]!, tensor[3 * 28 * 28]!].map(red)).toEqual([200, 10]);
  });

  it('alone stand in for it, with a warning', () => {
    const { tensor, modality, warnings } = preprocess(
      { kind: 'rgbn', map: grey(77), format: 'png', warnings: [] },
      config,
    );
    expect(modality).toBe('rgbn');
    expect([tensor[0]!, tensor[3 * 28 * 28]!].map(red)).toEqual([77, 77]);
    expect(warnings.join()).toMatch(/^The normal map has no photograph/);
  });
});

describe('video', () => {
  const video = (frames: ImageMedia[], frameRate: number): VideoMedia => ({
    kind: 'video',
    frames,
    frameRate,
    duration: frames.length / frameRate,
    format: 'gif',
    warnings: [],
  });
  const numbered = (n: number, width = 28, height = 28) => Array.from({ length: n }, (_, i) => grey(i, width, height));
  const firstReds = (tensor: Float32Array) =>
    Array.from({ length: tensor.length / (3 * 28 * 28) }, (_, i) => red(tensor[i * 3 * 28 * 28]!));

  it('takes the frame at ceil(rate * start) of five clips; identical crops once', () => {
    // 11 s at 10 a second: starts 0, 2, 4, 6, 8 s
    const { tensor, frames, shape } = preprocess(video(numbered(110), 10), config);
    expect(firstReds(tensor)).toEqual([0, 20, 40, 60, 80]);
    expect(frames).toBe(5);
    expect(shape).toEqual([1, 5, 3, 28, 28]);
    // 2.7 s at 30 a second: step 0.34 s
    expect(firstReds(preprocess(video(numbered(81), 30), config).tensor)).toEqual([0, 11, 21, 31, 41]);
  });

  it('takes the sampled frames nearest to those moments', () => {
    // 16 frames of 11 s, at 0.34, 1.03 ... s; the moments are 0, 2, 4, 6, 8 s
    const times = Array.from({ length: 16 }, (_, i) => ((i + 0.5) * 11) / 16);
    const media = { ...video(numbered(16), 25), duration: 11, times };
    expect(firstReds(preprocess(media, config).tensor)).toEqual([0, 2, 5, 8, 11]);
  });

  it('takes every n-th of frames that are spread over scenes', () => {
    const times = Array.from({ length: 15 }, (_, i) => i);
    const media = { ...video(numbered(15), 25), duration: 15, times, sceneCuts: [5, 10] };
    expect(firstReds(preprocess(media, config).tensor)).toEqual([1, 4, 7, 10, 13]);
  });

  it('three crops of a wide frame, from edge to edge', () => {
    const wide = image(57, 28, (x) => [x, 0, 0, 255]);
    const { tensor, frames } = preprocess(video([wide], 10), config);
    expect(frames).toBe(15);
    expect(firstReds(tensor).slice(0, 6)).toEqual([0, 15, 29, 0, 15, 29]);
    const tall = image(28, 57, (_, y) => [y, 0, 0, 255]);
    expect(firstReds(preprocess(video([tall], 10), config).tensor).slice(0, 3)).toEqual([0, 15, 29]);
  });

  it('a single crop is the middle; a short video repeats its frames', () => {
    const one = parseModelConfig({ ...params, video: { clips: 2, crops: 1 } });
    const wide = image(57, 28, (x) => [x, 0, 0, 255]);
    expect(firstReds(preprocess(video([wide], 1), one).tensor)).toEqual([15, 15]);
  });

  it('without frames is an error', () => {
    expect(() => preprocess(video([], 10), config)).toThrow(expect.objectContaining({ code: 'FILE_UNSUPPORTED' }));
  });

  it('is scaled as torch does it, bilinear without antialiasing', () => {
    const data = new Uint8Array(50 * 30 * 3);
    for (let y = 0; y < 30; y++) {
      for (let x = 0; x < 50; x++) {
        const s = x * 7 + y * 13 + 202;
        data.set([(s * s) % 256, (x * x + 3 * y) % 256, (x * y * 5 + 2) % 256], (y * 50 + x) * 3);
      }
    }
    const source = { width: 50, height: 30, data };
    const left = bilinearView(source, 53, 32, 0, 0, 32);
    const right = bilinearView(source, 53, 32, 21, 0, 32);
    const plain = (v: number, c: number) => v * CLIP_STD[c]! + CLIP_MEAN[c]!;
    expect(plain(left[0]!, 0)).toBeCloseTo(0.39215686, 6);
    expect(plain(left[(32 + 15) * 32 + 20]!, 1)).toBeCloseTo(0.553567795, 6);
    expect(plain(right[(64 + 31) * 32 + 31]!, 2)).toBeCloseTo(0.764705883, 6);
  });
});
