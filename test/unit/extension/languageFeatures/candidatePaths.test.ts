import { expect, test } from 'vitest';
import { candidatePaths, type PathBases } from '../../../../extension/languageFeatures/candidatePaths';

const bases: PathBases = { directory: '/w/docs', folders: ['/w', '/v'], windows: false, onlyInFolders: false };

test('a relative path: beside the document, then in the workspace folders', () => {
  expect(candidatePaths('a.png', bases)).toEqual(['/w/docs/a.png', '/w/a.png', '/v/a.png']);
  expect(candidatePaths('../x/./a.png', bases)).toEqual(['/w/x/a.png', '/x/a.png']);
  expect(candidatePaths('a.png', { ...bases, directory: null })).toEqual(['/w/a.png', '/v/a.png']);
});

test('as it is written first, then without query, then decoded', () => {
  expect(candidatePaths('a%20b.png?raw', { ...bases, folders: [] })).toEqual([
    '/w/docs/a%20b.png?raw',
    '/w/docs/a%20b.png',
    '/w/docs/a b.png?raw',
    '/w/docs/a b.png',
  ]);
  expect(candidatePaths('100%.png', { ...bases, folders: [] })).toEqual(['/w/docs/100%.png']);
});

test('a path from the root: the folders and what a site serves, then the disk', () => {
  expect(candidatePaths('/a.png', { ...bases, folders: ['/w/'] })).toEqual([
    '/w/a.png',
    '/w/public/a.png',
    '/w/static/a.png',
    '/w/docs/a.png',
    '/a.png',
  ]);
});

test('in a workspace that is not trusted nothing outside its folders', () => {
  const restricted = { ...bases, folders: ['/w'], onlyInFolders: true };
  expect(candidatePaths('/etc/a.png', restricted).every((path) => path.startsWith('/w/'))).toBe(true);
  expect(candidatePaths('../../etc/a.png', restricted)).toEqual([]);
  expect(candidatePaths('/wa/b.png', { ...restricted, folders: ['/w'] })).not.toContain('/wa/b.png');
  expect(candidatePaths('file:///etc/a.png', restricted)).toEqual([]);
});

test('addresses and shares lead nowhere', () => {
  for (const text of [
    'https://example.org/a.png',
    'data:image/png;base64,AA',
    'attachment:a.png',
    '//host/share/a.png',
    '\\\\host\\share\\a.png',
    'file://host/a.png',
    'file:////host/a.png',
    '%2F%2Fhost/a.png',
    'a\0.png',
  ]) {
    const found = candidatePaths(text, { ...bases, folders: [] }).filter((path) => !path.startsWith('/w/docs/'));
    expect([text, found]).toEqual([text, []]);
  }
  expect(candidatePaths('file:///w/a.png', bases)).toEqual(['/w/a.png']);
});

test('backslashes are slashes; drives are Windows’', () => {
  expect(candidatePaths('figs\\\\a.png', { ...bases, folders: [] })).toContain('/w/docs/figs/a.png');
  expect(candidatePaths('C:\\x\\a.png', { ...bases, windows: true })).toContain('/c:/x/a.png');
  expect(candidatePaths('C:/x/a.png', bases)).toEqual([]);
});

test('LaTeX: without an extension, and in the folders of \\graphicspath', () => {
  expect(candidatePaths('plot', { ...bases, folders: [], also: ['figs/'] }, true)).toEqual([
    '/w/docs/plot.png',
    '/w/docs/figs/plot.png',
    '/w/docs/plot.jpg',
    '/w/docs/figs/plot.jpg',
    '/w/docs/plot.jpeg',
    '/w/docs/figs/plot.jpeg',
    '/w/docs/plot.svg',
    '/w/docs/figs/plot.svg',
  ]);
});
