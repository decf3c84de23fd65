import { expect, test } from 'vitest';
import { colorWord } from '../../../../extension/find/colorWords';
import { stem } from '../../../../extension/find/stem';
import { synonymsOf } from '../../../../extension/find/synonyms';
import { termOf, termsOf, wordsOf } from '../../../../extension/find/words';

// of the vocabulary that Porter gives with his algorithm
test.each(
  `caresses caress, ponies poni, ties ti, caress caress, cats cat, feed feed, agreed agre, plastered plaster, bled bled,
  motoring motor, sing sing, conflated conflat, troubled troubl, sized size, hopping hop, tanned tan, falling fall,
  hissing hiss, fizzed fizz, failing fail, filing file, happy happi, sky sky, relational relat, conditional condit,
  rational ration, valenci valenc, digitizer digit, conformabli conform, radicalli radic, differentli differ, vileli vile,
  analogousli analog, vietnamization vietnam, predication predic, operator oper, feudalism feudal, decisiveness decis,
  hopefulness hope, callousness callous, formaliti formal, sensitiviti sensit, sensibiliti sensibl, triplicate triplic,
  formative form, formalize formal, electriciti electr, electrical electr, hopeful hope, goodness good, revival reviv,
  allowance allow, inference infer, airliner airlin, gyroscopic gyroscop, adjustable adjust, defensible defens,
  irritant irrit, replacement replac, adjustment adjust, dependent depend, adoption adopt, homologou homolog,
  communism commun, activate activ, angulariti angular, homologous homolog, effective effect, bowdlerize bowdler,
  probate probat, rate rate, cease ceas, controll control, roll roll`
    .split(',')
    .map((pair) => pair.trim().split(/\s+/) as [string, string]),
)('the stem of %s is %s', (word, expected) => {
  expect(stem(word)).toBe(expected);
});

test('words of other letters, and very short ones, stay', () => {
  expect(['is', 'größe', 'é', '42'].map(stem)).toEqual(['is', 'größe', 'é', '42']);
});

test.each([
  ['sunsetBeach_02.JPG', ['sunset', 'beach', '02', 'jpg']],
  ['XMLParser-v2 test', ['xml', 'parser', 'v', '2', 'test']],
  ['Größe: café', ['große', 'cafe']],
  ['640px 3d', ['640', 'px', '3', 'd']],
  ['気温の変化.png', ['気温', '温の', 'の変', '変化', 'png']],
  ['猫 cat', ['猫', 'cat']],
  ['график звук', ['график', 'звук']],
  ['', []],
])('words of %j', (text, expected) => {
  expect(wordsOf(text)).toEqual(expected);
});

test('terms are stems without common words; numbers are numbers', () => {
  expect(termsOf('The temperatures of a day, take 007')).toEqual(['temperatur', 'dai', 'take', '7']);
  expect(termOf('000')).toBe('0');
});

test('synonyms go both ways and never to the word itself', () => {
  expect(synonymsOf(termOf('charts'))).toContain(termOf('plot'));
  expect(synonymsOf(termOf('plots'))).toContain(termOf('graph'));
  expect(synonymsOf(termOf('plot'))).not.toContain(termOf('plot'));
  expect(synonymsOf('zzz').size).toBe(0);
});

test.each([
  ['#000000', 'black'],
  ['#ffffff', 'white'],
  ['#808080', 'grey'],
  ['#ff0000', 'red'],
  ['#e01020', 'red'],
  ['#1f77b4', 'blue'],
  ['#2ca02c', 'green'],
  ['#ff7f0e', 'orange'],
  ['#5c3303', 'brown'],
  ['#ebd44c', 'yellow'],
  ['#9467bd', 'purple'],
  ['#e377c2', 'pink'],
  ['red', undefined],
])('%s is %s', (hex, expected) => {
  expect(colorWord(hex)).toBe(expected);
});
