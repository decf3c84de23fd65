import { expect, test } from 'vitest';
import { fuzzyScore } from '../../../../extension/chat/fuzzyMatch';

const best = (query: string, paths: string[]) =>
  paths
    .map((path) => ({
      path,
      score: fuzzyScore(query, path.split('/').at(-1)!, path.split('/').slice(0, -1).join('/')),
    }))
    .filter(({ score }) => score !== null)
    .sort((a, b) => b.score! - a.score!)
    .map(({ path }) => path);

test('names before folders, beginnings of words and runs before letters strewn about', () => {
  expect(best('plot', ['plots/dog.png', 'my_plot.png', 'plot.png', 'p-l-o-t.png'])).toEqual([
    'plot.png',
    'my_plot.png',
    'p-l-o-t.png',
    'plots/dog.png',
  ]);
  expect(best('rd', ['record.wav', 'room_depth.png'])).toEqual(['room_depth.png', 'record.wav']);
});

test('letters out of order do not fit; nothing typed fits all', () => {
  expect(fuzzyScore('tolp', 'plot.png', '')).toBeNull();
  expect(fuzzyScore('', 'plot.png', '')).toBe(0);
  expect(fuzzyScore('sub/pl', 'plot.png', 'sub')).not.toBeNull();
});
