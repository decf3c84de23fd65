import { describe, expect, it } from 'vitest';
import { formats } from '../../../../daemon/decoders/points';
import type { PointMedia } from '../../../../daemon/media/media';
import { fixture, formatById } from '../../../support/mediaFixtures';

async function decode(id: string, bytes: Uint8Array): Promise<PointMedia> {
  const media = await formatById(formats, id).decode(bytes, `file.${id}`);
  if (media.kind !== 'point') throw new Error(media.kind);
  return media;
}

const range = Array.from({ length: 24 }, (_, i) => i);
/** See test/fixtures/points/README.md. */
const positions = range.flatMap((i) => [0.25 * i, -0.5 * i, 0.125 * (i % 5)]);
const colors = range.flatMap((i) => [10 * i, 255 - 10 * i, i].map((value) => Math.fround(value / 255)));

/** format, file, encoding, has colours, factor on the coordinates. */
const clouds: ReadonlyArray<[string, string, string, boolean, number]> = [
  ['ply', 'cloud.ascii.ply', 'ascii', true, 1],
  ['ply', 'cloud.binary.ply', 'binary_little_endian', true, 1],
  ['ply', 'cloud.big.ply', 'binary_big_endian', true, 1],
  ['pcd', 'cloud.ascii.pcd', 'ascii', true, 1],
  ['pcd', 'cloud.binary.pcd', 'binary', true, 1],
  ['pcd', 'cloud.compressed.pcd', 'binary_compressed', true, 1],
  ['xyz', 'cloud.xyz', 'ascii', true, 1],
  ['csv', 'cloud.csv', 'ascii', true, 1],
  ['npy', 'xyzrgb.f4.npy', 'binary_little_endian', true, 1],
  ['npy', 'xyz.f8.npy', 'binary_little_endian', false, 1],
  ['npy', 'xyz.f2.npy', 'binary_little_endian', false, 1],
  ['npy', 'xyz.big.npy', 'binary_big_endian', false, 1],
  ['npy', 'xyz.fortran.npy', 'binary_little_endian', false, 1],
  ['npy', 'axes.f4.npy', 'binary_little_endian', false, 1],
  ['npy', 'xyz.v2.npy', 'binary_little_endian', false, 1],
  ['npy', 'xyz.i2.npy', 'binary_little_endian', false, 8],
  ['npy', 'xyz.i8.npy', 'binary_little_endian', false, 8],
  ['npz', 'packed.npz', 'binary_little_endian', true, 1],
  ['npz', 'cloud.npz', 'binary_little_endian', true, 1],
  ['glb', 'cloud.glb', 'binary', true, 1],
  ['kitti', 'cloud.kitti.bin', 'binary_little_endian', false, 1],
];

const SEVERAL_ARRAYS = [
  'The archive holds the arrays "points", "labels", "colors".',
  'Its points are the array "points".',
];

describe('point clouds of real tools', () => {
  it.each(clouds)('%s: %s', async (id, file, encoding, hasColors, factor) => {
    const media = await decode(id, fixture(`points/${file}`));
    expect([media.format, media.encoding, media.count, media.declared]).toEqual([id, encoding, 24, 24]);
    expect([media.faces, media.area]).toEqual([undefined, undefined]);
    expect(media.warnings).toEqual(file === 'cloud.npz' ? SEVERAL_ARRAYS : []);
    expect([...media.positions].map((value) => value + 0)).toEqual(positions.map((value) => value * factor + 0));
    expect(media.colors === undefined).toBe(!hasColors);
    for (const [i, value] of media.colors?.entries() ?? []) expect(value).toBeCloseTo(colors[i]!, 6);
  });

  it.each(clouds)('%s claims %s', (id, file) => {
    const head = fixture(`points/${file}`).subarray(0, 4096);
    const claims = formats.filter((format) => format.detect(head) === 'yes').map((format) => format.id);
    if (id === 'xyz' || id === 'csv' || id === 'kitti') expect(formatById(formats, id).detect(head)).toBe('maybe');
    else expect(claims).toEqual([id]);
  });

  it('the reference cloud', async () => {
    const media = await decode('npy', fixture('preprocess/cloud.npy'));
    expect([media.count, media.colors?.length]).toEqual([3000, 9000]);
  });
});

const meshes: ReadonlyArray<[string, string, string, number, boolean]> = [
  ['ply', 'box.ascii.ply', 'ascii', 8, true],
  ['ply', 'box.binary.ply', 'binary_little_endian', 8, true],
  ['obj', 'box.obj', 'ascii', 8, false],
  ['obj', 'box.color.obj', 'ascii', 8, true],
  ['stl', 'box.ascii.stl', 'ascii', 36, false],
  ['stl', 'box.binary.stl', 'binary', 36, false],
  ['off', 'box.off', 'ascii', 8, false],
  ['glb', 'box.glb', 'binary', 8, true],
];

describe('meshes of real tools', () => {
  it.each(meshes)('%s: %s', async (id, file, encoding, vertices, hasColors) => {
    const media = await decode(id, fixture(`points/${file}`));
    expect([media.encoding, media.declared, media.faces, media.count]).toEqual([encoding, vertices, 12, 16384]);
    expect(media.area).toBeCloseTo(22, 6);
    expect(media.bounds).toEqual({ min: [-0.5, -1, -1.5], max: [0.5, 1, 1.5] });
    expect(media.colors && [...media.colors.subarray(0, 3)].map((value) => Math.round(value * 255))).toEqual(
      hasColors ? [200, 100, 50] : undefined,
    );
  });

  it('points lie on the surface, as many on each side as its area asks', async () => {
    const { positions: p } = await decode('off', fixture('points/box.off'));
    const sides = { x: 0, y: 0, z: 0 };
    for (let i = 0; i < p.length; i += 3) {
      const [x, y, z] = [Math.abs(p[i]!) / 0.5, Math.abs(p[i + 1]!), Math.abs(p[i + 2]!) / 1.5];
      const side = x > 0.99999 ? 'x' : y > 0.99999 ? 'y' : 'z';
      expect(Math.max(x, y, z)).toBeCloseTo(1, 5);
      sides[side]++;
    }
    expect(sides.x / 16384).toBeCloseTo(12 / 22, 1);
    expect(sides.y / 16384).toBeCloseTo(6 / 22, 1);
    expect(sides.z / 16384).toBeCloseTo(4 / 22, 1);
  });

  it('the same file always gives the same points', async () => {
    const [a, b] = [await decode('obj', fixture('points/box.obj')), await decode('obj', fixture('points/box.obj'))];
    expect(Buffer.from(a.positions.buffer).equals(Buffer.from(b.positions.buffer))).toBe(true);
  });
});

/** Formats that neither table above has. */
const OTHERS: ReadonlyArray<[string, string]> = [
  ['las', 'lion.las'],
  ['laz', 'lion.laz'],
  ['gltf', 'boxes.gltf'],
];

describe('cancelling', () => {
  it.each(formats.map((format) => [format.id]))('%s stops for an aborted signal', async (id) => {
    const [, file] = [...clouds, ...meshes, ...OTHERS].find(([format]) => format === id)!;
    const decoding = formatById(formats, id).decode(fixture(`points/${file}`), file, AbortSignal.abort());
    await expect(decoding).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
