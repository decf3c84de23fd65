import { expect, test } from 'vitest';
import { endOfSentences } from '../../../webview/sentences';

test.each([
  ['A line plot', 0, 0],
  ['A line plot.', 0, 0],
  ['A line plot. It', 0, 12],
  ['It is 3.5 m', 0, 0],
  ['One. Two! Three', 0, 9],
  ['One. Two! Three', 4, 9],
  ['He said "no." Then', 0, 13],
  ['折线图。上升', 0, 4],
  ['A list\n\nNext', 0, 8],
  ['Really?\nYes', 0, 7],
])('%j from %d ends at %d', (text, from, end) => expect(endOfSentences(text, from)).toBe(end));
