import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MODALITIES, type Modality } from '../../daemon/common/modality';
import { type ModelConfig, parseModelConfig } from '../../daemon/common/modelConfig';
import { expectedKeys } from '../../daemon/converter/weightNames';
import { safetensorsOf } from './checkpointFiles';
import { type ReferenceInput, ReferenceOneLlm } from './referenceOneLlm';
import type { Weight } from './tensorMath';

export interface RandomModel {
  config: ModelConfig;
  weights: Map<string, Weight>;
  checkpoint: string;
  paramsPath: string;
}

/** A checkpoint of these dimensions with random weights, written to `folder`. */
export function writeRandomModel(folder: string, params: object, seed = 1): RandomModel {
  const config = parseModelConfig(params);
  const random = gaussian(seed);
  const weights = new Map<string, Weight>();
  for (const [name, shape] of expectedKeys(config))
    weights.set(name, { shape, data: randomWeight(name, shape, random) });
  const checkpoint = join(folder, 'model.safetensors');
  const paramsPath = join(folder, 'params.json');
  writeTensors(checkpoint, weights);
  writeFileSync(paramsPath, JSON.stringify(params));
  return { config, weights, checkpoint, paramsPath };
}

/** Norms near 1, biases and matrices of a size that keeps activations near 1. */
function randomWeight(name: string, shape: number[], random: () => number): Float32Array {
  const size = shape.reduce((a, b) => a * b, 1);
  const norm = shape.length === 1 && name.endsWith('weight');
  const scale = shape.length > 1 ? Math.sqrt(1 / (size / shape[0]!)) : 0.1;
  const embedding = /embedding|resample_tokens|_tag/.test(name) ? 0.5 : scale;
  return Float32Array.from({ length: size }, () => (norm ? 1 + 0.1 * random() : embedding * random()));
}

export interface Cases {
  path: string;
  inputs: Map<Modality, ReferenceInput>;
}

/** A cases file as PyTorch would have written it, computed by the reference in plain loops. */
export function writeCases(folder: string, model: RandomModel, greedy: number): Cases {
  const { config } = model;
  const random = gaussian(99);
  const reference = new ReferenceOneLlm(model.weights, config);
  const tensors = new Map<string, Weight | { shape: number[]; data: Int32Array }>();
  const inputs = new Map<Modality, ReferenceInput>();
  const ids = Array.from({ length: 7 }, (_, i) => (i === 0 ? 1 : (i * 13) % config.vocab_size));
  for (const modality of MODALITIES) {
    const shape = inputShape(modality, config);
    const input = { shape, data: Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, random) };
    inputs.set(modality, input);
    const media = reference.mediaTokens(modality, input);
    tensors.set(`${modality}.input`, input);
    tensors.set(`${modality}.media_tokens`, {
      shape: [1, media.length, config.dim],
      data: Float32Array.from(media.flat()),
    });
    tensors.set(`${modality}.tokens`, { shape: [1, ids.length], data: Int32Array.from(ids) });
    const logits = Float32Array.from(reference.logits(ids, modality, media));
    tensors.set(`${modality}.logits`, { shape: [1, logits.length], data: logits });
    tensors.set(`${modality}.greedy`, {
      shape: [greedy],
      data: Int32Array.from(reference.greedy(ids, greedy, modality, media)),
    });
  }
  tensors.set('text.tokens', { shape: [1, ids.length], data: Int32Array.from(ids) });
  const logits = Float32Array.from(reference.logits(ids));
  tensors.set('text.logits', { shape: [1, logits.length], data: logits });
  tensors.set('text.greedy', { shape: [greedy], data: Int32Array.from(reference.greedy(ids, greedy)) });
  const path = join(folder, 'cases.safetensors');
  writeTensors(path, tensors);
  return { path, inputs };
}

function inputShape(modality: Modality, c: ModelConfig): number[] {
  const picture = [3, c.clip.image, c.clip.image];
  const shapes: Record<Modality, number[]> = {
    image: [1, ...picture],
    video: [1, 3, ...picture],
    rgbd: [1, 2, ...picture],
    rgbn: [1, 2, ...picture],
    audio: [1, 1, c.audio.mels, c.audio.frames],
    point: [1, c.point.points, 6],
    fmri: [1, 1, c.fmri_voxels],
    imu: [1, c.imu.channels, c.imu.samples],
  };
  return shapes[modality];
}

export function writeTensors(
  path: string,
  tensors: ReadonlyMap<string, { shape: number[]; data: Float32Array | Int32Array }>,
): void {
  const header: Record<string, unknown> = {};
  let at = 0;
  const parts = [...tensors].map(([name, { shape, data }]) => {
    const dtype = data instanceof Int32Array ? 'I32' : 'F32';
    header[name] = { dtype, shape, data_offsets: [at, at + data.byteLength] };
    at += data.byteLength;
    return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  });
  writeFileSync(path, safetensorsOf(header, Buffer.concat(parts)));
}

/** Standard normal numbers from a seed (mulberry32, Box-Muller). */
export function gaussian(seed: number): () => number {
  let state = seed >>> 0;
  const uniform = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}
