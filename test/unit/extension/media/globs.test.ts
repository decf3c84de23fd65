import { expect, test } from 'vitest';
import { excluder, globToRegExp } from '../../../../extension/media/globs';

test.each([
  ['**/.git', '.git', true],
  ['**/.git', 'a/b/.git', true],
  ['**/.git', 'a/.github', false],
  ['**/node_modules/**', 'node_modules', true],
  ['**/node_modules/**', 'a/node_modules/b/c.png', true],
  ['*.tmp.png', 'a.tmp.png', true],
  ['*.tmp.png', 'b/a.tmp.png', false],
  ['**/*.{png,jpg}', 'b/a.jpg', true],
  ['**/*.{png,jpg}', 'b/a.gif', false],
  ['out/**/cache', 'out/cache', true],
  ['out/**/cache', 'out/x/y/cache', true],
  ['frame?.[0-3]', 'frame7.2', true],
  ['frame?.[!0-3]', 'frame7.2', false],
  ['a(b)+.png', 'a(b)+.png', true],
])('%s on %s: %s', (glob, path, expected) => {
  expect(globToRegExp(glob).test(path)).toBe(expected);
});

test('a glob that is none excludes nothing', () => {
  const excluded = excluder(['[z-a]', '**/raw']);
  expect([excluded('a/raw'), excluded('z')]).toEqual([true, false]);
});
