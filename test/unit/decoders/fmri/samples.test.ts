import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decode, detectFormat } from '../../../../daemon/decoders';
import { fmriFacts } from '../../../../daemon/facts/fmri';
import type { FmriMedia } from '../../../../daemon/media/media';
import { fixture } from '../../../support/mediaFixtures';

async function read(file: string, name = file): Promise<FmriMedia> {
  const { media } = await decode(fixture(`fmri/${file}`), name);
  if (media.kind !== 'fmri') throw new Error(`it is ${media.kind}`);
  return media;
}

const factsOf = async (file: string) =>
  Object.fromEntries(fmriFacts(await read(file)).map(({ name, value }) => [name, value]));

describe('scans of nibabel', () => {
  it.each(['bold.nii', 'bold.nii.gz'])('%s', async (file) => {
    expect(await factsOf(file)).toEqual({
      'fmri.dimensions': [6, 5, 4],
      'fmri.voxels': 120,
      'fmri.voxelSize': [3, 3, 3.5],
      'fmri.frames': 3,
      'fmri.repetitionTime': 1.5,
      'fmri.dataType': 'int16',
      'fmri.range': [0, 345],
      'fmri.orientation': 'LAS (sform)',
    });
  });

  it('NIfTI-2', async () => {
    expect(await factsOf('t1.nifti2.nii')).toMatchObject({
      'fmri.voxelSize': [2, 2, 2],
      'fmri.frames': 1,
      'fmri.dataType': 'float64',
      'fmri.range': [0, 345],
    });
  });

  it('scaled, in micrometres, with a qform', async () => {
    expect(await factsOf('scaled.nii')).toMatchObject({
      'fmri.voxelSize': [0.002, 0.002, 0.002],
      'fmri.range': [10, 182.5],
      'fmri.orientation': 'RAS (qform)',
    });
  });

  it('big endian', async () => {
    expect(await factsOf('big.nii')).toMatchObject({ 'fmri.range': [0, 345], 'fmri.dimensions': [6, 5, 4] });
  });

  it('shows the middle slice and says what the model takes', async () => {
    const { volume, voxels, warnings } = await read('bold.nii');
    expect([volume!.slice.width, volume!.slice.height, voxels.length]).toEqual([6, 5, 0]);
    expect([volume!.slice.data[4 * 24], volume!.slice.data[4 * 5]]).toEqual([0, 255]);
    expect(warnings.join()).toContain('one value a voxel of interest');
  });

  it('a pair of files', async () => {
    await expect(read('pair.hdr')).rejects.toThrow(/a pair of files/);
  });
});

describe('response vectors of numpy', () => {
  it('a vector', async () => {
    const { voxels } = await read('response.npy');
    expect([voxels.length, voxels[0], voxels[119]]).toEqual([120, 0, Math.fround(11.9)]);
    expect(await factsOf('response.npy')).toMatchObject({
      'fmri.voxels': 120,
      'fmri.range': [0, 11.9],
      'fmri.mean': 5.95,
    });
  });

  it('repetitions are averaged where the name says fMRI', async () => {
    const { voxels, warnings } = await read('fmri_repeats.npy');
    expect([voxels.length, voxels[0], voxels[119]]).toEqual([120, 1, Math.fround(12.9)]);
    expect(warnings.join()).toContain('mean of 2 repetitions');
  });
});

describe('packed scans', () => {
  it('a scan whose head alone is at hand is known', () => {
    const scan = new Uint8Array(200_000);
    scan.set(fixture('fmri/bold.nii').subarray(0, 352));
    let state = 1;
    for (let i = 352; i < scan.length; i++) scan[i] = state = (state * 75 + 74) % 65_537;
    const packed = gzipSync(scan);
    expect(packed.length).toBeGreaterThan(8192);
    expect(detectFormat(packed.subarray(0, 4096), 'scan.nii.gz').id).toBe('nifti');
  });

  it('a bomb is unpacked no further than its header asks', async () => {
    const scan = Buffer.alloc(300 * 1024 ** 2);
    fixture('fmri/bold.nii').copy(scan);
    const before = process.memoryUsage().arrayBuffers;
    const { media } = await decode(gzipSync(scan, { level: 1 }), 'bomb.nii.gz');
    expect(media.kind).toBe('fmri');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(32 * 1024 ** 2);
  });
});
