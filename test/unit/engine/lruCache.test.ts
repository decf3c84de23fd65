import { expect, it } from 'vitest';
import { LruCache } from '../../../daemon/engine/lruCache';

it('the least recently used go first when the weight is exceeded', () => {
  const cache = new LruCache<string>(10, (value) => value.length);
  cache.set('a', 'aaaa');
  cache.set('b', 'bbbb');
  expect(cache.get('a')).toBe('aaaa');
  cache.set('c', 'cccc');
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual(['aaaa', undefined, 'cccc']);
});

it('what is heavier than the limit is not kept and pushes nothing out', () => {
  const cache = new LruCache<string>(4, (value) => value.length);
  cache.set('a', 'aaaa');
  cache.set('b', 'bbbbb');
  expect([cache.get('a'), cache.get('b')]).toEqual(['aaaa', undefined]);
});

it('setting a key again replaces its weight', () => {
  const cache = new LruCache<string>(4, (value) => value.length);
  cache.set('a', 'aaa');
  cache.set('a', 'a');
  cache.set('b', 'bbb');
  expect([cache.get('a'), cache.get('b')]).toEqual(['a', 'bbb']);
});
