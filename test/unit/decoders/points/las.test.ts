import { describe, expect, it } from 'vitest';
import { formats } from '../../../../daemon/decoders/points';
import type { PointMedia } from '../../../../daemon/media/media';
import { fixture, formatById, outcome } from '../../../support/mediaFixtures';

const las = fixture('points/lion.las');
const laz = fixture('points/lion.laz');

async function decode(id: string, bytes: Uint8Array): Promise<PointMedia> {
  const media = await formatById(formats, id).decode(bytes, `file.${id}`);
  if (media.kind !== 'point') throw new Error(media.kind);
  return media;
}

function changed(bytes: Buffer, change: (copy: Buffer) => void): Buffer {
  const copy = Buffer.from(bytes);
  change(copy);
  return copy;
}

describe('LAS and LAZ of a real tool', () => {
  it('all of a LAS file', async () => {
    const media = await decode('las', las);
    expect([media.count, media.declared, media.encoding]).toEqual([339, 339, 'LAS 1.2, point format 2']);
    // the first record, read by hand: -4692, 4732, -2050 thousandths, colour 44, 50, 22 of 255 times 256
    expect([...media.positions.subarray(0, 3)]).toEqual([-4.692, 4.732, -2.05].map(Math.fround));
    const rgb = [0x2c00, 0x3200, 0x1600].map((value) => Math.fround(value / 65_535));
    expect([...media.colors!.subarray(0, 3)]).toEqual(rgb);
    expect(media.survey).toEqual({ classes: [[0, 339]], returns: [[1, 339]] });
    expect([media.intensity, media.origin, media.total, media.warnings]).toEqual([
      [8224, 28_270],
      undefined,
      undefined,
      [],
    ]);
  });

  it('bounds are those that its header states', async () => {
    const { positions } = await decode('las', las);
    const header = [179, 187, 195, 203, 211, 219].map((at) => Math.fround(las.readDoubleLE(at)));
    const along = (axis: number) => positions.filter((_, i) => i % 3 === axis);
    const measured = [0, 1, 2].flatMap((axis) => [Math.max(...along(axis)), Math.min(...along(axis))]);
    // the tool wrote the bounds of the octree's node, which hold the points
    for (const [i, value] of measured.entries())
      expect(i % 2 === 0 ? value <= header[i]! : value >= header[i]!).toBe(true);
  });

  it('LAZ holds the same points', async () => {
    const [plain, packed] = [await decode('las', las), await decode('laz', laz)];
    expect(packed.encoding).toBe('LAS 1.2, point format 2, LASzip');
    expect(packed.positions).toEqual(plain.positions);
    expect(packed.colors).toEqual(plain.colors);
    expect(packed.survey).toEqual(plain.survey);
  });

  it('far coordinates keep their digits', async () => {
    const far = changed(las, (b) => {
      b.writeDoubleLE(500_000, 155);
      b.writeDoubleLE(4_649_776, 163);
    });
    const media = await decode('las', far);
    expect(media.origin).toEqual([499_995, 4_649_780, -3]);
    expect(media.positions[0]! + media.origin![0]).toBeCloseTo(499_995.308, 6);
    expect(media.bounds!.min[1]).toBeGreaterThan(4_649_776);
    expect(media.warnings).toEqual([]);
  });

  it('a LAZ file leaves no handlers in the process', async () => {
    const before = process.listenerCount('unhandledRejection');
    await decode('laz', laz);
    expect(process.listenerCount('unhandledRejection')).toBe(before);
  });

  it('tells packed from plain by the bytes', () => {
    const claims = (bytes: Buffer) =>
      formats.filter((f) => f.detect(bytes.subarray(0, 4096)) === 'yes').map((f) => f.id);
    expect([claims(las), claims(laz)]).toEqual([['las'], ['laz']]);
  });
});

describe('broken LAS and LAZ', () => {
  const dataStart = laz.readUInt32LE(96);
  it.each<[string, string, Buffer, string]>([
    ['las', 'half', las.subarray(0, las.length / 2), 'FILE_TRUNCATED'],
    ['las', 'cut inside its header', las.subarray(0, 100), 'FILE_TRUNCATED'],
    ['las', 'zero points', changed(las, (b) => b.writeUInt32LE(0, 107)), 'MEDIA_EMPTY'],
    ['las', '2 ** 32 - 1 points', changed(las, (b) => b.writeUInt32LE(0xffff_ffff, 107)), 'FILE_TOO_LARGE'],
    ['las', 'a million points', changed(las, (b) => b.writeUInt32LE(1_000_000, 107)), 'FILE_TRUNCATED'],
    ['las', 'point format 11', changed(las, (b) => b.writeUInt8(11, 104)), 'FILE_UNSUPPORTED'],
    ['las', 'version 2.0', changed(las, (b) => b.writeUInt8(2, 24)), 'FILE_UNSUPPORTED'],
    ['las', 'points of 10 bytes', changed(las, (b) => b.writeUInt16LE(10, 105)), 'FILE_DAMAGED'],
    ['las', 'a scale of 0', changed(las, (b) => b.writeDoubleLE(0, 131)), 'FILE_DAMAGED'],
    ['las', 'a scale of NaN', changed(las, (b) => b.writeDoubleLE(Number.NaN, 131)), 'FILE_DAMAGED'],
    ['las', 'points inside its header', changed(las, (b) => b.writeUInt32LE(10, 96)), 'FILE_DAMAGED'],
    ['las', 'points behind its end', changed(las, (b) => b.writeUInt32LE(1e6, 96)), 'FILE_TRUNCATED'],
    ['laz', 'half', laz.subarray(0, laz.length / 2), 'FILE_TRUNCATED'],
    ['laz', 'cut before its table', laz.subarray(0, laz.length - 14), 'FILE_TRUNCATED'],
    ['laz', 'no record of packing', changed(laz, (b) => b.writeUInt16LE(1, 227 + 18)), 'FILE_DAMAGED'],
    ['laz', 'chunks of 0 points', changed(laz, (b) => b.writeUInt32LE(0, 227 + 54 + 12)), 'FILE_DAMAGED'],
    ['laz', 'another packing', changed(laz, (b) => b.writeUInt16LE(9, 227 + 54)), 'FILE_UNSUPPORTED'],
    ['laz', 'a table before the points', changed(laz, (b) => b.writeBigInt64LE(8n, dataStart)), 'FILE_TRUNCATED'],
    ['laz', 'a million chunks', changed(laz, (b) => b.writeUInt32LE(1e6, laz.length - 10)), 'FILE_DAMAGED'],
    ['laz', 'wave forms', changed(laz, (b) => b.writeUInt8(0x84, 104)), 'FILE_DAMAGED'],
  ])('%s: %s', async (id, _what, bytes, code) => {
    expect(await outcome(formatById(formats, id), bytes)).toBe(code);
  });
});
