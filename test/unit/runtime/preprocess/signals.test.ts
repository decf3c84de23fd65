import { describe, expect, it } from 'vitest';
import { MODALITIES } from '../../../../daemon/common/modality';
import { parseModelConfig } from '../../../../daemon/common/modelConfig';
import type { FmriMedia, ImuMedia } from '../../../../daemon/media/media';
import { MODALITY_TABLE, preprocess } from '../../../../daemon/runtime/modalities';
import { referenceTensors } from '../../../support/referenceTensors';

const config = parseModelConfig({ dim: 64, n_layers: 1, n_heads: 4, fmri_voxels: 4 });
const unsupported = expect.objectContaining({ code: 'MODALITY_UNSUPPORTED' });

describe('IMU', () => {
  const imu = (sampleRate: number, length: number, channels = 6): ImuMedia => ({
    kind: 'imu',
    sampleRate,
    channels: Array.from({ length: channels }, (_, c) => new Float32Array(length).fill(c + 1)),
    format: 'csv',
    warnings: [],
  });

  it('200 Hz is taken as it is, without normalising', () => {
    const { tensor, shape, warnings } = preprocess(imu(200, 400), config);
    expect(shape).toEqual([1, 6, 400]);
    expect([...tensor]).toEqual([1, 2, 3, 4, 5, 6].flatMap((v) => new Array(400).fill(v)));
    expect(warnings).toEqual([]);
  });

  it('other rates are resampled: 2 s at 100 Hz fill the window', () => {
    const { tensor, warnings } = preprocess(imu(100, 200), config);
    expect(tensor[200]).toBeCloseTo(1, 1);
    expect(tensor[5 * 400 + 200]).toBeCloseTo(6, 1);
    expect(warnings).toEqual([]);
  });

  it('is cut or filled with zeros, and said to be', () => {
    expect(preprocess(imu(200, 1000), config).warnings).toEqual([
      "The model takes the first 2.0 s of the recording's 5.0 s.",
    ]);
    const short = preprocess(imu(200, 100), config);
    expect([short.tensor[99], short.tensor[100], short.tensor[400]]).toEqual([1, 0, 2]);
    expect(short.warnings).toEqual(['The recording is 0.5 s long and was filled with zeros to 2.0 s.']);
  });

  it('refuses what it cannot feed', () => {
    expect(() => preprocess(imu(200, 400, 3), config)).toThrow(unsupported);
    expect(() => preprocess(imu(0, 400), config)).toThrow(unsupported);
    expect(() => preprocess(imu(200, 0), config)).toThrow(expect.objectContaining({ code: 'MEDIA_EMPTY' }));
    const broken = imu(200, 400);
    broken.channels[2]![7] = Number.NaN;
    expect(() => preprocess(broken, config)).toThrow(unsupported);
  });
});

describe('fMRI', () => {
  const fmri = (...voxels: number[]): FmriMedia => ({
    kind: 'fmri',
    voxels: Float32Array.from(voxels),
    format: 'npy',
    warnings: [],
  });

  it('is one vector of exactly the voxels that the model knows', () => {
    expect(preprocess(fmri(1, 2, 3, 4), config)).toEqual({
      modality: 'fmri',
      frames: 1,
      tensor: Float32Array.of(1, 2, 3, 4),
      shape: [1, 1, 4],
      input: { kind: 'voxels', voxels: 4 },
      warnings: [],
    });
    expect(() => preprocess(fmri(1, 2, 3), config)).toThrow(/has 3 voxels where the model takes 4/);
    expect(() => preprocess(fmri(1, 2, 3, Number.NaN), config)).toThrow(unsupported);
  });
});

describe('the table of modalities', () => {
  it('has a row for each, with the frame of its reference input', () => {
    const cases = referenceTensors('test/fixtures/tiny/cases.safetensors');
    const frames = Object.fromEntries(
      MODALITIES.map((m) => [m, [MODALITY_TABLE[m].tokenizer, MODALITY_TABLE[m].frameShape(cases.get(`${m}.input`)!)]]),
    );
    expect(frames).toEqual({
      image: ['image', [1, 3, 112, 112]],
      video: ['image', [1, 3, 112, 112]],
      audio: ['audio', [1, 1, 128, 1024]],
      point: ['point', [1, 2048, 6]],
      rgbd: ['image', [1, 3, 112, 112]],
      rgbn: ['image', [1, 3, 112, 112]],
      fmri: ['fmri', [1, 1, 200]],
      imu: ['imu', [1, 6, 400]],
    });
  });
});
