import { describe, expect, it } from 'vitest';
import { parseModelConfig } from '../../../daemon/common/modelConfig';

const least = { dim: 8, n_layers: 1, n_heads: 2, clip: { width: 64 }, resample_heads: 4 };

describe('confidence of params.json', () => {
  it('is not calibrated and never unsure where nothing is said', () => {
    expect(parseModelConfig(least).confidence).toEqual({ calibration: [], unsure: 0 });
  });

  it('is taken as it stands', () => {
    const calibration = [
      [0.1, 0.2],
      [0.9, 0.2],
      [1, 0.8],
    ];
    expect(parseModelConfig({ ...least, confidence: { calibration, unsure: 0.5 } }).confidence).toEqual({
      calibration,
      unsure: 0.5,
    });
  });

  it.each([
    [{ calibration: 3 }, 'must be a list of pairs of numbers from 0 to 1'],
    [{ calibration: [[0.1, 1.2]] }, 'must be a list of pairs of numbers from 0 to 1'],
    [{ calibration: [[0.1]] }, 'must be a list of pairs of numbers from 0 to 1'],
    [
      {
        calibration: [
          [0.5, 0.1],
          [0.5, 0.2],
        ],
      },
      'must rise',
    ],
    [
      {
        calibration: [
          [0.1, 0.5],
          [0.5, 0.2],
        ],
      },
      'must not fall',
    ],
    [{ unsure: 1.5 }, 'must be at most 1'],
  ])('refuses %j', (confidence, why) => {
    expect(() => parseModelConfig({ ...least, confidence })).toThrow(why);
  });
});
