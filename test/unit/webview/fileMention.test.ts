import { expect, test } from 'vitest';
import { mentionAt, withFile } from '../../../webview/fileMention';
import { settledEnd } from '../../../webview/markdown';
import { nextIndex } from '../../../webview/toolbar';

test.each([
  ['#', 1, { start: 0, query: '' }],
  ['Is #plot', 8, { start: 3, query: 'plot' }],
  ['Is #plot here', 6, { start: 3, query: 'pl' }],
  ['Is #plot ', 9, null],
  ['C#', 2, null],
  ['##', 2, null],
  ['', 0, null],
])('a mention in %j at %i', (text, caret, expected) => {
  expect(mentionAt(text, caret)).toEqual(expected);
});

test('the chosen name stands in the question, and nowhere where it would be alone', () => {
  expect(withFile('Is #pl here', { start: 3, query: 'pl' }, 'plot.png')).toEqual({
    text: 'Is plot.png here',
    caret: 12,
  });
  expect(withFile('#pl', { start: 0, query: 'pl' }, 'plot.png')).toEqual({ text: '', caret: 0 });
  expect(withFile('#pl what?', { start: 0, query: 'pl' }, 'plot.png')).toEqual({ text: 'what?', caret: 0 });
});

test.each([
  ['One', 0],
  ['One\n\nTwo', 5],
  ['One\n\nTwo\n', 5],
  ['```\na\n\nb', 0],
  ['```\na\n\nb\n```\n\nc', 14],
])('what is settled of %j', (text, end) => {
  expect(settledEnd(text)).toBe(end);
});

test('arrows, Home and End in a toolbar', () => {
  expect(['ArrowRight', 'ArrowLeft', 'Home', 'End', 'Tab'].map((key) => nextIndex(key, 2, 3))).toEqual([
    0,
    1,
    0,
    2,
    null,
  ]);
});
