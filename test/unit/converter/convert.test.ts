import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { MODALITIES } from '../../../daemon/common/modality';
import { type ConvertRequest, convertCheckpoint } from '../../../daemon/converter/convert';
import { IGNORED_KEYS } from '../../../daemon/converter/weightNames';
import { verifyPack } from '../../../daemon/runtime/verify';
import { temporaryFolder } from '../../support/checkpointFiles';
import { writeTensors } from '../../support/randomOneLlm';
import { referenceTensors } from '../../support/referenceTensors';

// a machine with many other things to do
vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const fixtures = join(__dirname, '../../fixtures');
const tiny = (file: string) => join(fixtures, 'tiny', file);
const paramsPath = tiny('params.json');

const request = (changes: Partial<ConvertRequest> = {}): ConvertRequest => ({
  checkpoint: tiny('model.safetensors'),
  paramsPath,
  out: join(temporaryFolder(), 'pack'),
  dtype: 'fp32',
  ...changes,
});

const failure = (changes: Partial<ConvertRequest>) =>
  convertCheckpoint(request(changes)).then(
    () => 'nothing thrown',
    (error) => `${error.code} ${error.exitCode}: ${error.what}`,
  );

describe('the official tiny model', () => {
  it.each(['consolidated.00-of-01.pth', 'model.safetensors'])('%s agrees with PyTorch', async (file) => {
    const { out } = request();
    await convertCheckpoint(request({ checkpoint: tiny(file), out }));
    const report = await verifyPack(out, tiny('cases.safetensors'));
    expect(report.cases.map((c) => c.modality)).toEqual([...MODALITIES, 'text']);
    for (const c of report.cases) {
      expect(c.logitsMaxAbs).toBeLessThan(1e-4);
      if (c.modality === 'text') continue;
      expect(c.mediaTokensMaxAbs).toBeLessThan(1e-4);
      expect(c.greedyEqual).toBe(true);
    }
    expect(report).toMatchObject({ pass: true, tolerance: 1e-3 });
  });
});

describe('the manifest', () => {
  it('lists every file with its size and SHA-256, and what went in', async () => {
    const { out } = request();
    const tokenizer = join(fixtures, 'preprocess/tokenizer.model');
    const manifest = await convertCheckpoint(request({ out, tokenizer }));
    const onDisk = readdirSync(out, { recursive: true, encoding: 'utf8' }).filter((f) =>
      statSync(join(out, f)).isFile(),
    );
    expect(manifest.files.map((f) => f.path).sort()).toEqual(onDisk.filter((f) => f !== 'manifest.json').sort());
    for (const file of manifest.files) {
      const bytes = readFileSync(join(out, file.path));
      expect(file).toEqual({
        path: file.path,
        bytes: bytes.length,
        sha256: createHash('sha256').update(bytes).digest('hex'),
      });
    }
    expect(JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'))).toEqual(JSON.parse(JSON.stringify(manifest)));
    expect(manifest).toMatchObject({ id: 'pack', dtype: 'fp32', config: { dim: 64, fmri_voxels: 200 } });
    expect(manifest.warnings).toEqual([expect.stringMatching(/^Point clouds are grouped by colour/)]);
  });

  it('counts every number of the checkpoint but the unused ones: all of them are in the pack', async () => {
    const used = [...referenceTensors(tiny('model.safetensors'))].filter(
      ([name]) => !IGNORED_KEYS.has(name.replace('llma.', '')),
    );
    const manifest = await convertCheckpoint(request());
    expect(manifest.parameters).toBe(used.reduce((sum, [, { data }]) => sum + data.length, 0));
  });

  it('warns of a missing tokenizer', async () => {
    expect((await convertCheckpoint(request())).warnings[0]).toMatch(/no tokenizer/);
  });
});

describe('smaller packs', () => {
  it('fp16 keeps a half-precision checkpoint exactly, at half the size', async () => {
    const full = await convertCheckpoint(request());
    const { out } = request();
    const checkpoint = tiny('consolidated.00-of-01.pth');
    const manifest = await convertCheckpoint(request({ out, checkpoint, dtype: 'fp16' }));
    const size = ({ files }: typeof full) => files.find((f) => f.path.endsWith('language-model.onnx.data'))!.bytes;
    expect(size(manifest)).toBeLessThan(size(full) * 0.6);
    expect((await verifyPack(out, tiny('cases.safetensors'))).pass).toBe(true);
  });

  it.each(['int8', 'int4'])('%s converts, is smaller, and runs', async (dtype) => {
    const full = await convertCheckpoint(request());
    const { out } = request();
    const manifest = await convertCheckpoint(request({ out, dtype }));
    const size = (m: typeof full) => m.files.reduce((sum, f) => sum + f.bytes, 0);
    expect(size(manifest)).toBeLessThan(size(full));
    const report = await verifyPack(out, tiny('cases.safetensors'));
    const worst = Math.max(...report.cases.map((c) => c.logitsMaxAbs ?? 0));
    // random weights of a few dozen channels: a step of rounding grows a hundredfold on the way
    expect(worst).toBeLessThan(dtype === 'int8' ? 0.5 : 4);
    expect(report.pass).toBe(false);
  });
});

describe('what is refused', () => {
  const changed = (change: (tensors: ReturnType<typeof referenceTensors>) => void): string => {
    const tensors = referenceTensors(tiny('model.safetensors'));
    change(tensors);
    const file = join(temporaryFolder(), 'model.safetensors');
    writeTensors(file, tensors);
    return file;
  };

  it.each([
    [
      'a missing key',
      (t: Map<string, object>) => t.delete('llma.resample_layers.1.3.attention.wk.weight'),
      'CHECKPOINT_KEY_MISSING 4: The checkpoint lacks the tensor "resample_layers.1.3.attention.wk.weight".',
    ],
    [
      'an unknown key',
      (t: Map<string, object>) => t.set('llma.surprise', t.get('llma.norm.weight')!),
      'CHECKPOINT_KEY_UNKNOWN 4: The checkpoint has a tensor "surprise" that OneLLM does not have.',
    ],
    [
      'a wrong shape',
      (t: Map<string, object>) => t.set('llma.norm.weight', { shape: [63], data: new Float32Array(63) }),
      'CHECKPOINT_SHAPE 4: The tensor "norm.weight" has the shape [63]; params.json asks for [64].',
    ],
  ])('%s', async (_, change, message) => {
    const checkpoint = changed(change as Parameters<typeof changed>[0]);
    expect(await failure({ checkpoint })).toBe(message);
  });

  it.each([
    [{ dtype: 'fp8' }, 'USAGE 2: The dtype "fp8" is not one of fp32, fp16, int8, int4.'],
    [{ id: 'My model' }, /^USAGE 2: The id "My model"/],
    [{ checkpoint: '/nowhere/model.pth' }, /^FILE_MISSING 3/],
    [{ paramsPath: '/nowhere/params.json' }, 'FILE_MISSING 3: There is no file "/nowhere/params.json".'],
    [{ tokenizer: '/nowhere/tokenizer.model' }, 'FILE_MISSING 3: There is no file "/nowhere/tokenizer.model".'],
    [{ paramsPath: tiny('model.safetensors') }, /^BAD_PARAMS 4: params.json: the file is .* not JSON/],
  ] as Array<[Partial<ConvertRequest>, string | RegExp]>)('%j', async (changes, message) => {
    expect(await failure(changes)).toMatch(message);
  });

  it('a folder with other files, which stay', async () => {
    const out = temporaryFolder();
    writeFileSync(join(out, 'letter.txt'), 'dear');
    expect(await failure({ out })).toMatch(/^USAGE 2: The output folder .* holds other files/);
    expect(await failure({ out: join(out, 'letter.txt') })).toMatch(/^USAGE 2: The output .* is a file/);
    expect(readdirSync(out)).toEqual(['letter.txt']);
  });
});

describe('the output folder', () => {
  it.runIf(process.platform === 'linux')('must be one that can be made', async () => {
    expect(await failure({ out: '/proc/pack' })).toBe(
      'NOT_WRITABLE 1: "/proc/pack" cannot be written: no folder can be made there.',
    );
  });

  it('replaces an older pack and leaves nothing beside it', async () => {
    const parent = temporaryFolder();
    const out = join(parent, 'pack');
    mkdirSync(out);
    copyFileSync(paramsPath, join(out, 'manifest.json'));
    writeFileSync(join(out, 'old.bin'), 'old');
    await convertCheckpoint(request({ out, id: 'mine' }));
    expect(readdirSync(parent)).toEqual(['pack']);
    expect(existsSync(join(out, 'old.bin'))).toBe(false);
    expect(JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')).id).toBe('mine');
  });

  it('is not there after a cancel, nor is anything else', async () => {
    const parent = temporaryFolder();
    const controller = new AbortController();
    const fractions: number[] = [];
    const onProgress = ({ fraction }: { fraction: number }) => {
      fractions.push(fraction);
      if (fraction > 0.5) controller.abort();
    };
    const message = await failure({ out: join(parent, 'pack'), signal: controller.signal, onProgress });
    expect(message).toMatch(/^CANCELLED 6/);
    expect(readdirSync(parent)).toEqual([]);
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b));
  });
});
