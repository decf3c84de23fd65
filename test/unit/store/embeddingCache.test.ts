import { readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { type CachedEmbeddings, EmbeddingCache, embeddingKey } from '../../../daemon/store/embeddingCache';
import { temporaryFolder } from '../../support/checkpointFiles';
import { sha256Of } from '../../support/packFolder';

let folder: string;
let cache: EmbeddingCache;
beforeEach(() => {
  folder = path.join(temporaryFolder(), 'cache');
  cache = new EmbeddingCache(folder);
});

const entry = (...values: number[]): CachedEmbeddings => ({
  modality: 'point',
  embeddings: Float32Array.from(values),
  tokens: 2,
  warnings: ['no colours – è'],
});
const onlyFile = () => path.join(folder, readdirSync(folder)[0] as string);

function flipped(bytes: Buffer, at: number): Buffer {
  bytes[at] = (bytes[at] as number) ^ 1;
  return bytes;
}

it('keeps every bit, over a restart', async () => {
  const value = entry(1.1, -0, Number.NaN, Number.POSITIVE_INFINITY, 1e-45, 3);
  await cache.put('key', value);
  const found = await new EmbeddingCache(folder).get('key');
  expect(found).toEqual(value);
  expect(Object.is(found?.embeddings[1], -0)).toBe(true);
});

it('keeps what of the file was encoded; an entry that does not say is made anew', async () => {
  const input = { kind: 'voxels' as const, voxels: 3 };
  await cache.put('key', { ...entry(1), input });
  expect((await cache.get('key'))?.input).toEqual(input);
  const bytes = readFileSync(onlyFile());
  const length = bytes.readUInt32LE(32);
  const json = bytes
    .subarray(36, 36 + length)
    .toString()
    .replace('"input":', '"other":');
  const body = Buffer.concat([bytes.subarray(32, 36), Buffer.from(json), bytes.subarray(36 + length)]);
  writeFileSync(onlyFile(), Buffer.concat([Buffer.from(sha256Of(body), 'hex'), body]));
  expect(await cache.get('key')).toBeUndefined();
});

it('keeps a part of a larger array as that part', async () => {
  await cache.put('key', { ...entry(), embeddings: Float32Array.of(1, 2, 3, 4).subarray(1, 3) });
  expect([...((await cache.get('key'))?.embeddings ?? [])]).toEqual([2, 3]);
});

it('another key is a miss; so is an empty cache', async () => {
  expect(await cache.get('key')).toBeUndefined();
  await cache.put('key', entry(1));
  expect(await cache.get('key2')).toBeUndefined();
});

it('a key is the content and the encoder', () => {
  const photo = Buffer.from('photo');
  expect(embeddingKey(photo, 'a')).toBe(`${sha256Of('photo')} a`);
  expect(
    new Set([embeddingKey(photo, 'a'), embeddingKey(photo, 'b'), embeddingKey(Buffer.from('phot'), 'a')]).size,
  ).toBe(3);
});

describe('a damaged entry is a miss and goes', () => {
  it.each([
    ['a flipped bit', (b: Buffer) => flipped(b, b.length - 1)],
    ['a flipped bit of the checksum', (b: Buffer) => flipped(b, 0)],
    ['cut', (b: Buffer) => b.subarray(0, b.length - 4)],
    ['emptied', () => Buffer.alloc(0)],
    ['something else', () => Buffer.from('x'.repeat(200))],
  ])('%s', async (_, damage) => {
    await cache.put('key', entry(1, 2));
    writeFileSync(onlyFile(), damage(readFileSync(onlyFile())));
    expect(await cache.get('key')).toBeUndefined();
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('its size is limited', () => {
  it('what was not read for longest goes first', async () => {
    await cache.put('probe', entry(1));
    const bytes = readFileSync(onlyFile()).length;
    await cache.clear();
    cache = new EmbeddingCache(folder, 3 * bytes + 100);
    let time = 1000;
    const known = new Set<string>();
    for (const key of ['aaaaa', 'bbbbb', 'ccccc']) {
      await cache.put(key, entry(1));
      const made = readdirSync(folder).find((name) => !known.has(name)) as string;
      known.add(made);
      utimesSync(path.join(folder, made), time, time++);
    }
    expect(await cache.get('aaaaa')).toBeDefined();
    await cache.put('ddddd', entry(1));
    expect(await cache.get('bbbbb')).toBeUndefined();
    for (const key of ['aaaaa', 'ccccc', 'ddddd']) expect(await cache.get(key), key).toBeDefined();
  });

  it('an entry larger than the whole cache is not kept', async () => {
    cache = new EmbeddingCache(folder, 100);
    await cache.put('key', entry(...new Array<number>(100).fill(1)));
    expect(await cache.get('key')).toBeUndefined();
  });

  it('what a killed process was writing is cleared after an hour', async () => {
    await cache.put('a', entry(1));
    writeFileSync(path.join(folder, 'old.tmp'), 'x');
    writeFileSync(path.join(folder, 'young.tmp'), 'x');
    utimesSync(path.join(folder, 'old.tmp'), 1, 1);
    await cache.put('b', entry(1));
    expect(readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual(['young.tmp']);
  });
});

it('a folder that cannot be written or read is no failure', async () => {
  writeFileSync(folder, 'a file where the folder should be');
  await cache.put('key', entry(1));
  expect(await cache.get('key')).toBeUndefined();
});
