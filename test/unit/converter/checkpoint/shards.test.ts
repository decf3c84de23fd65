import { writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Checkpoint, openCheckpoint } from '../../../../daemon/converter/checkpoint/checkpoint';
import {
  type F32Tensor,
  failureOf,
  safetensorsBytes,
  sameNumbers,
  temporaryFolder,
} from '../../../support/checkpointFiles';

const tiny = path.join(__dirname, '../../../fixtures/tiny/model.safetensors');

type Tensors = Record<string, F32Tensor>;

function everything(checkpoint: Checkpoint): Tensors {
  return Object.fromEntries(
    checkpoint.names().map((name) => [name, { shape: checkpoint.info(name).shape, values: checkpoint.read(name) }]),
  );
}

/** The part of shard `i` of two of a matrix, cut along `axis`. */
function half({ shape, values }: F32Tensor, axis: number, i: number): F32Tensor {
  const [rows, columns] = shape as [number, number];
  const all = Array.from(values);
  if (axis === 0)
    return { shape: [rows / 2, columns], values: all.slice((i * all.length) / 2, ((i + 1) * all.length) / 2) };
  const kept = all.filter((_, k) => Math.floor((k % columns) / (columns / 2)) === i);
  return { shape: [rows, columns / 2], values: kept };
}

/** Written apart from the product's table: what fairscale's layers do (Column: rows of the weight, Row: its columns). */
const CUT: Array<[string[], number]> = [
  [['wq.weight', 'wk.weight', 'wv.weight', 'w1.weight', 'w3.weight', 'output.weight'], 0],
  [['wo.weight', 'w2.weight', 'tok_embeddings.weight'], 1],
];
const cutOf = (name: string) => CUT.find(([ends]) => ends.some((end) => name.endsWith(end)))?.[1];

function modelParallel(tensors: Tensors, i: number): Tensors {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, tensor]) => {
      const axis = cutOf(name);
      return [`llma.${name}`, axis === undefined ? tensor : half(tensor, axis, i)];
    }),
  );
}

function write(files: Record<string, Tensors>): string {
  const folder = temporaryFolder();
  for (const [name, tensors] of Object.entries(files))
    writeFileSync(path.join(folder, name), safetensorsBytes(tensors));
  return folder;
}

const w = (...values: number[]): F32Tensor => ({ shape: [1, values.length], values });

describe('shards', () => {
  it('two model parallel shards give the whole again', () => {
    const whole = openCheckpoint(tiny);
    const tensors = everything(whole);
    const folder = write({
      'consolidated.00-of-02.safetensors': modelParallel(tensors, 0),
      'consolidated.01-of-02.safetensors': modelParallel(tensors, 1),
    });
    for (const source of [folder, path.join(folder, 'consolidated.01-of-02.safetensors')]) {
      const merged = openCheckpoint(source);
      expect(merged.names().sort()).toEqual(whole.names().sort());
      for (const name of whole.names()) {
        expect(merged.info(name).shape, name).toEqual(whole.info(name).shape);
        expect(sameNumbers(merged.read(name), whole.read(name)), name).toBe(true);
      }
      merged.close();
    }
  });

  it('pieces with different keys are put together, the tenth after the second', () => {
    const files = Object.fromEntries(
      Array.from({ length: 11 }, (_, i) => [`consolidated.00-of-01.s${i}.safetensors`, { [`k${i}`]: w(i) }]),
    );
    const folder = write(files);
    const merged = openCheckpoint(path.join(folder, 'consolidated.00-of-01.s3.safetensors'));
    expect(merged.names()).toEqual(Array.from({ length: 11 }, (_, i) => `k${i}`));
    expect([...merged.read('k10')]).toEqual([10]);
    expect(failureOf(() => merged.read('k11'))).toMatch(/^CHECKPOINT_KEY_MISSING/);
  });

  it("safetensors' own names, counted from one", () => {
    const folder = write({
      'model-00001-of-00002.safetensors': { a: w(1) },
      'model-00002-of-00002.safetensors': { b: w(2) },
    });
    expect(openCheckpoint(path.join(folder, 'model-00001-of-00002.safetensors')).names()).toEqual(['a', 'b']);
  });

  it('a list is taken in its order', () => {
    const folder = write({
      'x.safetensors': { 'layers.0.attention.wq.weight': w(1, 2) },
      'y.safetensors': { 'layers.0.attention.wq.weight': w(3, 4) },
    });
    const files = ['y', 'x'].map((name) => path.join(folder, `${name}.safetensors`));
    const merged = openCheckpoint(files);
    expect(merged.info('layers.0.attention.wq.weight').shape).toEqual([2, 2]);
    expect([...merged.read('layers.0.attention.wq.weight')]).toEqual([3, 4, 1, 2]);
  });

  it('other files of the folder do not belong to it', () => {
    expect(openCheckpoint(path.dirname(tiny)).info('norm.weight').dtype).toBe('F16');
  });
});

describe('shards that do not fit', () => {
  const open = (files: Record<string, Tensors>) => failureOf(() => openCheckpoint(write(files)));

  it.each([
    ['one is missing', { 'consolidated.00-of-02.safetensors': { a: w(1) } }, 'number 1 is not in'],
    ['one of ten thousand is there', { 'consolidated.00-of-10000.safetensors': { a: w(1) } }, 'number 1 is not in'],
    [
      'a cut tensor only in one',
      {
        'a.safetensors': { 'output.weight': w(1), 'x.attention.wo.weight': w(1) },
        'b.safetensors': { 'output.weight': w(1) },
      },
      '"x.attention.wo.weight" is in 1 of 2',
    ],
    [
      'a replicated tensor of another shape',
      { 'a.safetensors': { norm: w(1) }, 'b.safetensors': { norm: w(1, 2) } },
      '"norm" has the shapes [1, 1] and [1, 2]',
    ],
    [
      'a cut tensor of another width',
      { 'a.safetensors': { 'output.weight': w(1) }, 'b.safetensors': { 'output.weight': w(1, 2) } },
      '"output.weight" has the shapes',
    ],
  ] as Array<[string, Record<string, Tensors>, string]>)('%s', (_, files, message) => {
    expect(open(files)).toMatch(/^BAD_CHECKPOINT: /);
    expect(open(files)).toContain(message);
  });
});
