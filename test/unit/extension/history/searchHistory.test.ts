import { expect, test } from 'vitest';
import type { Conversation } from '../../../../extension/chat/conversation';
import { titleOf } from '../../../../extension/chat/conversation';
import { exportMarkdown } from '../../../../extension/history/exportMarkdown';
import { searchableText, searchHistory } from '../../../../extension/history/searchHistory';

const item = (title: string, text: string, updated = 0) => ({
  entry: { id: title, title, updated, turns: 1, bytes: 1 },
  text,
});

test('all words, in the title or in what was said; titles first, then the newest', () => {
  const items = [
    item('plot.png: What kind?', 'A line plot of temperature in a forest', 1),
    item('dog.wav: What is it?', 'A dog barks near a forest', 2),
    item('Forest walk', 'IMU', 0),
  ];
  expect(searchHistory(items, 'FOREST').map(({ entry }) => entry.title)).toEqual([
    'Forest walk',
    'dog.wav: What is it?',
    'plot.png: What kind?',
  ]);
  expect(searchHistory(items, 'plot forest')).toMatchObject([{ snippet: 'A line plot of temperature in a forest' }]);
  expect(searchHistory(items, 'cat')).toEqual([]);
  expect(searchHistory(items, '  ').map(({ snippet }) => snippet)).toEqual(['', '', '']);
});

test('a snippet is a short piece around the word', () => {
  const [hit] = searchHistory([item('t', `${'before '.repeat(20)}needle${' after'.repeat(40)}`)], 'needle');
  expect(hit!.snippet).toMatch(/^….*needle.*…$/);
  expect(hit!.snippet.length).toBeLessThan(115);
});

test('titles come from the first question and its files', () => {
  expect(titleOf('What\nis this?', ['a.png'])).toBe('a.png: What is this?');
  expect(titleOf('Compare.', ['a.png', 'b.png', 'c.png'])).toBe('a.png and 2 more: Compare.');
  expect(titleOf('x'.repeat(100), [])).toBe(`${'x'.repeat(79)}…`);
});

test('exported for people: files, answers with their model, and what was not answered', () => {
  const result = { model: 'nano', confidence: 0.834 } as never;
  const conversation: Conversation = {
    id: 'c',
    title: 'Mine',
    isNamed: true,
    created: new Date(2026, 0, 31, 14, 5).getTime(),
    updated: 0,
    attachments: [{ id: 'a1', name: 'a.png', address: null }],
    attached: [],
    turns: [
      {
        id: 't1',
        asked: 1,
        question: 'What\nis it?',
        attachments: ['a1'],
        answers: [
          { answer: 'old', state: 'done' },
          { answer: 'A **dog**.', state: 'done', result },
        ],
        shown: 1,
      },
      {
        id: 't2',
        asked: 2,
        question: 'Why?',
        attachments: ['a1'],
        answers: [{ answer: 'Bec', state: 'stopped', interrupted: true }],
        shown: 0,
      },
      {
        id: 't3',
        asked: 3,
        question: 'So?',
        attachments: [],
        answers: [{ answer: '', state: 'failed', error: { code: 'X', text: 'It died.' } }],
        shown: 0,
      },
    ],
  };
  expect(exportMarkdown(conversation)).toBe(
    [
      '# Mine',
      "Asked in OneLens, 2026-01-31 14:05. The answers are a model's words and may be wrong.",
      '## What is it?',
      'About `a.png`.',
      'A **dog**.',
      '*nano, 83 % confidence*',
      '## Why?',
      'Bec',
      '*Interrupted.*',
      '## So?',
      '*No answer: It died.*\n',
    ].join('\n\n'),
  );
  expect(searchableText(conversation)).toBe('a.png · What is it? · A **dog**. · Why? · Bec · So? · ');
});
