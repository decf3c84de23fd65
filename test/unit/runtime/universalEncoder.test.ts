import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type PackManifest, parseManifest } from '../../../daemon/common/packManifest';
import { openSafetensors } from '../../../daemon/common/safetensors';
import { convertCheckpoint } from '../../../daemon/converter/convert';
import { OneLlm } from '../../../daemon/runtime/oneLlm';
import type { PreparedMedia } from '../../../daemon/runtime/preparedMedia';
import type { GraphSession } from '../../../daemon/runtime/session';
import { UniversalEncoder } from '../../../daemon/runtime/universalEncoder';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

/** An encoder that doubles its tokens. */
const doubling = {
  run: async ({ tokens }: { tokens: { data: Float32Array } }) => ({ features: tokens.data.map((x) => 2 * x) }),
} as unknown as GraphSession;

async function* framesOf(...rows: number[][]) {
  for (const row of rows) yield { data: Float32Array.from(row), count: row.length / 2 };
}
const never = new AbortController().signal;

describe('features of several frames', () => {
  const encoder = new UniversalEncoder(doubling);

  it('are averaged, as the official model does', async () => {
    const features = await encoder.features(framesOf([1, 2, 3, 4], [5, 6, 7, 8]), 2, never);
    expect([...features]).toEqual([6, 8, 10, 12]);
  });

  it('stand side by side in order where the model asks for that', async () => {
    const features = await encoder.features(framesOf([1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]), 2, never, 'concat');
    expect([...features]).toEqual([2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24]);
  });

  it('need a frame', async () => {
    await expect(encoder.features(framesOf(), 2, never, 'concat')).rejects.toMatchObject({ code: 'MODEL_FAILED' });
  });
});

describe('a pack whose params.json says video_frames: "concat"', () => {
  const tiny = (file: string) => join(__dirname, '../../fixtures/tiny', file);
  const root = mkdtempSync(join(tmpdir(), 'onelens-concat-'));
  const packs: Record<string, { folder: string; manifest: PackManifest }> = {};

  const convert = async (name: string, extra: object) => {
    const paramsPath = join(root, `${name}.json`);
    writeFileSync(paramsPath, JSON.stringify({ ...JSON.parse(readFileSync(tiny('params.json'), 'utf8')), ...extra }));
    const folder = join(root, name);
    const manifest = await convertCheckpoint({
      checkpoint: tiny('model.safetensors'),
      paramsPath,
      out: folder,
      dtype: 'fp32',
    });
    packs[name] = { folder, manifest };
  };
  beforeAll(async () => {
    await convert('mean', {});
    await convert('concat', { video_frames: 'concat' });
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  async function encode(name: string, change: (media: PreparedMedia) => PreparedMedia): Promise<Float32Array> {
    const cases = openSafetensors(tiny('cases.safetensors'));
    const { shape } = cases.entries.get('video.input')!;
    const tensor = cases.readFloats('video.input');
    cases.close();
    const model = await OneLlm.load(packs[name]!.folder, packs[name]!.manifest, { device: 'cpu' });
    try {
      return await model.encode(change({ modality: 'video', frames: shape[1]!, tensor, shape, warnings: [] }), never);
    } finally {
      await model.close();
    }
  }
  const firstFrame = (m: PreparedMedia): PreparedMedia => {
    const [, , ...picture] = m.shape;
    return {
      ...m,
      frames: 1,
      shape: [1, 1, ...picture],
      tensor: m.tensor.slice(
        0,
        picture.reduce((a, b) => a * b),
      ),
    };
  };
  const worst = (a: Float32Array, b: Float32Array) => a.reduce((most, x, i) => Math.max(most, Math.abs(x - b[i]!)), 0);

  it('keeps the choice in its manifest; without it the frames are averaged', () => {
    const read = (name: string) =>
      parseManifest(JSON.parse(readFileSync(join(packs[name]!.folder, 'manifest.json'), 'utf8')), name).config;
    expect(read('concat').video_frames).toBe('concat');
    expect(read('mean').video_frames).toBe('mean');
  });

  it('gives as many media tokens, other numbers for several frames, and the same for one', async () => {
    const [mean, concat] = [await encode('mean', (m) => m), await encode('concat', (m) => m)];
    expect(concat.length).toBe(mean.length);
    expect(worst(mean, concat)).toBeGreaterThan(1e-4);
    expect(worst(await encode('mean', firstFrame), await encode('concat', firstFrame))).toBe(0);
  });
});
