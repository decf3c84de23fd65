import { describe, expect, it, onTestFinished } from 'vitest';
import { openCheckpoint } from '../../../../daemon/converter/checkpoint/checkpoint';
import { erf, routingTable } from '../../../../daemon/converter/layers/routingTable';
import { Weights } from '../../../../daemon/converter/weights';
import { temporaryFolder } from '../../../support/checkpointFiles';
import { gaussian, writeRandomModel } from '../../../support/randomOneLlm';
import { ReferenceOneLlm } from '../../../support/referenceOneLlm';

const PARAMS = {
  dim: 16,
  n_layers: 1,
  n_heads: 2,
  vocab_size: 8,
  multiple_of: 8,
  clip: { width: 12, layers: 1, heads: 2, patch: 4, image: 8 },
  resample_heads: 2,
  resample_layers: 1,
  resample_experts: 5,
  resample_tokens: 6,
  fmri_voxels: 4,
};

describe('routingTable', () => {
  it('equals the full router over learned tokens and random features', () => {
    const model = writeRandomModel(temporaryFolder(), PARAMS);
    const checkpoint = openCheckpoint(model.checkpoint);
    onTestFinished(() => checkpoint.close());
    const reference = new ReferenceOneLlm(model.weights, model.config);
    const random = gaussian(3);
    for (const modality of ['image', 'point', 'imu'] as const) {
      const learned = [...model.weights.get(`resample_tokens.${modality}`)!.data];
      const rows = Array.from({ length: 6 }, (_, t) => learned.slice(12 * t, 12 * t + 12));
      const features = Array.from({ length: 20 }, () => Array.from({ length: 12 }, random));
      const full = reference
        .router(modality, [...rows, ...features])
        .slice(0, 6)
        .flat();
      const table = routingTable(new Weights(checkpoint, 'fp32'), model.config, modality);
      expect(Math.max(...full.map((x, i) => Math.abs(x - table[i]!)))).toBeLessThan(1e-6);
    }
  });
});

describe('erf', () => {
  it.each([
    [0, 0],
    [0.5, 0.5204998778130465],
    [-1, -0.8427007929497149],
    [2.9999, 0.9999778955735109],
    [3, 0.9999779095030014],
    [4.5, 0.9999999998033839],
    [7, 1],
  ])('erf(%d) = %d', (x, expected) => {
    expect(erf(x)).toBeCloseTo(expected, 9);
  });
});
