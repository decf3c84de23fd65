import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { convertCheckpoint } from '../../../daemon/converter/convert';
import { verifyPack } from '../../../daemon/runtime/verify';
import { writeCases, writeRandomModel } from '../../support/randomOneLlm';

// a machine with many other things to do
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const root = mkdtempSync(join(tmpdir(), 'onelens-configurations-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Every size differs from the published `tiny`, and from one another. */
const CONFIGURATIONS = {
  'stems, relative points, four experts, widths that are no multiple of 32': {
    dim: 54,
    n_layers: 3,
    n_heads: 3,
    vocab_size: 77,
    multiple_of: 8,
    norm_eps: 1e-6,
    max_seq_len: 200,
    clip: { width: 40, layers: 1, heads: 5, patch: 8, image: 24 },
    resample_heads: 4,
    resample_layers: 2,
    resample_experts: 4,
    resample_tokens: 5,
    fmri_voxels: 45,
    fmri_tokens: 3,
    audio: { mels: 24, frames: 32, kernel: [8, 12], stride: [8, 4] },
    imu: { channels: 6, samples: 37, kernel: 5, stride: 3 },
    point: { points: 60, groups: 7, neighbours: 4, group_by: 'position', relative: true },
    stem: { image: [3, 5], audio: [4], point: [10, 9] },
  },
  'official tokenizers, one expert of one layer, one learned token': {
    dim: 40,
    n_layers: 1,
    n_heads: 10,
    vocab_size: 130,
    multiple_of: 24,
    max_seq_len: 64,
    clip: { width: 48, layers: 3, heads: 2, patch: 7, image: 21 },
    resample_heads: 3,
    resample_layers: 1,
    resample_experts: 1,
    resample_tokens: 1,
    fmri_voxels: 33,
    audio: { mels: 20, frames: 30, kernel: [6, 9], stride: [5, 7] },
    imu: { channels: 6, samples: 16, kernel: 10, stride: 1 },
    point: { points: 50, groups: 9, neighbours: 5 },
  },
};

describe.each(Object.entries(CONFIGURATIONS))('%s', (name, params) => {
  const folder = join(root, name.slice(0, 8));
  it('converts and agrees with the specification in plain loops', async () => {
    mkdirSync(folder);
    const model = writeRandomModel(folder, params);
    const cases = writeCases(folder, model, 5);
    await convertCheckpoint({ ...model, out: join(folder, 'pack'), dtype: 'fp32' });
    const report = await verifyPack(join(folder, 'pack'), cases.path);
    expect(report.cases.map((c) => c.modality)).toHaveLength(9);
    expect(report.pass).toBe(true);
  });
});
