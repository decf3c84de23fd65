import { describe, expect, it } from 'vitest';
import { memorySource } from '../../../../daemon/decoders/byteSource';
import { decodeSource } from '../../../../daemon/decoders/decode';
import { type ByteSource, STREAM_ABOVE_BYTES } from '../../../../daemon/decoders/format';
import { formats } from '../../../../daemon/decoders/points';
import { PointSampler } from '../../../../daemon/decoders/points/pointSampler';
import type { PointMedia } from '../../../../daemon/media/media';
import { fixture, formatById } from '../../../support/mediaFixtures';

async function stream(id: string, source: ByteSource): Promise<PointMedia> {
  const media = await formatById(formats, id).decodeStream!(source, `file.${id}`);
  if (media.kind !== 'point') throw new Error(media.kind);
  return media;
}

/** Bytes in memory; `largest` is the longest piece that was asked for. */
function watched(...parts: Uint8Array[]): ByteSource & { largest: number } {
  const whole = memorySource(Buffer.concat(parts));
  const source = {
    size: whole.size,
    largest: 0,
    read: (offset: number, length: number) => {
      source.largest = Math.max(source.largest, length);
      return whole.read(offset, length);
    },
  };
  return source;
}

describe('decodeStream', () => {
  it.each([
    ['ply', 'cloud.ascii.ply'],
    ['ply', 'cloud.binary.ply'],
    ['ply', 'cloud.big.ply'],
    ['ply', 'box.binary.ply'],
    ['pcd', 'cloud.ascii.pcd'],
    ['pcd', 'cloud.binary.pcd'],
    ['pcd', 'cloud.compressed.pcd'],
    ['npy', 'xyzrgb.f4.npy'],
    ['npy', 'xyz.big.npy'],
    ['npy', 'xyz.fortran.npy'],
    ['npy', 'xyz.i2.npy'],
    ['xyz', 'cloud.xyz'],
    ['csv', 'cloud.csv'],
    ['las', 'lion.las'],
    ['laz', 'lion.laz'],
    ['kitti', 'cloud.kitti.bin'],
  ])('%s: %s is as read whole', async (id, file) => {
    const bytes = fixture(`points/${file}`);
    const whole = await formatById(formats, id).decode(bytes, file);
    const { hasNormals: _a, ...streamed } = await stream(id, memorySource(bytes));
    const { hasNormals: _b, ...expected } = whole as PointMedia;
    expect(streamed).toEqual(expected);
  });

  it('three million points: exact count and bounds, a uniform sample, small pieces', async () => {
    const count = 3_000_000;
    const head = Buffer.from(
      `ply\nformat binary_little_endian 1.0\nelement vertex ${count}\nproperty float x\nproperty float y\nproperty float z\nend_header\n`,
    );
    const places = new Float32Array(3 * count);
    for (let i = 0; i < count; i++) places[3 * i] = i;
    const source = watched(head, new Uint8Array(places.buffer));
    const media = await stream('ply', source);
    expect([media.count, media.total, media.declared]).toEqual([2_000_000, count, count]);
    expect(media.bounds).toEqual({ min: [0, 0, 0], max: [count - 1, 0, 0] });
    expect(media.warnings).toEqual([
      'The file has 3,000,000 points: count and bounds are of all, the rest is of a uniform sample of 2,000,000.',
    ]);
    const x = media.positions.filter((_, i) => i % 3 === 0).sort();
    for (const share of [0.1, 0.5, 0.9]) expect(x[share * x.length]! / count).toBeCloseTo(share, 2);
    expect(new Set(x).size).toBe(x.length);
    expect(source.largest).toBeLessThanOrEqual(4 * 1024 ** 2);
  });

  it('text in UTM keeps its digits', async () => {
    const rows = '500000.123 4600000.456 12.5\n500100.123 4600200.456 13.5\n';
    const media = (await formatById(formats, 'xyz').decode(Buffer.from(rows), 'a.xyz')) as PointMedia;
    expect(media.origin).toEqual([500_000, 4_600_000, 12]);
    expect([...media.positions].map((value) => Math.round(1000 * value))).toEqual([
      123, 456, 500, 100_123, 200_456, 1500,
    ]);
  });

  it('text: a bad number names its place in the file', async () => {
    const lines = `${'1.5 2.5 3.5\n'.repeat(400_000)}1.5 x 3.5\n${'1.5 2.5 3.5\n'.repeat(10)}`;
    await expect(stream('xyz', memorySource(Buffer.from(lines)))).rejects.toThrow(`"x" at byte ${400_000 * 12 + 4} is`);
  });

  it('text: a line without an end', async () => {
    const lines = `1 2 3\n4 5 6\n${' '.repeat(9 * 1024 ** 2)}`;
    await expect(stream('xyz', memorySource(Buffer.from(lines)))).rejects.toMatchObject({ code: 'FILE_DAMAGED' });
  });

  it('a file that becomes shorter meanwhile', async () => {
    const whole = memorySource(fixture('points/lion.las'));
    const source = { ...whole, read: (at: number, length: number) => whole.read(at, Math.min(length, 4000)) };
    await expect(stream('las', source)).rejects.toMatchObject({ code: 'FILE_TRUNCATED' });
  });
});

describe('decodeSource', () => {
  it('a small file is decoded whole, a large one in pieces', async () => {
    const small = await decodeSource(memorySource(fixture('points/cloud.binary.ply')), 'cloud.ply');
    expect([small.format.id, (small.media as PointMedia).count]).toEqual(['ply', 24]);
    const count = STREAM_ABOVE_BYTES / 16 + 1000;
    const scan = new Float32Array(4 * count);
    for (let i = 0; i < count; i++) scan.set([i % 100, 2, 3, 0.5], 4 * i);
    const source = watched(new Uint8Array(scan.buffer));
    const { format, media } = await decodeSource(source, 'scan.bin');
    expect([format.id, (media as PointMedia).total, source.largest <= 4 * 1024 ** 2]).toEqual(['kitti', count, true]);
  });

  it('says when the name belongs to another format', async () => {
    const { media } = await decodeSource(memorySource(fixture('points/cloud.binary.ply')), 'cloud.las');
    expect(media.warnings[0]).toBe('The file is named .las, but its content is PLY.');
  });
});

describe('PointSampler', () => {
  it('each point is as likely to be kept', () => {
    const kept = new Float64Array(10);
    const sampler = new PointSampler({ format: 'xyz', encoding: 'ascii', hasColors: false, limit: 1000 });
    for (let i = 0; i < 10_000; i++) sampler.add(i, 0, 0);
    const { positions } = sampler.finish();
    for (let i = 0; i < 3000; i += 3) kept[Math.floor(positions[i]! / 1000)]!++;
    for (const count of kept) expect(Math.abs(count - 100)).toBeLessThan(35); // 3.7 deviations
  });

  it('counts what is not finite, and needs a point', () => {
    const make = () => new PointSampler({ format: 'xyz', encoding: 'ascii', hasColors: true });
    expect(() => make().finish()).toThrow(expect.objectContaining({ code: 'MEDIA_EMPTY' }));
    const sampler = make();
    sampler.add(Number.NaN, 0, 0);
    expect(() => sampler.finish()).toThrow(expect.objectContaining({ code: 'MEDIA_EMPTY' }));
    sampler.add(1, 2, 3, 255, Number.NaN, 0);
    const media = sampler.finish();
    expect([media.count, [...media.colors!], media.warnings]).toEqual([
      1,
      [1, 0, 0],
      ['1 points are not finite numbers and were left out.'],
    ]);
  });
});
