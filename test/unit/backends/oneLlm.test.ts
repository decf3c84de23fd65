import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ChatModel, EncodedMedia, GenerateRequest } from '../../../daemon/backends/chatModel';
import { loadOneLlm } from '../../../daemon/backends/oneLlm';
import type { PackManifest } from '../../../daemon/common/packManifest';
import { convertCheckpoint } from '../../../daemon/converter/convert';
import type { ImageMedia } from '../../../daemon/media/media';
import { writeRandomModel } from '../../support/randomOneLlm';

// a machine with many other things to do
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const PARAMS = {
  dim: 32,
  n_layers: 2,
  n_heads: 2,
  vocab_size: 1000,
  multiple_of: 8,
  max_seq_len: 256,
  clip: { width: 24, layers: 1, heads: 2, patch: 8, image: 16 },
  resample_heads: 2,
  resample_layers: 1,
  resample_experts: 2,
  resample_tokens: 3,
  fmri_voxels: 4,
  prompt: { system: '' },
};

const root = mkdtempSync(join(tmpdir(), 'onelens-chat-'));
const tokenizer = join(__dirname, '../../fixtures/preprocess/tokenizer.model');
let manifest: PackManifest;
let model: ChatModel;

beforeAll(async () => {
  const random = writeRandomModel(root, PARAMS);
  manifest = await convertCheckpoint({ ...random, out: join(root, 'pack'), tokenizer, dtype: 'fp32' });
  model = await loadOneLlm(join(root, 'pack'), manifest, { device: 'cpu' });
});
afterAll(async () => {
  await model.close();
  rmSync(root, { recursive: true, force: true });
});

const NEVER = new AbortController().signal;

function picture(seed: number): ImageMedia {
  const data = Uint8ClampedArray.from({ length: 20 * 10 * 4 }, (_, i) => (i % 4 === 3 ? 255 : (i * seed) % 251));
  const shape = { width: 20, height: 10, channels: 3, bitDepth: 8, hasAlpha: false, frames: 1 };
  return { kind: 'image', data, format: 'png', warnings: [], ...shape };
}

const ask = (changes: Partial<GenerateRequest> = {}, signal = NEVER, onPiece: (text: string) => void = () => {}) =>
  model.generate(
    { media: [], history: [], question: 'What is it?', maxTokens: 6, temperature: 0, topP: 1, seed: 1, ...changes },
    signal,
    onPiece,
  );

describe('OneLLM as a chat model', () => {
  it('tells what it is', () => {
    expect(model).toMatchObject({ id: 'pack', device: 'cpu' });
    expect(model.deviceReason).toMatch(/^Running on the CPU/);
    expect(model.modalities).toHaveLength(8);
  });

  it('encodes a picture to T0 embeddings, the same ones each time', async () => {
    const a = await model.encode(picture(7), NEVER);
    const b = await model.encode(picture(7), NEVER);
    expect(a).toMatchObject({ modality: 'image', tokens: 3, warnings: [] });
    expect(a.embeddings).toHaveLength(3 * 32);
    expect(b.embeddings).toEqual(a.embeddings);
    expect((await model.encode(picture(11), NEVER)).embeddings).not.toEqual(a.embeddings);
  });

  it('takes over what two questions share, and answers as if it had not', async () => {
    const media = [await model.encode(picture(7), NEVER)];
    await ask({ question: 'Something else entirely?' });
    const fresh = await ask({ media });
    const again = await ask({ media });
    expect(fresh).toMatchObject({ prefixTokens: 1, mediaTokens: 5, stopped: 'length', completionTokens: 6 });
    expect(again).toMatchObject({ text: fresh.text, prefixTokens: fresh.promptTokens - 1 });
    const history = [{ question: 'What is it?', answer: fresh.text }];
    expect((await ask({ media, history, question: 'Why?' })).prefixTokens).toBeGreaterThan(6);
    const other = await ask({ media: [await model.encode(picture(11), NEVER)] });
    expect(other.prefixTokens).toBe(1);
  });

  it('sees the media, each in its place', async () => {
    const [a, b] = [await model.encode(picture(7), NEVER), await model.encode(picture(11), NEVER)];
    const confidence = async (media: EncodedMedia[]) => (await ask({ media })).confidence;
    const values = new Set([
      await confidence([]),
      await confidence([a]),
      await confidence([a, b]),
      await confidence([b, a]),
    ]);
    expect(values.size).toBe(4);
    expect((await ask({ media: [a, b] })).mediaTokens).toBe(10);
  });

  it('streams pieces that make up the text, and stops on a cancel', async () => {
    const pieces: string[] = [];
    const { text } = await ask({ maxTokens: 12 }, NEVER, (piece) => pieces.push(piece));
    expect(pieces.join('')).toBe(text);
    expect((await ask({}, AbortSignal.abort())).stopped).toBe('cancelled');
  });

  it('has a fingerprint that follows the weights of the encoder', async () => {
    const other = writeRandomModel(mkdtempSync(join(root, 'other-')), PARAMS, 2);
    const pack = join(root, 'pack2');
    const second = await convertCheckpoint({ ...other, out: pack, tokenizer, dtype: 'fp32' });
    const loaded = await loadOneLlm(pack, second, { device: 'cpu' });
    expect(loaded.encoderFingerprint).not.toBe(model.encoderFingerprint);
    expect(loaded.encoderFingerprint).toMatch(/^[0-9a-f]{64}$/);
    await loaded.close();
  });

  it('cannot be loaded without its tokenizer', async () => {
    const files = manifest.files.filter((f) => f.path !== 'tokenizer.model');
    await expect(loadOneLlm(join(root, 'pack'), { ...manifest, files })).rejects.toMatchObject({
      code: 'MODEL_DAMAGED',
      what: expect.stringContaining('without tokenizer.model'),
    });
    const small = { ...manifest, config: { ...manifest.config, vocab_size: 100 } };
    await expect(loadOneLlm(join(root, 'pack'), small)).rejects.toMatchObject({ code: 'MODEL_DAMAGED' });
  });
});
