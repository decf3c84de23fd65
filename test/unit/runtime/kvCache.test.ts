import { describe, expect, it } from 'vitest';
import { KvCache } from '../../../daemon/runtime/kvCache';
import { causalMask } from '../../../daemon/runtime/languageModel';

const SHAPE = { layers: 2, heads: 2, head: 3, maxSequence: 300 };

/** Rows [2 * layers, heads, count, head] whose numbers tell part, head, position and channel. */
function rows(from: number, count: number): Float32Array {
  const out: number[] = [];
  for (let part = 0; part < 4; part++)
    for (let h = 0; h < 2; h++)
      for (let p = from; p < from + count; p++) for (let c = 0; c < 3; c++) out.push(part * 1e5 + h * 1e4 + p * 10 + c);
  return Float32Array.from(out);
}

/** Channel 0 of key or value `part`, head `h`, positions 0 .. length-1. */
function positions(cache: KvCache, part: number, h: number): number[] {
  const { data, dims } = cache.feeds()[`past.${part >> 1}.${part % 2 ? 'value' : 'key'}`]!;
  const capacity = dims[2]!;
  return Array.from({ length: cache.length }, (_, p) => Number(data[(h * capacity + p) * 3]) - part * 1e5 - h * 1e4);
}

describe('KvCache', () => {
  it('feeds no past while it is empty', () => {
    const cache = new KvCache(SHAPE);
    expect(cache.feeds()['past.1.value']).toEqual({ data: new Float32Array(0), dims: [1, 2, 0, 3] });
    expect(cache.past).toBe(0);
  });

  it('puts the rows of each layer and head in their places, also across growing', () => {
    const cache = new KvCache(SHAPE);
    cache.append(rows(0, 5), 5);
    cache.append(rows(5, 1), 1);
    expect(cache.capacity).toBe(128);
    cache.append(rows(6, 150), 150);
    expect(cache.length).toBe(156);
    expect(cache.capacity).toBe(256);
    const expected = Array.from({ length: 156 }, (_, p) => p * 10);
    for (const part of [0, 1, 2, 3]) for (const h of [0, 1]) expect(positions(cache, part, h)).toEqual(expected);
  });

  it('adds a row in place: the buffers are the same from step to step', () => {
    const cache = new KvCache(SHAPE);
    cache.append(rows(0, 4), 4);
    const before = cache.feeds()['past.0.key']!.data;
    cache.append(rows(4, 1), 1);
    expect(cache.feeds()['past.0.key']!.data).toBe(before);
  });

  it('truncates and goes on from there', () => {
    const cache = new KvCache(SHAPE);
    cache.append(rows(0, 6), 6);
    cache.truncate(2);
    cache.append(rows(9, 1), 1);
    expect(positions(cache, 1, 1)).toEqual([0, 10, 90]);
    cache.truncate(10);
    expect(cache.length).toBe(3);
    cache.truncate(0);
    expect(cache.past).toBe(0);
  });

  it('never holds more than the model reads', () => {
    const cache = new KvCache(SHAPE);
    cache.append(rows(0, 290), 290);
    expect(cache.capacity).toBe(300);
  });
});

describe('causalMask', () => {
  const seen = (length: number, past: number, count: number) =>
    Array.from(causalMask(length, past, count), (x) => (x === 0 ? 1 : 0)).join('');

  it('hides unused capacity and later positions', () => {
    // two filled of four past positions, three new ones
    expect(seen(2, 4, 3)).toBe(['1100100', '1100110', '1100111'].join(''));
    expect(seen(0, 0, 2)).toBe(['10', '11'].join(''));
    expect(seen(3, 3, 1)).toBe('1111');
  });
});
