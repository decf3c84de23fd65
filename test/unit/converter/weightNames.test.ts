import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseModelConfig } from '../../../daemon/common/modelConfig';
import { type Checkpoint, openCheckpoint } from '../../../daemon/converter/checkpoint/checkpoint';
import { checkKeys, expectedKeys, hintsFrom, IGNORED_KEYS } from '../../../daemon/converter/weightNames';
import { failureOf } from '../../support/checkpointFiles';

const tiny = path.join(__dirname, '../../fixtures/tiny');
const params = JSON.parse(readFileSync(path.join(tiny, 'params.json'), 'utf8')) as Record<string, unknown>;
const official7B = { dim: 4096, n_layers: 32, n_heads: 32, multiple_of: 256, norm_eps: 1e-5, vocab_size: -1 };

/** A checkpoint with these shapes and no numbers. */
function shapes(keys: ReadonlyMap<string, number[]>): Checkpoint {
  return {
    names: () => [...keys.keys()],
    info: (name) => ({ name, dtype: 'F16', shape: keys.get(name) ?? [] }),
    read: () => new Float32Array(),
    close: () => {},
  };
}

describe('OneLLM-7B', () => {
  const keys = expectedKeys(parseModelConfig(official7B));

  it('has 940 keys, seven of which are not used', () => {
    expect(keys.size + IGNORED_KEYS.size).toBe(940);
    expect([...IGNORED_KEYS].filter((key) => keys.has(key))).toEqual([]);
  });

  it.each([
    ['tok_embeddings.weight', [32000, 4096]],
    ['layers.31.feed_forward.w1.weight', [11008, 4096]],
    ['layers.0.feed_forward.w2.weight', [4096, 11008]],
    ['resample_layers.2.7.feed_forward.w3.weight', [2816, 1024]],
    ['clip.visual.conv1.weight', [1024, 3, 14, 14]],
    ['clip.visual.positional_embedding', [257, 1024]],
    ['clip.visual.transformer.resblocks.23.attn.in_proj_weight', [3072, 1024]],
    ['clip.visual.transformer.resblocks.0.mlp.c_proj.weight', [1024, 4096]],
    ['clip.visual.transformer.resblocks.0.mlp.c_proj.bias', [1024]],
    ['conv1.audio.weight', [1024, 1, 16, 16]],
    ['conv1.point.conv1.weight', [1024, 6, 1, 1]],
    ['conv1.fmri.weight', [8192, 15724]],
    ['conv1.fmri.bias', [8192]],
    ['conv1.imu.weight', [1024, 6, 10]],
    ['positional_embedding.audio', [1213, 1024]],
    ['positional_embedding.point', [1025, 1024]],
    ['positional_embedding.fmri', [9, 1024]],
    ['positional_embedding.imu', [392, 1024]],
    ['resample_tokens.rgbn', [1, 30, 1024]],
    ['routers.fmri.fc2.weight', [3, 4096]],
    ['clip_proj2.imu.0.weight', [4096, 1024]],
    ['clip_proj2.imu.1.bias', [4096]],
    ['end_tag.video', [1, 1, 4096]],
  ])('%s', (key, shape) => {
    expect(keys.get(key)).toEqual(shape);
  });
});

it('our stems and relative points', () => {
  const keys = expectedKeys(
    parseModelConfig({
      ...params,
      clip: { width: 64, layers: 2, heads: 2, patch: 16, image: 128 },
      audio: { kernel: [16, 8], stride: [16, 8] },
      point: { relative: true },
      stem: { image: [8, 24, 32], audio: [12], point: [20, 40] },
    }),
  );
  const part = (prefix: string) => Object.fromEntries([...keys].filter(([key]) => key.startsWith(prefix)));
  expect(part('clip.visual.stem.1.')).toEqual({
    'clip.visual.stem.1.down.weight': [24, 8, 3, 3],
    'clip.visual.stem.1.down.bias': [24],
    'clip.visual.stem.1.conv_a.weight': [24, 24, 3, 3],
    'clip.visual.stem.1.conv_a.bias': [24],
    'clip.visual.stem.1.conv_b.weight': [24, 24, 3, 3],
    'clip.visual.stem.1.conv_b.bias': [24],
  });
  expect(part('clip.visual.stem.0.')).toEqual({
    'clip.visual.stem.0.down.weight': [8, 3, 3, 3],
    'clip.visual.stem.0.down.bias': [8],
  });
  expect(keys.get('clip.visual.conv1.weight')).toEqual([64, 32, 2, 2]);
  expect(part('conv1.audio.')).toEqual({
    'conv1.audio.stem.0.down.weight': [12, 1, 3, 3],
    'conv1.audio.stem.0.down.bias': [12],
    'conv1.audio.weight': [64, 12, 8, 4],
    'conv1.audio.bias': [64],
  });
  expect(part('conv1.point.')).toEqual({
    'conv1.point.stem.0.weight': [20, 9, 1, 1],
    'conv1.point.stem.0.bias': [20],
    'conv1.point.stem.1.weight': [40, 20, 1, 1],
    'conv1.point.stem.1.bias': [40],
    'conv1.point.conv1.weight': [64, 40, 1, 1],
    'conv1.point.conv1.bias': [64],
  });
});

describe('checking a checkpoint', () => {
  const checkpoint = openCheckpoint(path.join(tiny, 'consolidated.00-of-01.pth'));
  const config = parseModelConfig(params, hintsFrom(checkpoint));
  const found = new Map(checkpoint.names().map((name) => [name, checkpoint.info(name).shape]));
  const failure = (change: (keys: Map<string, number[]>) => void, c = config) => {
    const keys = new Map(found);
    change(keys);
    return failureOf(() => checkKeys(shapes(keys), c));
  };

  it('takes the hints from its tensors', () => {
    expect(hintsFrom(checkpoint)).toEqual({
      vocab_size: 320,
      resample_experts: 3,
      resample_layers: 8,
      resample_tokens: 30,
      fmri_voxels: 200,
    });
    expect(hintsFrom(shapes(new Map()))).toEqual({});
  });

  it('accepts both files, with and without the unused tensors', () => {
    expect(() => checkKeys(checkpoint, config)).not.toThrow();
    expect(() => checkKeys(openCheckpoint(path.join(tiny, 'model.safetensors')), config)).not.toThrow();
    expect(
      failure((keys) => {
        for (const key of IGNORED_KEYS) keys.delete(key);
      }),
    ).toBe('nothing thrown');
  });

  it.each([...expectedKeys(config).keys()].filter((_, i) => i % 37 === 0))('names %s where it is missing', (key) => {
    expect(failure((keys) => keys.delete(key))).toContain(
      `CHECKPOINT_KEY_MISSING: The checkpoint lacks the tensor "${key}"`,
    );
  });

  it.each([
    'rope.freqs',
    'layers.2.attention.wq.weight',
    'clip.visual.conv1.bias',
    'resample_tokens.touch',
    'clip.transformer.x',
  ])('names %s, which does not belong', (key) => {
    expect(failure((keys) => keys.set(key, [1]))).toContain(
      `CHECKPOINT_KEY_UNKNOWN: The checkpoint has a tensor "${key}"`,
    );
  });

  it('names a tensor of the wrong shape with both shapes', () => {
    expect(failure((keys) => keys.set('conv1.imu.weight', [32, 6, 9]))).toContain(
      'CHECKPOINT_SHAPE: The tensor "conv1.imu.weight" has the shape [32, 6, 9]; params.json asks for [32, 6, 10].',
    );
    expect(failure((keys) => keys.set('norm.weight', [64, 1]))).toContain('"norm.weight" has the shape [64, 1]');
  });

  it('stops at the first missing layer of two billion', () => {
    expect(failure(() => {}, { ...config, n_layers: 2 ** 31 })).toContain('"layers.2.attention.wq.weight"');
  });
});
