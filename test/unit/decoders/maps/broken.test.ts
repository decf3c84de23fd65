import { describe, expect, it } from 'vitest';
import { formats } from '../../../../daemon/decoders/maps';
import { fixture, formatById, mutate, outcome, seeded } from '../../../support/mediaFixtures';

const file = (name: string): Buffer => fixture(`maps/${name}`);
const half = (name: string): Buffer => file(name).subarray(0, file(name).length / 2);
const text = (content: string): Buffer => Buffer.from(content, 'latin1');

function changed(name: string, change: (copy: Buffer) => void): Buffer {
  const copy = Buffer.from(file(name));
  change(copy);
  return copy;
}

/** First byte of the value of an EXR attribute. */
const attribute = (bytes: Buffer, name: string, type: string): number =>
  bytes.indexOf(`${name}\0${type}\0`) + name.length + type.length + 2 + 4;

const broken: ReadonlyArray<[format: string, what: string, bytes: Buffer, code: string]> = [
  ['png-depth', 'half', half('depth16.png'), 'FILE_TRUNCATED'],
  ['png-normals', 'half', half('normals.png'), 'FILE_TRUNCATED'],
  ['tiff-depth', 'half', half('depth32f.tif'), 'FILE_TRUNCATED'],
  ['pfm-depth', 'half', half('depth.pfm'), 'FILE_TRUNCATED'],
  ['pfm-depth', 'no scale', text('Pf\n2 2\nx\n'), 'FILE_DAMAGED'],
  ['pfm-depth', 'a scale of 0', text(`Pf\n1 1\n0\n${'\0'.repeat(4)}`), 'FILE_DAMAGED'],
  ['pfm-depth', 'a side of 0', text('Pf\n0 2\n-1\n'), 'FILE_DAMAGED'],
  ['pfm-depth', 'huge sides', text('Pf\n99999999 99999999\n-1\n'), 'FILE_TOO_LARGE'],
  ['pfm-depth', 'only NaN', text(`Pf\n1 1\n-1\n${'\xff'.repeat(4)}`), 'MEDIA_EMPTY'],
  ['pgm-depth', 'half', half('frame-000001.depth.pgm'), 'FILE_TRUNCATED'],
  ['pgm-depth', 'huge sides', text('P5 99999999 99999999 65535 '), 'FILE_TOO_LARGE'],
  ['pgm-depth', 'no header', text('P5 x'), 'FILE_DAMAGED'],
  ['pgm-depth', 'eight bits that nobody calls depth', text('P5 1 1 255 a'), 'FILE_UNSUPPORTED'],
  ['npy-depth', 'half', half('depth.f4.npy'), 'FILE_TRUNCATED'],
  ['npy-depth', 'normals', file('normals.f4.npy'), 'FILE_UNSUPPORTED'],
  ['npy-normals', 'half', half('normals.f4.npy'), 'FILE_TRUNCATED'],
  ['exr-depth', 'half', half('depth.zip.exr'), 'FILE_TRUNCATED'],
  ['exr-depth', 'half, PIZ', half('depth.piz.exr'), 'FILE_TRUNCATED'],
  ['exr-depth', 'half, tiles', half('depth.tiled.exr'), 'FILE_TRUNCATED'],
  ['exr-depth', 'cut in its header', file('depth.zip.exr').subarray(0, 60), 'FILE_TRUNCATED'],
  ['exr-depth', 'B44', file('depth.b44.exr'), 'FILE_UNSUPPORTED'],
  ['exr-depth', 'normals', file('normals.xyz.exr'), 'FILE_UNSUPPORTED'],
  ['exr-depth', 'colour', file('normals.rgb.exr'), 'FILE_UNSUPPORTED'],
  [
    'exr-depth',
    'huge sides',
    changed('depth.zip.exr', (b) => b.writeInt32LE(2 ** 30, attribute(b, 'dataWindow', 'box2i') + 8)),
    'FILE_TOO_LARGE',
  ],
  ['exr-depth', 'deep data', changed('depth.zip.exr', (b) => b.writeUInt32LE(0x802, 4)), 'FILE_UNSUPPORTED'],
  ['exr-depth', 'several parts', changed('depth.zip.exr', (b) => b.writeUInt32LE(0x1002, 4)), 'FILE_UNSUPPORTED'],
  ['exr-depth', 'damaged blocks', changed('depth.zip.exr', (b) => b.fill(0xaa, b.length - 600)), 'FILE_DAMAGED'],
];

describe('broken maps', () => {
  it.each(broken)('%s: %s', async (id, _what, bytes, code) => {
    expect(await outcome(formatById(formats, id), bytes)).toBe(code);
  });
});

const ROUNDS = 150;

describe('mutated maps give errors of ours, soon', () => {
  it.each([
    ['png-depth', 'depth16.png'],
    ['tiff-depth', 'depth32f.tif'],
    ['pfm-depth', 'depth.pfm'],
    ['pgm-depth', 'frame-000001.depth.pgm'],
    ['npy-depth', 'depth.f4.npy'],
    ['npy-normals', 'normals.f4.npy'],
    ['exr-depth', 'depth.rle.exr'],
    ['exr-depth', 'depth.zip.exr'],
    ['exr-depth', 'depth.piz.exr'],
    ['exr-depth', 'depth.half.piz.exr'],
    ['exr-depth', 'depth.pxr24.exr'],
    ['exr-depth', 'depth.tiled.exr'],
    ['exr-normals', 'normals.rgb.exr'],
  ])('%s: %s', { timeout: 60_000 }, async (id, name) => {
    const random = seeded(id.length * 7919 + name.length);
    for (let round = 0; round < ROUNDS; round++) {
      const start = performance.now();
      await outcome(formatById(formats, id), mutate(file(name), random));
      expect(performance.now() - start).toBeLessThan(2000);
    }
  });
});
