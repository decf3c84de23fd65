import { errors } from '../../common/errors';
import type { Checkpoint, TensorInfo } from './tensorSource';

/**
 * How fairscale's model parallel layers cut LLaMA's weights: the axis along which the shards are put together again.
 * Everything that matches no row is replicated: each shard holds the whole.
 */
const AXES: ReadonlyArray<readonly [RegExp, 0 | 1]> = [
  [/(^|\.)tok_embeddings\.weight$/, 1],
  [/\.attention\.w[qkv]\.weight$/, 0],
  [/\.attention\.wo\.weight$/, 1],
  [/\.feed_forward\.w[13]\.weight$/, 0],
  [/\.feed_forward\.w2\.weight$/, 1],
  [/^output\.weight$/, 0],
];

const axisOf = (name: string): 0 | 1 | undefined => AXES.find(([pattern]) => pattern.test(name))?.[1];

/** Several files as one: disjoint names together, the same name in several files as model parallel shards. */
export function mergeShards(files: readonly Checkpoint[]): Checkpoint {
  const [only] = files;
  if (files.length === 1 && only) return only;
  const holders = new Map<string, Checkpoint[]>();
  for (const file of files) {
    for (const name of file.names()) holders.set(name, [...(holders.get(name) ?? []), file]);
  }
  const merged = new Map([...holders].map(([name, parts]) => [name, mergedInfo(name, parts)]));
  checkEvenSplit(holders);
  return {
    names: () => [...merged.keys()],
    info(name) {
      const info = merged.get(name);
      if (!info) throw errors.missingKey(name);
      return info;
    },
    read(name) {
      const info = this.info(name);
      const parts = holders.get(name) ?? [];
      return parts.length === 1 || axisOf(name) === undefined
        ? (parts[0] as Checkpoint).read(name)
        : concatenate(name, parts, info.shape, axisOf(name) as 0 | 1);
    },
    close() {
      for (const file of files) file.close();
    },
  };
}

function mergedInfo(name: string, parts: readonly Checkpoint[]): TensorInfo {
  const infos = parts.map((part) => part.info(name));
  const first = infos[0] as TensorInfo;
  const axis = parts.length === 1 ? undefined : axisOf(name);
  const fits = (shape: readonly number[]) =>
    shape.length === first.shape.length && shape.every((n, i) => i === axis || n === first.shape[i]);
  for (const { shape } of infos) {
    if (!fits(shape)) throw unlike(name, first.shape, shape);
  }
  if (axis === undefined) return first;
  if (first.shape.length !== 2) throw unlike(name, first.shape, first.shape);
  const total = infos.reduce((sum, { shape }) => sum + (shape[axis] as number), 0);
  return { ...first, shape: first.shape.map((n, i) => (i === axis ? total : n)) };
}

function unlike(name: string, a: readonly number[], b: readonly number[]) {
  return errors.badCheckpoint(
    `The shards do not fit: ${JSON.stringify(name)} has the shapes [${a.join(', ')}] and [${b.join(', ')}].`,
    'Check that all shards belong to one checkpoint.',
  );
}

/** Tensors that are cut must be cut into the same number of parts. */
function checkEvenSplit(holders: ReadonlyMap<string, readonly Checkpoint[]>): void {
  const cut = [...holders].filter(([name]) => axisOf(name) !== undefined);
  const most = Math.max(0, ...cut.map(([, parts]) => parts.length));
  for (const [name, parts] of cut) {
    if (parts.length !== most) {
      throw errors.badCheckpoint(
        `${JSON.stringify(name)} is in ${parts.length} of ${most} model parallel shards.`,
        'Check that all shards belong to one checkpoint.',
      );
    }
  }
}

/** Parts [rows, columns] side by side along `axis`; `shape` is the whole's. One part is in memory at a time. */
function concatenate(name: string, parts: readonly Checkpoint[], shape: readonly number[], axis: 0 | 1): Float32Array {
  const [rows, columns] = shape as [number, number];
  const whole = new Float32Array(rows * columns);
  let start = 0;
  for (const part of parts) {
    const values = part.read(name);
    if (axis === 0) {
      whole.set(values, start);
      start += values.length;
      continue;
    }
    const width = part.info(name).shape[1] as number;
    for (let row = 0; row < rows; row++)
      whole.set(values.subarray(row * width, (row + 1) * width), row * columns + start);
    start += width;
  }
  return whole;
}
