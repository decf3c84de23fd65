import { expect, test } from 'vitest';
import type { FolderRow } from '../../../../daemon/protocol/folderMessages';
import { csvCell, toCsv, toJson, toMarkdown } from '../../../../extension/folder/exportRows';
import { folderRow } from '../../../../extension/folder/folderRow';

const ROWS: FolderRow[] = [
  {
    key: '1',
    path: 'a, b.png',
    kind: 'plot',
    kindName: 'plot',
    state: 'described',
    description: 'A "line" plot.',
    confidence: 0.876,
    facts: ['6 × 4 px', 'line plot'],
  },
  {
    key: '2',
    path: '=cmd|calc.png',
    kind: 'picture',
    kindName: 'picture',
    state: 'failed',
    facts: [],
    error: { code: 'FILE_DAMAGED', text: 'The end\nis missing.' },
  },
];

test('CSV by the rules of RFC 4180', () => {
  expect(toCsv(ROWS)).toBe(
    'file,kind,description,confidence,measured,error\r\n' +
      '"a, b.png",plot,"A ""line"" plot.",0.87,6 × 4 px; line plot,\r\n' +
      '\'=cmd|calc.png,picture,,,,"FILE_DAMAGED: The end\nis missing."\r\n',
  );
});

test.each([
  ['=1+1', "'=1+1"],
  ['+49', "'+49"],
  ['-2 dB', "'-2 dB"],
  ['@SUM(A1)', "'@SUM(A1)"],
  [' =1', "' =1"],
  ['|x', "'|x"],
  ['\t=1', "'\t=1"],
  ['\rx', '"\'\rx"'],
  ['a=b', 'a=b'],
  ['', ''],
])('a cell %j is written %j, which no spreadsheet takes for a formula', (text, expected) => {
  expect(csvCell(text)).toBe(expected);
});

test('JSON with nothing where there is nothing', () => {
  expect(JSON.parse(toJson(ROWS))).toEqual([
    {
      file: 'a, b.png',
      kind: 'plot',
      description: 'A "line" plot.',
      confidence: 0.876,
      measured: ['6 × 4 px', 'line plot'],
    },
    {
      file: '=cmd|calc.png',
      kind: 'picture',
      description: null,
      confidence: null,
      measured: [],
      error: { code: 'FILE_DAMAGED', text: 'The end\nis missing.' },
    },
  ]);
});

test('Markdown in which no name opens a column, a link or a tag', () => {
  const row: FolderRow = {
    key: '',
    path: 'a|b_[x](y)<i>.png',
    kind: 'picture',
    kindName: 'picture',
    state: 'waiting',
    facts: ['one\ntwo'],
  };
  expect(toMarkdown([row])).toBe(
    '| File | Kind | Description | Confidence | Measured | Error |\n' +
      '| --- | --- | --- | --- | --- | --- |\n' +
      '| a\\|b\\_\\[x\\](y)\\<i\\>.png | picture |  |  | one two |  |\n',
  );
});

test('a row says what is known of this version of the file', () => {
  const file = { uri: 'file:///w/a.wav', path: 'a.wav', size: 1, mtime: 2 };
  const record = {
    ...file,
    modality: 'audio',
    facts: [],
    description: { text: 'A bell.', confidence: 0.5, model: 'm' },
    thumbnail: 't.svg',
  };
  const row = (mtime: number, reading = false) =>
    folderRow({ ...file, mtime }, record, reading, (name) => `at/${name}`);
  expect(row(2)).toEqual({
    key: 'file:///w/a.wav',
    path: 'a.wav',
    kind: 'sound',
    kindName: 'sound',
    state: 'described',
    description: 'A bell.',
    confidence: 0.5,
    facts: [],
    thumbnail: 'at/t.svg',
  });
  expect(row(2, true).state).toBe('reading');
  expect(row(3)).toEqual({
    key: 'file:///w/a.wav',
    path: 'a.wav',
    kind: 'sound',
    kindName: 'sound',
    state: 'waiting',
    facts: [],
  });
});
