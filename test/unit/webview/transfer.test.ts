import { expect, test } from 'vitest';
import { base64OfDataUrl, urisOf } from '../../../webview/transfer';

const drop = (types: Record<string, string>) => urisOf((type) => types[type] ?? '');

test('the explorer’s full list wins over the short one', () => {
  expect(drop({ resourceurls: '["file:///a.png","file:///b.png"]', 'text/uri-list': 'file:///a.png' })).toEqual([
    'file:///a.png',
    'file:///b.png',
  ]);
});

test.each([
  [
    { 'application/vnd.code.uri-list': 'vscode-remote://ssh/a.png\r\nfile:///b.png' },
    ['vscode-remote://ssh/a.png', 'file:///b.png'],
  ],
  [{ codefiles: '["/tmp/a b.png","C:\\\\x\\\\y.png"]' }, ['file:///tmp/a%20b.png', 'file:///C%3A/x/y.png']],
  [{ 'text/uri-list': '# a comment\nfile:///a.png\nfile:///a.png\n' }, ['file:///a.png']],
  [{ 'text/uri-list': 'https://example.com/a.png' }, []],
  [{ resourceurls: 'not json', 'text/uri-list': '' }, []],
])('%j', (types, uris) => expect(drop(types as unknown as Record<string, string>)).toEqual(uris));

test('the bytes of a data url', () => {
  expect(base64OfDataUrl('data:image/png;base64,AAEC')).toBe('AAEC');
});
