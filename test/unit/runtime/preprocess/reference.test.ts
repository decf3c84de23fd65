import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { parseModelConfig } from '../../../../daemon/common/modelConfig';
import type { AudioMedia, ImageMedia, PointMedia } from '../../../../daemon/media/media';
import { preprocess } from '../../../../daemon/runtime/modalities';
import { difference, referenceTensors } from '../../../support/referenceTensors';

const folder = 'test/fixtures/preprocess';
const expected = referenceTensors(`${folder}/expected.safetensors`);
const config = parseModelConfig({ dim: 64, n_layers: 1, n_heads: 4 });

describe('preprocessing against the reference', () => {
  it('image.photo: within 0.02 everywhere, 0.002 on average', async () => {
    const { data, info } = await sharp(`${folder}/photo.png`).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    const photo = {
      kind: 'image',
      width: info.width,
      height: info.height,
      data: new Uint8ClampedArray(data),
      warnings: [],
    };
    const prepared = preprocess(photo as unknown as ImageMedia, config);
    expect(prepared).toMatchObject({ modality: 'image', frames: 1, shape: [1, 3, 224, 224], warnings: [] });
    const { max, mean } = difference(prepared.tensor, expected.get('image.photo')!.data);
    expect(max).toBeLessThan(0.02);
    expect(mean).toBeLessThan(0.002);
  });

  it('audio.chirp: within 2e-3', () => {
    const wav = readFileSync(`${folder}/chirp.wav`);
    const samples = Float32Array.from({ length: (wav.length - 44) / 2 }, (_, i) => wav.readInt16LE(44 + 2 * i) / 32768);
    const chirp: AudioMedia = { kind: 'audio', sampleRate: 16000, channels: [samples], format: 'wav', warnings: [] };
    const prepared = preprocess(chirp, config);
    expect(prepared).toMatchObject({ modality: 'audio', frames: 1, shape: [1, 1, 128, 1024] });
    expect(difference(prepared.tensor, expected.get('audio.chirp')!.data).max).toBeLessThan(2e-3);
  });

  it('point.cloud: within 1e-5', () => {
    const npy = readFileSync(`${folder}/cloud.npy`);
    const values = new Float32Array(Uint8Array.prototype.slice.call(npy, 128).buffer);
    const count = values.length / 6;
    const channels = (first: number) => values.filter((_, i) => i % 6 >= first && i % 6 < first + 3);
    const cloud: PointMedia = {
      kind: 'point',
      positions: channels(0),
      colors: channels(3),
      count,
      declared: count,
      format: 'npy',
      warnings: [],
    };
    const prepared = preprocess(cloud, config);
    expect(prepared).toMatchObject({ modality: 'point', frames: 1, shape: [1, 3000, 6], warnings: [] });
    expect(difference(prepared.tensor, expected.get('point.cloud')!.data).max).toBeLessThan(1e-5);
  });
});
