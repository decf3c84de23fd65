import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { convertCheckpoint } from '../../../daemon/converter/convert';
import { toHalf } from '../../../daemon/converter/onnx/float16';
import { halfToNumber } from '../../../daemon/runtime/embeddingTable';
import { verifyPack } from '../../../daemon/runtime/verify';
import { temporaryFolder } from '../../support/checkpointFiles';
import { writeCases, writeRandomModel } from '../../support/randomOneLlm';
import type { Weight } from '../../support/tensorMath';

// a machine with many other things to do
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

/** Widths 40, 45 and 54 are no multiples of the block of 32. */
const PARAMS = {
  dim: 54,
  n_layers: 2,
  n_heads: 3,
  vocab_size: 70,
  multiple_of: 8,
  max_seq_len: 64,
  clip: { width: 40, layers: 2, heads: 5, patch: 8, image: 16 },
  resample_heads: 4,
  resample_layers: 2,
  resample_experts: 2,
  resample_tokens: 3,
  fmri_voxels: 45,
  audio: { mels: 16, frames: 20, kernel: [8, 10], stride: [8, 10] },
  imu: { channels: 6, samples: 20, kernel: 5, stride: 5 },
  point: { points: 20, groups: 4, neighbours: 3 },
  stem: { image: [6, 8], audio: [5], point: [] },
};

const QUANTISED = /\.(wq|wk|wv|wo|w1|w2|w3|c_fc|c_proj|out_proj|fmri)\.weight$|in_proj_weight$|^output\.weight$/;

/** What a weight is worth after being rounded to blocks of 32 with one scale each, written out once more. */
function rounded({ shape, data }: Weight, bits: 8 | 4): Weight {
  const columns = shape.at(-1)!;
  const out = Float32Array.from(data);
  for (let row = 0; row < data.length; row += columns) {
    for (let from = row; from < row + columns; from += 32) {
      const block = out.subarray(from, Math.min(from + 32, row + columns));
      const extreme = block.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a), 0);
      const scale = bits === 8 ? Math.abs(extreme) / 127 : extreme / -8;
      const [low, high] = bits === 8 ? [-127, 127] : [-8, 7];
      block.forEach((x, i) => {
        block[i] = scale * Math.max(low, Math.min(high, Math.round(x / scale)));
      });
    }
  }
  return { shape, data: out };
}

/** Weights of the stems' convolutions: 8 bits with one scale for each output channel. */
const STEM = /stem\.\d+\.(down|conv_a|conv_b)\.weight$/;

function roundedChannels({ shape, data }: Weight): Weight {
  const size = data.length / shape[0]!;
  const out = Float32Array.from(data);
  for (let from = 0; from < data.length; from += size) {
    const channel = out.subarray(from, from + size);
    const scale = Math.fround(Math.max(...channel.map(Math.abs)) / 127);
    channel.forEach((x, i) => {
      channel[i] = scale * Math.round(x / scale);
    });
  }
  return { shape, data: out };
}

describe.each([
  ['int8', 8],
  ['int4', 4],
] as const)('%s', (dtype, bits) => {
  it('computes what the rounded weights give: media exactly, logits within the rounding of activations', async () => {
    const folder = temporaryFolder();
    const model = writeRandomModel(folder, PARAMS);
    const halves = ({ shape, data }: Weight) => ({ shape, data: Float32Array.from(toHalf(data), halfToNumber) });
    const weights = new Map(
      [...model.weights].map(([name, w]) => {
        if (name === 'tok_embeddings.weight') return [name, halves(w)];
        if (STEM.test(name)) return [name, roundedChannels(w)];
        return [name, QUANTISED.test(name) ? rounded(w, bits) : w];
      }),
    );
    expect([...model.weights.keys()].filter((name) => STEM.test(name)).length).toBeGreaterThan(4);
    const cases = writeCases(folder, { ...model, weights }, 0);
    await convertCheckpoint({ ...model, out: join(folder, 'pack'), dtype });
    const report = await verifyPack(join(folder, 'pack'), cases.path);
    for (const c of report.cases) {
      if (c.modality !== 'text') expect(c.mediaTokensMaxAbs).toBeLessThan(1e-4);
      expect(c.logitsMaxAbs).toBeGreaterThan(0);
      expect(c.logitsMaxAbs).toBeLessThan(0.1);
    }
  });
});
