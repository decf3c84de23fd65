import { describe, expect, it } from 'vitest';
import { formats } from '../../../../daemon/decoders/points';
import { fixture, formatById, mutate, outcome, seeded } from '../../../support/mediaFixtures';

const ROUNDS = 300;
const files = [
  ['ply', 'cloud.ascii.ply'],
  ['ply', 'cloud.big.ply'],
  ['ply', 'box.binary.ply'],
  ['pcd', 'cloud.ascii.pcd'],
  ['pcd', 'cloud.binary.pcd'],
  ['pcd', 'cloud.compressed.pcd'],
  ['npy', 'xyzrgb.f4.npy'],
  ['xyz', 'cloud.xyz'],
  ['csv', 'cloud.csv'],
  ['obj', 'box.color.obj'],
  ['stl', 'box.ascii.stl'],
  ['stl', 'box.binary.stl'],
  ['off', 'box.off'],
  ['las', 'lion.las'],
  ['laz', 'lion.laz'],
  ['npz', 'cloud.npz'],
  ['npz', 'packed.npz'],
  ['glb', 'box.glb'],
  ['glb', 'strips.glb'],
  ['glb', 'sparse.glb'],
  ['glb', 'box.quantized.glb'],
  ['gltf', 'boxes.gltf'],
  ['kitti', 'cloud.kitti.bin'],
] as const;

describe('mutated point files give errors of ours, soon, without large allocations', () => {
  it.each(files)('%s: %s', { timeout: 60_000 }, async (id, file) => {
    const format = formatById(formats, id);
    const whole = fixture(`points/${file}`);
    const random = seeded(id.length * 7919 + file.length);
    const before = process.memoryUsage().arrayBuffers;
    let [slowest, largest] = [0, 0];
    for (let round = 0; round < ROUNDS; round++) {
      const bytes = mutate(whole, random);
      const start = performance.now();
      await outcome(format, bytes);
      slowest = Math.max(slowest, performance.now() - start);
      largest = Math.max(largest, process.memoryUsage().arrayBuffers - before);
      format.detect(bytes.subarray(0, 4096));
    }
    expect(slowest).toBeLessThan(2000);
    expect(largest).toBeLessThan(512 * 1024 ** 2);
  });
});
