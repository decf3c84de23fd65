import { describe, expect, it } from 'vitest';
import { formats } from '../../../../daemon/decoders/fmri';
import { fixture, formatById, mutate, outcome, seeded } from '../../../support/mediaFixtures';

const file = (name: string): Buffer => fixture(`fmri/${name}`);

function changed(name: string, change: (copy: Buffer) => void): Buffer {
  const copy = Buffer.from(file(name));
  change(copy);
  return copy;
}

const broken: ReadonlyArray<[format: string, what: string, bytes: Buffer, code: string]> = [
  ['nifti', 'half', file('bold.nii').subarray(0, 600), 'FILE_TRUNCATED'],
  ['nifti', 'half, packed', file('bold.nii.gz').subarray(0, 233), 'FILE_TRUNCATED'],
  ['nifti', 'a pair', file('pair.hdr'), 'FILE_UNSUPPORTED'],
  ['nifti', 'zero voxels', changed('bold.nii', (b) => b.writeInt16LE(0, 42)), 'FILE_DAMAGED'],
  ['nifti', 'nine dimensions', changed('bold.nii', (b) => b.writeInt16LE(9, 40)), 'FILE_DAMAGED'],
  ['nifti', 'complex numbers', changed('bold.nii', (b) => b.writeInt16LE(32, 70)), 'FILE_UNSUPPORTED'],
  [
    'nifti',
    'a huge frame',
    changed('bold.nii', (b) => [42, 44, 46].map((at) => b.writeInt16LE(32000, at))),
    'FILE_TOO_LARGE',
  ],
  ['nifti', 'text', Buffer.from('no scan'), 'FILE_DAMAGED'],
  ['fmri-npy', 'half', file('response.npy').subarray(0, 300), 'FILE_TRUNCATED'],
  ['fmri-npy', 'an IMU', fixture('imu/imu7.f4.npy'), 'FILE_UNSUPPORTED'],
];

describe('broken scans and responses', () => {
  it.each(broken)('%s: %s', async (id, _what, bytes, code) => {
    expect(await outcome(formatById(formats, id), bytes)).toBe(code);
  });
});

describe('mutated scans and responses give errors of ours, soon', () => {
  it.each([
    ['nifti', 'bold.nii'],
    ['nifti', 'bold.nii.gz'],
    ['nifti', 't1.nifti2.nii'],
    ['nifti', 'scaled.nii'],
    ['fmri-npy', 'response.npy'],
  ])('%s: %s', { timeout: 60_000 }, async (id, name) => {
    const random = seeded(id.length * 7919 + name.length);
    for (let round = 0; round < 150; round++) {
      const start = performance.now();
      await outcome(formatById(formats, id), mutate(file(name), random));
      expect(performance.now() - start).toBeLessThan(2000);
    }
  });
});
