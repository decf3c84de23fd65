import { describe, expect, it } from 'vitest';
import { cloudSample, depthGrid, envelope, pointNormals, wavOf } from '../../../../daemon/facts/view';
import type { AudioMedia, DepthValues, ImageMedia, PointMedia } from '../../../../daemon/media/media';

const cloud = (positions: number[], more: Partial<PointMedia> = {}): PointMedia => ({
  kind: 'point',
  positions: Float32Array.from(positions),
  count: positions.length / 3,
  declared: positions.length / 3,
  format: 'ply',
  warnings: [],
  ...more,
});

describe('cloudSample', () => {
  it('keeps every n-th point, about the middle of all', () => {
    const media = cloud([0, 0, 0, 2, 0, 0, 4, 2, 0, 6, 0, 8], { origin: [100, 0, 0], total: 40 });
    const sample = cloudSample(media, 2);
    expect([...sample.positions]).toEqual([-3, -1, -4, 1, 1, -4]);
    expect(sample).toMatchObject({ count: 2, of: 40, middle: [103, 1, 4] });
    expect(sample.colors).toBeUndefined();
  });

  it('has the colours as bytes', () => {
    const media = cloud([0, 0, 0], { colors: Float32Array.from([0, 0.5, 1.5]) });
    expect([...cloudSample(media, 10).colors!]).toEqual([0, 128, 255]);
  });
});

describe('pointNormals', () => {
  it('of a plane are its own, whichever way round', async () => {
    const xyz = Float32Array.from(Array.from({ length: 36 }, (_, i) => [i % 6, Math.floor(i / 6), 0]).flat());
    const normals = await pointNormals(xyz);
    for (let i = 0; i < 36; i++) {
      expect([...normals.subarray(3 * i, 3 * i + 3)].map(Math.abs)).toEqual([0, 0, 127]);
    }
  });

  it('of two points are none, and a cancel is heard', async () => {
    expect([...(await pointNormals(Float32Array.from([0, 0, 0, 1, 1, 1])))]).toEqual([0, 0, 0, 0, 0, 0]);
    await expect(pointNormals(new Float32Array(300), AbortSignal.abort())).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});

describe('depthGrid', () => {
  const depth = (width: number, height: number, values: number[]): DepthValues => ({
    width,
    height,
    values: Float32Array.from(values),
  });

  it('takes pixels as they are and keeps holes', () => {
    const grid = depthGrid(depth(4, 2, [1, 2, 3, 4, 5, 6, 7, Number.NaN]), undefined, 2);
    expect(grid).toMatchObject({ columns: 2, rows: 1 });
    expect([...grid.values]).toEqual([6, Number.NaN]);
    expect(grid.range).toEqual([6, 6]);
  });

  it('is never finer than the map, and has the photograph’s colours at the same places', () => {
    const photo = { width: 1, height: 1, data: Uint8ClampedArray.from([9, 8, 7, 255]) } as ImageMedia;
    const grid = depthGrid(depth(2, 1, [1, 2]), photo, 256);
    expect([...grid.values]).toEqual([1, 2]);
    expect([...grid.colors!]).toEqual([9, 8, 7, 9, 8, 7]);
  });
});

describe('envelope', () => {
  it('loses no spike', () => {
    expect(envelope(Float32Array.from([0, 9, 0, 0, -9, 0, 0, 1]), 2)).toEqual({ low: [0, -9], high: [9, 1] });
  });

  it('has no more columns than values', () => {
    expect(envelope(Float32Array.from([2]), 100)).toEqual({ low: [2], high: [2] });
  });
});

describe('wavOf', () => {
  const sound = (sampleRate: number, ...channels: number[][]): AudioMedia => ({
    kind: 'audio',
    sampleRate,
    channels: channels.map((c) => Float32Array.from(c)),
    format: 'wav',
    warnings: [],
  });

  it('writes 16-bit PCM of two channels, clipped at full scale', () => {
    const { bytes, seconds } = wavOf(sound(2, [0, 1], [0.5, -2], [1, 1]), 1000);
    const view = new DataView(bytes.buffer);
    expect(seconds).toBe(1);
    expect(String.fromCharCode(...bytes.subarray(0, 4), ...bytes.subarray(8, 16))).toBe('RIFFWAVEfmt ');
    expect([20, 22, 32, 34].map((at) => view.getUint16(at, true))).toEqual([1, 2, 4, 16]);
    expect([4, 24, 28, 40].map((at) => view.getUint32(at, true))).toEqual([44, 2, 8, 8]);
    expect([44, 46, 48, 50].map((at) => view.getInt16(at, true))).toEqual([0, 16384, 32767, -32767]);
  });

  it('ends where the limit is', () => {
    const { bytes, seconds } = wavOf(sound(10, new Array(100).fill(0)), 44 + 41);
    expect(bytes.length).toBe(44 + 40);
    expect(seconds).toBe(2);
  });
});
