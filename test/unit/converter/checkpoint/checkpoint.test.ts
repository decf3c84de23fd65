import { readFileSync } from 'node:fs';
import * as path from 'node:path';
import { describe, expect, it } from 'vitest';
import { openCheckpoint } from '../../../../daemon/converter/checkpoint/checkpoint';
import {
  failureOf,
  floats,
  pickleOf,
  safetensorsBytes,
  sameNumbers,
  temporaryFolder,
  torchPickle,
  torchZip,
  writeTemporary,
  zipBytes,
} from '../../../support/checkpointFiles';

const fixtures = path.join(__dirname, '../../../fixtures');
const tiny = path.join(fixtures, 'tiny');
const made = path.join(fixtures, 'checkpoints');
const expected = JSON.parse(readFileSync(path.join(made, 'expected.json'), 'utf8')) as {
  tensors: Record<string, Record<string, { shape: number[]; values: number[] }>>;
  errors: Record<string, { code: string; mentions: string }>;
};

describe('the reference checkpoints', () => {
  const pth = openCheckpoint(path.join(tiny, 'consolidated.00-of-01.pth'));
  const safetensors = openCheckpoint(path.join(tiny, 'model.safetensors'));

  it('have the same 406 keys, without prefix', () => {
    expect(pth.names()).toHaveLength(406);
    expect(pth.names().sort()).toEqual(safetensors.names().sort());
    expect(pth.names().filter((name) => name.startsWith('llma.'))).toEqual([]);
    expect(pth.info('tok_embeddings.weight')).toEqual({
      name: 'tok_embeddings.weight',
      dtype: 'F16',
      shape: [320, 64],
    });
    expect(safetensors.info('clip.logit_scale')).toEqual({ name: 'clip.logit_scale', dtype: 'F32', shape: [] });
  });

  it('have the same numbers, every one', () => {
    for (const name of pth.names()) {
      expect(pth.info(name).shape, name).toEqual(safetensors.info(name).shape);
      expect(sameNumbers(pth.read(name), safetensors.read(name)), name).toBe(true);
    }
  });

  it('name a key that is not there', () => {
    expect(failureOf(() => pth.read('nope'))).toMatch(/^CHECKPOINT_KEY_MISSING: .*"nope"/);
    expect(failureOf(() => safetensors.info('nope'))).toMatch(/^CHECKPOINT_KEY_MISSING: .*"nope"/);
  });
});

describe('files made by PyTorch', () => {
  it.each(Object.entries(expected.tensors))('%s', (file, tensors) => {
    const checkpoint = openCheckpoint(path.join(made, file));
    expect(checkpoint.names().sort()).toEqual(Object.keys(tensors).sort());
    for (const [name, { shape, values }] of Object.entries(tensors)) {
      expect(checkpoint.info(name).shape, name).toEqual(shape);
      expect([...checkpoint.read(name)], name).toEqual(values);
    }
    checkpoint.close();
  });

  it.each(Object.entries(expected.errors))('%s is refused', (file, { code, mentions }) => {
    const failure = failureOf(() => openCheckpoint(path.join(made, file)));
    expect(failure).toContain(`${code}: `);
    expect(failure).toContain(mentions);
  });
});

describe('damaged and hostile .pth files', () => {
  const failure = (content: Uint8Array) =>
    failureOf(() => {
      const checkpoint = openCheckpoint(writeTemporary('c.pth', content));
      for (const name of checkpoint.names()) checkpoint.read(name);
    });
  const w = { shape: [2, 2], key: '0', elements: 4 };
  const four = { '0': floats(1, 2, 3, 4) };

  it('reads the right one', () => {
    const checkpoint = openCheckpoint(writeTemporary('c.pth', torchZip(torchPickle({ 'llma.w': w }), four)));
    expect([...checkpoint.read('w')]).toEqual([1, 2, 3, 4]);
  });

  it.each([
    ['a storage that is missing', torchZip(torchPickle({ w })), 'no entry "archive/data/0"'],
    [
      'a storage shorter than declared',
      torchZip(torchPickle({ w }), { '0': floats(1, 2, 3) }),
      'its storage has 12 bytes, 16 are declared',
    ],
    [
      'an offset past the end',
      torchZip(torchPickle({ w: { ...w, offset: 1 } }), four),
      'reaches element 5 of a storage of 4',
    ],
    ['strides past the end', torchZip(torchPickle({ w: { ...w, stride: [1, 4] } }), four), 'reaches element 6'],
    [
      'a billion rows of one number',
      torchZip(torchPickle({ w: { ...w, shape: [2 ** 50, 1], stride: [0, 0] } }), four),
      'larger than its storage',
    ],
    [
      'sizes whose product overflows',
      torchZip(torchPickle({ w: { ...w, shape: [2 ** 52, 2 ** 52, 2 ** 52], stride: [2 ** 52, 1, 1] } }), four),
      'reaches element',
    ],
    ['both w and llma.w', torchZip(torchPickle({ w, 'llma.w': w }), four), 'with and without llma.'],
    ['a list', torchZip(pickleOf(0x80, 2, '].')), 'does not hold a dict'],
    [
      'a big-endian one',
      zipBytes([
        { name: 'a/data.pkl', bytes: torchPickle({}) },
        { name: 'a/byteorder', bytes: Buffer.from('big') },
      ]),
      'byte order "big"',
    ],
    ['another zip', zipBytes([{ name: 'readme.txt', bytes: floats(1) }]), 'not one of PyTorch'],
    [
      'two pickles',
      zipBytes([
        { name: 'a/data.pkl', bytes: torchPickle({}) },
        { name: 'b/data.pkl', bytes: torchPickle({}) },
      ]),
      'not one of PyTorch',
    ],
    ['nothing', new Uint8Array(), 'is empty'],
    ['a text', Buffer.from('not a checkpoint at all'), 'neither a PyTorch zip (.pth) nor safetensors'],
    ['half of it', torchZip(torchPickle({ w }), four).subarray(0, 200), 'cut short'],
  ])('%s', (_, content, message) => {
    expect(failure(content)).toMatch(/^BAD_CHECKPOINT: /);
    expect(failure(content)).toContain(message);
  });

  it('a folder without one, a file that is not there, a device', () => {
    expect(failureOf(() => openCheckpoint(temporaryFolder()))).toMatch(
      /^BAD_CHECKPOINT: .*has no \.pth and no \.safetensors/,
    );
    expect(failureOf(() => openCheckpoint('/nowhere/x.pth'))).toMatch(/^FILE_MISSING: /);
    expect(failureOf(() => openCheckpoint('/dev/zero'))).toMatch(/^FILE_UNREADABLE: /);
  });

  it('a damaged safetensors is a bad checkpoint', () => {
    const whole = safetensorsBytes({ a: { shape: [2], values: [1, 2] } });
    expect(failure(whole.subarray(0, -1))).toMatch(/^BAD_CHECKPOINT: .*the tensor "a" ends at byte/);
  });
});
