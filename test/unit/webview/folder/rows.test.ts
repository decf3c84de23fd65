import { expect, test } from 'vitest';
import type { FolderRow } from '../../../../daemon/protocol/folderMessages';
import { nextOrder, type Order, shownRows } from '../../../../webview/folder/rowOrder';
import { scrollToShow, visibleRange } from '../../../../webview/folder/visibleRange';
import { announcement, countsOf, statusText } from '../../../../webview/folder/words';

const row = (path: string, change: Partial<FolderRow> = {}): FolderRow => ({
  key: path,
  path,
  kind: 'picture',
  kindName: 'picture',
  state: 'waiting',
  facts: [],
  ...change,
});
const ROWS = [
  row('b10.png', { confidence: 0.2, description: 'A red car', state: 'described' }),
  row('b9.png', { confidence: 0.9, description: 'a blue bird', state: 'described', facts: ['6 × 4 px'] }),
  row('a.wav', {
    kind: 'sound',
    kindName: 'sound',
    state: 'failed',
    error: { code: 'FILE_DAMAGED', text: 'Cut short.' },
  }),
];
const order = (column: Order['column'], descending = false): Order => ({ column, descending });
const paths = (filter: string, by: Order) => shownRows(ROWS, filter, by).map(({ path }) => path);

test('numbers in names count as numbers', () => {
  expect(paths('', order('path'))).toEqual(['a.wav', 'b9.png', 'b10.png']);
  expect(paths('', order('path', true))).toEqual(['b10.png', 'b9.png', 'a.wav']);
});

test('rows without a value come last, whichever way round', () => {
  expect(paths('', order('confidence'))).toEqual(['b10.png', 'b9.png', 'a.wav']);
  expect(paths('', order('confidence', true))).toEqual(['b9.png', 'b10.png', 'a.wav']);
  expect(paths('', order('facts'))).toEqual(['b9.png', 'a.wav', 'b10.png']);
});

test('every word of the filter must be somewhere in the row', () => {
  expect(paths('RED car', order('path'))).toEqual(['b10.png']);
  expect(paths('picture 6', order('path'))).toEqual(['b9.png']);
  expect(paths('file_damaged', order('path'))).toEqual(['a.wav']);
  expect(paths('red bird', order('path'))).toEqual([]);
});

test('the same column turns round, another begins anew', () => {
  expect(nextOrder(order('path'), 'path')).toEqual(order('path', true));
  expect(nextOrder(order('path', true), 'path')).toEqual(order('path'));
  expect(nextOrder(order('path', true), 'kind')).toEqual(order('kind'));
});

test('only the rows in sight are drawn, and a few beyond', () => {
  expect(visibleRange(0, 560, 56, 5000)).toEqual({ from: 0, to: 18 });
  expect(visibleRange(56_000, 560, 56, 5000)).toEqual({ from: 992, to: 1018 });
  expect(visibleRange(1e9, 560, 56, 5000)).toEqual({ from: 5000, to: 5000 });
  expect(visibleRange(-40, 560, 56, 3)).toEqual({ from: 0, to: 3 });
});

test('a row is scrolled to just as far as it needs', () => {
  expect(scrollToShow(0, 100, 560, 56)).toBe(0);
  expect(scrollToShow(5, 100, 560, 56)).toBe(100);
  expect(scrollToShow(20, 100, 560, 56)).toBe(21 * 56 - 560);
});

test('the line over the table and the sentences', () => {
  const counts = countsOf(ROWS);
  expect(counts).toEqual({ total: 3, described: 2, failed: 1 });
  expect(statusText({ state: 'running', current: 'a.wav' }, counts)).toBe('2 of 3 described, 1 failed. Reading a.wav');
  expect(statusText({ state: 'done' }, counts)).toBe('2 of 3 described, 1 failed. Done');
  expect(announcement('listing', { state: 'running' }, counts)).toBe('Describing begins. Files: 3.');
  expect(announcement('running', { state: 'done' }, counts)).toBe('Done: 2 of 3 described, 1 failed.');
  expect(announcement('running', { state: 'running' }, counts)).toBe('');
  expect(announcement('yielding', { state: 'running' }, counts)).toBe('Describing goes on.');
});
