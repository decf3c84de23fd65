import { describe, expect, test } from 'vitest';
import { type Fields, queryWords, SearchIndex } from '../../../../extension/find/searchIndex';

function indexOf(entries: Record<string, Fields>): SearchIndex {
  const index = new SearchIndex();
  for (const [id, fields] of Object.entries(entries)) index.put(id, fields);
  return index;
}
const ids = (index: SearchIndex, query: string) => index.search(query, 10).map(({ id }) => id);

describe('the ranking', () => {
  test('puts a measured kind before a word of the model, though much else is known of the file', () => {
    const axis = Array.from({ length: 60 }, (_, i) => `label${i}`).join(' ');
    const index = indexOf({
      guessed: { name: 'chair.png', kind: 'picture image', description: 'A box plot with two boxes.' },
      measured: { name: 'plot.png', kind: 'plot chart graph picture image', title: 'Air temperature', text: axis },
      other: { name: 'photo.jpg', kind: 'picture image', description: 'A goldfish.' },
      sound: { name: 'dog.wav', kind: 'sound audio recording' },
    });
    expect(index.search('picture of a plot', 3).map(({ id }) => id)).toEqual(['measured', 'guessed', 'other']);
  });

  test('is BM25 of weighted counts', () => {
    const index = indexOf({ a: { description: 'red car' }, b: { description: 'blue car' } });
    // one of two has "red": ln(1 + 1.5 / 1.5); both texts are of mean length, so the norm is 1
    const rarity = Math.log(2);
    const expected = (rarity * 2.2) / (1 + 1.2);
    expect(index.search('red ', 10)).toEqual([{ id: 'a', score: expect.closeTo(expected, 12) }]);
  });

  test('a word in the name counts more than in the facts, a rare word more than a common one', () => {
    const index = indexOf({
      facts: { name: 'one.png', facts: 'lighthouse' },
      name: { name: 'lighthouse.png', facts: 'one' },
      other: { name: 'two.png', facts: 'picture' },
    });
    expect(ids(index, 'lighthouse')).toEqual(['name', 'facts']);
    expect(ids(index, 'lighthouse png')[0]).toBe('name');
  });

  test('all words come before some', () => {
    const index = indexOf({
      some: { name: 'temperature temperature temperature', title: 'temperature' },
      all: { text: 'temperature in the city over many days and many other words that make it long' },
      none: { text: 'rain' },
    });
    expect(ids(index, 'city temperature')).toEqual(['all', 'some']);
  });

  test('the same word of other form, another word for it, and the beginning of a word are found, in this order', () => {
    const index = indexOf({
      synonym: { description: 'a chart' },
      beginning: { description: 'a plotter' },
      form: { description: 'two plots' },
    });
    expect(ids(index, 'plot')).toEqual(['form', 'beginning', 'synonym']);
    // with a space behind it the word is whole
    expect(ids(index, 'plot ')).toEqual(['form', 'synonym']);
  });

  test('equal scores are in the order of their ids', () => {
    expect(ids(indexOf({ b: { name: 'x' }, a: { name: 'x' }, c: { name: 'x' } }), 'x')).toEqual(['a', 'b', 'c']);
  });

  test('no more than asked for', () => {
    expect(
      indexOf({ b: { name: 'x' }, a: { name: 'x' } })
        .search('x', 1)
        .map(({ id }) => id),
    ).toEqual(['a']);
  });

  test('nothing is found for nothing, and words that are everywhere count where they are all there is', () => {
    const index = indexOf({ a: { name: 'x' } });
    expect([ids(index, ''), ids(index, ' .,'), ids(index, 'zebra')]).toEqual([[], [], []]);
    expect(queryWords('what is the cat')).toEqual(['cat']);
    expect(queryWords('what is the')).toEqual(['what', 'is', 'the']);
  });
});

describe('changes', () => {
  test('an entry that is put again is replaced, one that is removed is gone', () => {
    const index = indexOf({ a: { name: 'dog' }, b: { name: 'dog' } });
    index.put('a', { name: 'cat' });
    expect([ids(index, 'dog'), ids(index, 'cat'), index.size]).toEqual([['b'], ['a'], 2]);
    index.remove('b');
    index.remove('never');
    expect([ids(index, 'dog'), index.size]).toEqual([[], 1]);
  });

  test('after many changes the scores are those of an index made anew', () => {
    const kinds = ['dog', 'cat bird', 'bird'];
    const changed = new SearchIndex();
    for (let round = 0; round < 6; round++) {
      for (let i = 0; i < 300; i++) changed.put(`f${i}`, { name: kinds[(i + round) % 3]!, facts: `take ${i}` });
    }
    for (let i = 200; i < 300; i++) changed.remove(`f${i}`);
    const anew = new SearchIndex();
    for (let i = 0; i < 200; i++) anew.put(`f${i}`, { name: kinds[(i + 5) % 3]!, facts: `take ${i}` });
    for (const query of ['bird', 'cat take 17', 'dog 1']) {
      const [a, b] = [changed, anew].map((index) => index.search(query, 50));
      expect(a!.map(({ id }) => id)).toEqual(b!.map(({ id }) => id));
      for (const [i, hit] of a!.entries()) expect(hit.score).toBeCloseTo(b![i]!.score, 10);
    }
  });
});
