import { expect, test } from 'vitest';
import { jsxImages } from '../../../../../extension/languageFeatures/altText/jsxImages';
import { seen, withAlt } from './applied';

test.each([
  ['<img src="a.png" />', '<img src="a.png" alt="A fish" />'],
  ['<Image src="/a.png" width={3} height={2}/>', '<Image src="/a.png" alt="A fish" width={3} height={2}/>'],
  ["<img src={'a.png'} onClick={() => a > b} />", '<img src={\'a.png\'} alt="A fish" onClick={() => a > b} />'],
  ['<img alt="" src="a.png"/>', '<img alt="A fish" src="a.png"/>'],
  ['<img alt={\'\'} src="a.png"/>', '<img alt="A fish" src="a.png"/>'],
  ["<Image source={require('./a.png')} />", '<Image source={require(\'./a.png\')} alt="A fish" />'],
  ["<p>don't</p><img src='a.png' />", "<p>don't</p><img src='a.png' alt=\"A fish\" />"],
])('%s', (text, expected) => {
  expect(withAlt(text, jsxImages, 'A fish')).toBe(expected);
});

test('a picture by its imported name', () => {
  const text = "import logo from './logo.svg';\nconst b = require('../b.png');\n";
  expect(
    seen(jsxImages(`${text}<img src={logo} /><Image src={logo.src} alt="x"/><img src={b} /><img src={other} />`)),
  ).toEqual([
    ['./logo.svg', 'missing'],
    ['./logo.svg', 'written'],
    ['../b.png', 'missing'],
  ]);
});

test('expressions, spreads, comments and strings are the author’s', () => {
  const text = [
    '<img src="a.png" alt={title} />',
    '<img {...rest} src="b.png" />',
    '{/* <img src="c.png" /> */}',
    '// <img src="d.png" />',
    'const s = \'<img src="e.png">\';',
    'function f<Image>(x: Image) {}',
    '<Images src="f.png" />',
    '<img src={`${x}.png`} />',
  ].join('\n');
  expect(seen(jsxImages(text))).toEqual([
    ['a.png', 'computed'],
    ['b.png', 'computed'],
  ]);
});

test('a template literal round it stays whole', () => {
  expect(withAlt('html`<img src="a.png">`', jsxImages, 'a `b` ${c} "d"')).toBe(
    'html`<img src="a.png" alt="a &#96;b&#96; &#36;{c} &quot;d&quot;">`',
  );
});
