import { expect, test } from 'vitest';
import { markdownImages } from '../../../../../extension/languageFeatures/altText/markdownImages';
import { seen, withAlt } from './applied';

test.each([
  ['![](a.png)', '![A fish](a.png)'],
  ['![old [x] one](a.png "Title")', '![A fish](a.png "Title")'],
  ['![ ]( <a b.png> )', '![A fish]( <a b.png> )'],
  ['- item ![](a(1).png), then\n', '- item ![A fish](a(1).png), then\n'],
  ['[![](a.png)](https://example.org)', '[![A fish](a.png)](https://example.org)'],
  ['![][fig]\n\n[Fig]: a.png "T"', '![A fish][fig]\n\n[Fig]: a.png "T"'],
  ['Text <img src="a.png" width=3> more', 'Text <img src="a.png" alt="A fish" width=3> more'],
  ['![](a.png) and ![](b.png)', '![A fish](a.png) and ![A fish](b.png)'],
])('%s', (text, expected) => {
  expect(withAlt(text, markdownImages, 'A fish')).toBe(expected);
});

test.each([
  '`![](a.png)`',
  '``a ` ![](a.png)``',
  '```md\n![](a.png)\n```',
  '~~~\n![](a.png)\n',
  '> ```\n> ![](a.png)\n> ```',
  '<!-- ![](a.png) <img src="a.png"> -->',
  '[text](a.png)',
  '![][nowhere]',
])('no image: %s', (text) => {
  expect(markdownImages(text)).toEqual([]);
});

test('a fence ends, and what follows it is seen', () => {
  expect(seen(markdownImages('```\nx\n```\n![](a.png)\n````\n```\n````\n![b](b.png)'))).toEqual([
    ['a.png', 'missing'],
    ['b.png', 'written'],
  ]);
});

test('what is there, in order', () => {
  const text = '<img src="c.png" alt=""> ![x](a\\_b.png)\n![][r]\n\n[r]: <d e.png>';
  expect(seen(markdownImages(text))).toEqual([
    ['c.png', 'decorative'],
    ['a_b.png', 'written'],
    ['d e.png', 'missing'],
  ]);
});

test('what would be markup is escaped', () => {
  expect(withAlt('![](a.png)', markdownImages, 'A [b] *c* snake_case _d_ `e` <f> g|h\n&amp; \\ i')).toBe(
    '![A \\[b\\] \\*c\\* snake_case \\_d\\_ \\`e\\` \\<f\\> g\\|h \\&amp; \\\\ i](a.png)',
  );
});
