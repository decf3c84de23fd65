import { expect, test } from 'vitest';
import { htmlImages } from '../../../../../extension/languageFeatures/altText/htmlImages';
import { seen, withAlt } from './applied';

test.each([
  ['<img src="a.png">', '<img src="a.png" alt="A fish">'],
  ["<IMG class='x' SRC='a.png'/>", "<IMG class='x' SRC='a.png' alt=\"A fish\"/>"],
  ['<img src=a.png width=3>', '<img src=a.png alt="A fish" width=3>'],
  ['<img alt="" src="a.png">', '<img alt="A fish" src="a.png">'],
  ['<img alt src="a.png">', '<img alt="A fish" src="a.png">'],
  ["<img alt='old > one' src='a.png'>", '<img alt="A fish" src=\'a.png\'>'],
  ['<img\n  src="a.png"\n  title="x"\n/>', '<img\n  src="a.png" alt="A fish"\n  title="x"\n/>'],
])('%s', (text, expected) => {
  expect(withAlt(text, htmlImages, 'A fish')).toBe(expected);
});

test('quotes, angles, ampersands and braces are escaped', () => {
  expect(withAlt('<img src="a.png">', htmlImages, '"a" & <b> {{c}}\n`d`')).toBe(
    '<img src="a.png" alt="&quot;a&quot; &amp; &lt;b&gt; &#123;&#123;c}} &#96;d&#96;">',
  );
});

test('what is there: entities are read, bound alt texts are the author’s', () => {
  const text = [
    '<img src="a&amp;b&#33;.png" alt="x">',
    '<img src="c.png" :alt="title">',
    '<img src="d.png" {alt}>',
    '<img :src="logo">',
    '<img alt="none">',
    '<!-- <img src="e.png"> -->',
    '<script>const x = \'<img src="f.png">\';</script>',
    '<image src="g.png">',
    '<img src="h.png',
  ].join('\n');
  expect(seen(htmlImages(text))).toEqual([
    ['a&b!.png', 'written'],
    ['c.png', 'computed'],
    ['d.png', 'computed'],
  ]);
});
