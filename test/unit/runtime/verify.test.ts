import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { PackManifest } from '../../../daemon/common/packManifest';
import { convertCheckpoint } from '../../../daemon/converter/convert';
import { OneLlm } from '../../../daemon/runtime/oneLlm';
import { verifyPack } from '../../../daemon/runtime/verify';
import { temporaryFolder } from '../../support/checkpointFiles';
import { writeTensors } from '../../support/randomOneLlm';
import { referenceTensors } from '../../support/referenceTensors';

// a machine with many other things to do
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const tiny = (file: string) => join(__dirname, '../../fixtures/tiny', file);
const root = mkdtempSync(join(tmpdir(), 'onelens-verify-'));
const pack = join(root, 'pack');
let manifest: PackManifest;

beforeAll(async () => {
  const checkpoint = tiny('model.safetensors');
  manifest = await convertCheckpoint({ checkpoint, paramsPath: tiny('params.json'), out: pack, dtype: 'fp32' });
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A cases file of some of the reference's items, changed at will. */
function casesOf(pattern: RegExp, change?: (data: Float32Array | Int32Array, name: string) => void): string {
  const kept = new Map([...referenceTensors(tiny('cases.safetensors'))].filter(([name]) => pattern.test(name)));
  for (const [name, { data }] of kept) change?.(data, name);
  const file = join(temporaryFolder(), 'cases.safetensors');
  writeTensors(file, kept);
  return file;
}

describe('verifyPack', () => {
  it('leaves out what the file does not have', async () => {
    const { cases } = await verifyPack(pack, casesOf(/^imu\.(input|media_tokens)$|^fmri\.(input|tokens|logits)$/));
    expect(cases).toEqual([
      { modality: 'fmri', mediaTokensMaxAbs: null, logitsMaxAbs: expect.any(Number), greedyEqual: null },
      { modality: 'imu', mediaTokensMaxAbs: expect.any(Number), logitsMaxAbs: null, greedyEqual: null },
    ]);
    await expect(verifyPack(pack, casesOf(/^imu\.tokens$/))).rejects.toMatchObject({ code: 'USAGE' });
  });

  it('finds a number that is off by more than the tolerance', async () => {
    const off = casesOf(/^imu\./, (data, name) => {
      if (name === 'imu.media_tokens') data[100]! += 0.01;
    });
    const report = await verifyPack(pack, off);
    expect(report).toMatchObject({ pass: false, tolerance: 1e-3 });
    expect(report.cases[0]!.mediaTokensMaxAbs).toBeCloseTo(0.01, 4);
    expect((await verifyPack(pack, off, 0.02)).pass).toBe(true);
  });

  it('finds one different greedy id', async () => {
    const off = casesOf(/^fmri\./, (data, name) => {
      if (name === 'fmri.greedy') data[15] = (data[15]! + 1) % 320;
    });
    expect(await verifyPack(pack, off)).toMatchObject({ pass: false, cases: [{ greedyEqual: false }] });
  });

  it('says what a case of other sizes lacks', async () => {
    const kept = referenceTensors(tiny('cases.safetensors'));
    const file = join(temporaryFolder(), 'cases.safetensors');
    writeTensors(
      file,
      new Map([['fmri.input', { shape: [1, 1, 100], data: kept.get('fmri.input')!.data.slice(0, 100) }]]),
    );
    await expect(verifyPack(pack, file)).rejects.toMatchObject({
      code: 'MODALITY_UNSUPPORTED',
      what: expect.stringContaining('[1, 1, 100]'),
    });
  });
});

describe('a damaged pack', () => {
  const damaged = (change: (folder: string) => void): string => {
    const copy = join(temporaryFolder(), 'pack');
    cpSync(pack, copy, { recursive: true });
    change(copy);
    return copy;
  };
  const cases = tiny('cases.safetensors');

  it.each([
    ['no manifest', (f: string) => rmSync(join(f, 'manifest.json')), /manifest.json cannot be read/],
    ['a cut manifest', (f: string) => writeFileSync(join(f, 'manifest.json'), '{"for'), /manifest.json is not JSON/],
    ['a missing file', (f: string) => rmSync(join(f, 'tags.f32')), /tags.f32 is missing/],
    ['a longer file', (f: string) => appendFileSync(join(f, 'embeddings.f32'), 'x'), /embeddings.f32 has 81921 bytes/],
    [
      'one flipped bit',
      (f: string) => {
        const file = join(f, 'graphs/language-model.onnx.data');
        const bytes = readFileSync(file);
        bytes[5000]! ^= 1;
        writeFileSync(file, bytes);
      },
      /language-model.onnx.data is not what the manifest describes/,
    ],
  ])('%s', async (_, change, message) => {
    await expect(verifyPack(damaged(change), cases)).rejects.toMatchObject({
      code: 'MODEL_DAMAGED',
      what: expect.stringMatching(message),
    });
  });

  it('no pack at all', async () => {
    await expect(verifyPack('/nowhere/pack', cases)).rejects.toMatchObject({ code: 'MODEL_MISSING', exitCode: 4 });
  });

  it('a graph that is no graph fails when it is opened', async () => {
    const folder = damaged((f) => {
      const file = join(f, 'graphs/language-model.onnx');
      writeFileSync(file, Buffer.alloc(readFileSync(file).length, 0xff));
    });
    await expect(OneLlm.load(folder, manifest, { device: 'cpu' })).rejects.toMatchObject({
      code: 'MODEL_DAMAGED',
      what: expect.stringContaining('language-model.onnx'),
    });
  });
});

describe('OneLlm', () => {
  const loaded = async () => {
    const model = await OneLlm.load(pack, manifest, { device: 'cpu' });
    onTestFinished(() => model.close());
    return model;
  };

  it('gives the same logits in one part, in several, and after going back', async () => {
    const { languageModel: llm } = await loaded();
    const rows = llm.embed([1, 5, 9, 200, 31, 7, 64]);
    const whole = await llm.forward(llm.newState(), rows, 7);
    const state = llm.newState();
    await llm.forward(state, rows.subarray(0, 3 * 64), 3);
    await llm.forward(state, llm.embed([2, 2, 2]), 3);
    state.truncate(3);
    const parts = await llm.forward(state, rows.subarray(3 * 64), 4);
    expect(Math.max(...whole.map((x, i) => Math.abs(x - parts[i]!)))).toBeLessThan(1e-5);
    expect(state.length).toBe(7);
  });

  it('refuses more positions than it reads, and ids outside the vocabulary', async () => {
    const { languageModel: llm } = await loaded();
    await expect(llm.forward(llm.newState(), new Float32Array(513 * 64), 513)).rejects.toMatchObject({
      code: 'PROMPT_TOO_LONG',
    });
    expect(() => llm.embed([320])).toThrow('token 320 is outside its vocabulary of 320');
  });

  it('hears a cancel between frames', async () => {
    const model = await loaded();
    const { shape, data } = referenceTensors(tiny('cases.safetensors')).get('video.input')!;
    const controller = new AbortController();
    const media = { modality: 'video' as const, frames: 5, tensor: data as Float32Array, shape, warnings: [] };
    const encoding = model.encode(media, controller.signal);
    controller.abort();
    await expect(encoding).rejects.toMatchObject({ code: 'CANCELLED' });
  });
});
