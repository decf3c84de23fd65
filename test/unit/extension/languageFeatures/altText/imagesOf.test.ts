import { expect, test } from 'vitest';
import { foundAgain, imagesOf, isLocal } from '../../../../../extension/languageFeatures/altText/imagesOf';

test('each kind has its reader, others have none', () => {
  expect(imagesOf('![](a.png)', 'markdown')).toHaveLength(1);
  expect(imagesOf('"a.png"', 'code')).toEqual([]);
  expect(imagesOf('![](a.png)', undefined)).toEqual([]);
  expect(imagesOf(' '.repeat(1_000_001), 'markdown')).toEqual([]);
});

test.each([
  ['a.png', true],
  ['C:\\a.png', true],
  ['file:///a.png', true],
  ['https://example.org/a.png', false],
  ['data:image/png;base64,AA', false],
  ['//host/a.png', false],
])('%s is local: %s', (path, local) => {
  expect(isLocal(path)).toBe(local);
});

test('an image is found again after the text before it was changed, and not once it is described', () => {
  const before = imagesOf('![](a.png) ![](a.png)', 'markdown');
  const now = imagesOf('# New\n![](b.png) ![](a.png) ![](a.png)', 'markdown');
  expect(foundAgain(before[1]!, before, now)?.start).toBe('# New\n![](b.png) ![](a.png) '.length);
  expect(foundAgain(before[1]!, before, imagesOf('![](a.png) ![x](a.png)', 'markdown'))).toBeNull();
  expect(foundAgain(before[1]!, before, imagesOf('![](a.png)', 'markdown'))).toBeNull();
});
