import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decode } from '../../../daemon/decoders';
import { measureFacts } from '../../../daemon/facts';
import type { Media } from '../../../daemon/media/media';

const named = async (media: Media, name: string) =>
  (await measureFacts(media, { name: 'f', bytes: 1 })).find((f) => f.name === name);

describe('measureFacts', () => {
  it('begins with the file, whatever its kind', async () => {
    const bytes = new Uint8Array(readFileSync(join(__dirname, '../../fixtures/image/rgb.png')));
    const { media } = await decode(bytes, 'rgb.png');
    const facts = await measureFacts(media, { name: 'rgb.png', bytes: bytes.length });
    expect(facts.slice(0, 4).map(({ name, value, unit }) => [name, value, unit])).toEqual([
      ['file.size', bytes.length, 'B'],
      ['file.format', 'png', undefined],
      ['image.width', 32, 'px'],
      ['image.height', 24, 'px'],
    ]);
    expect(facts.find((f) => f.name === 'image.density')).toMatchObject({ value: 300, unit: 'dpi' });
    expect(facts.find((f) => f.name === 'image.colors')?.value).toBe(4);
  });

  it('measures recordings of motion, brain responses, maps and frames', async () => {
    const channels = Array.from({ length: 6 }, () => new Float32Array(400));
    const times = Float64Array.from({ length: 400 }, (_, i) => i / 200);
    const imu: Media = { kind: 'imu', sampleRate: 200, channels, times, format: 'csv', warnings: [] };
    // from the first sample to the last
    expect(await named(imu, 'imu.duration')).toMatchObject({ value: 1.995, unit: 's' });
    // without a clock in the file nothing is said of time
    expect(await named({ ...imu, times: undefined } as unknown as Media, 'imu.duration')).toBeUndefined();
    const fmri: Media = { kind: 'fmri', voxels: new Float32Array(15724), format: 'npy', warnings: [] };
    expect((await named(fmri, 'fmri.voxels'))?.value).toBe(15724);
    const map = {
      kind: 'image' as const,
      width: 1,
      height: 1,
      data: new Uint8ClampedArray([128, 128, 128, 255]),
      format: 'png',
      channels: 1,
      bitDepth: 16,
      hasAlpha: false,
      frames: 1,
      warnings: [],
    };
    // a map's numbers are distances, not a picture's colours
    const depthMap: Media = { kind: 'rgbd', map, format: 'png', warnings: [] };
    expect((await named(depthMap, 'map.bitDepth'))?.value).toBe(16);
    expect(await named(depthMap, 'image.brightness')).toBeUndefined();
    const video: Media = { kind: 'video', frames: [map], duration: 3, frameRate: 25, format: 'mp4', warnings: [] };
    expect((await named(video, 'video.frames'))?.value).toBe(1);
    expect((await named(video, 'video.width'))?.value).toBe(1);
  });
});
