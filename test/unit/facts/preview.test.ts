import { describe, expect, it } from 'vitest';
import { pointsPreview, waveformPeaks } from '../../../daemon/facts/preview';
import type { AudioMedia, PointMedia } from '../../../daemon/media/media';

const sound = (...channels: number[][]): AudioMedia => ({
  kind: 'audio',
  sampleRate: 8000,
  channels: channels.map((c) => Float32Array.from(c)),
  format: 'wav',
  warnings: [],
});

const cloud = (count: number, colors: boolean): PointMedia => ({
  kind: 'point',
  positions: Float32Array.from({ length: count * 3 }, (_, i) => i),
  ...(colors ? { colors: Float32Array.from({ length: count * 3 }, (_, i) => (i % 3) / 3) } : {}),
  count,
  declared: count,
  format: 'ply',
  warnings: [],
});

describe('waveformPeaks', () => {
  it('takes the largest absolute sample of all channels in each stretch', () => {
    expect(waveformPeaks(sound([0.1, -0.9, 0, 0.2, 0.3], [0, 0, 0.5, 0, 0]), 2)).toEqual([0.9, 0.5]);
  });

  it('gives no more peaks than samples', () => {
    expect(waveformPeaks(sound([0.25, -0.5]))).toEqual([0.25, 0.5]);
    expect(waveformPeaks(sound([]))).toEqual([]);
  });

  it('covers every sample of a long recording', () => {
    const samples = Array.from({ length: 100_003 }, () => 0);
    samples[100_002] = 1;
    const peaks = waveformPeaks(sound(samples));
    expect(peaks).toHaveLength(400);
    expect(peaks[399]).toBe(1);
  });
});

describe('pointsPreview', () => {
  it('keeps a small cloud whole', () => {
    expect(pointsPreview(cloud(2, true))).toEqual({ xyz: [0, 1, 2, 3, 4, 5], rgb: [0, 0.333, 0.667, 0, 0.333, 0.667] });
    expect(pointsPreview(cloud(2, false))).toEqual({ xyz: [0, 1, 2, 3, 4, 5] });
  });

  it('thins a large one evenly', () => {
    const { xyz } = pointsPreview(cloud(10, false), 4);
    expect(xyz.filter((_, i) => i % 3 === 0)).toEqual([0, 6, 15, 21]);
    expect(pointsPreview(cloud(50_000, false)).xyz).toHaveLength(6000);
  });
});
