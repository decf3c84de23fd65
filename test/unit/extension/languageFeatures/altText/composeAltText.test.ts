import { expect, test } from 'vitest';
import type { Fact } from '../../../../../daemon/protocol/facts';
import { composeAltText } from '../../../../../extension/languageFeatures/altText/composeAltText';

function composed(text: string, confidence: number, facts: Record<string, Fact['value']> = {}, lead?: string) {
  const list = Object.entries(facts).map(([name, value]) => ({ name, value, how: '' }));
  const media = [{ file: 'a.png', modality: 'image', facts: list, warnings: [] }];
  return composeAltText({ text, confidence, media, ...(lead === undefined ? {} : { lead }) });
}

const PLOT = {
  'plot.kind': 'line',
  'plot.title': 'Air temperature on a day in May',
  'plot.xLabel': 'Hour of the day',
  'plot.yLabel': 'Temperature (°C)',
  'plot.legend': ['City', 'Forest'],
  'plot.warnings': 0,
};

test('a plot is told as it was measured, however sure the model is', () => {
  expect(composed('A line plot with three lines.', 0.99, PLOT)).toEqual({
    text: 'Line plot “Air temperature on a day in May”: Temperature (°C) against Hour of the day. Series: City, Forest.',
    from: 'measured',
    isSure: true,
    confidence: 0.99,
  });
});

test('bars have their highest, where nothing was uncertain; a pie has its slices', () => {
  const bars = { 'plot.kind': 'bar', 'plot.yLabel': 'Votes', 'plot.highest': ['Ann', 12.5], 'plot.warnings': 0 };
  expect(composed('', 0, bars)?.text).toBe('Bar chart: Votes. Highest: Ann, 12.5.');
  expect(composed('', 0, { ...bars, 'plot.warnings': 1 })?.text).toBe('Bar chart: Votes.');
  const pie = {
    'plot.kind': 'pie',
    'plot.title': 'Why?',
    'plot.slices': [
      ['A', 40],
      ['B', 60],
    ],
  };
  expect(composed('', 0, pie)?.text).toBe('Pie chart “Why?” A 40 %, B 60 %.');
});

test('a plot of which neither title nor axis was read is told by the model', () => {
  expect(composed('A line plot with two lines.', 0.9, { 'plot.kind': 'line' })).toMatchObject({
    text: 'A line plot with two lines.',
    from: 'model',
    isSure: true,
  });
});

test('a photograph has the model’s own words, and whether they are a guess', () => {
  expect(composed(' A photograph\nof a goldfish. ', 0.82)).toEqual({
    text: 'A photograph of a goldfish.',
    from: 'model',
    isSure: true,
    confidence: 0.82,
  });
  expect(composed('A dog.', 0.5)).toMatchObject({ text: 'A dog.', isSure: false });
  expect(composed('Measured: x. A guess: A dog.', 0.8, {}, 'Measured: x. A guess: ')).toMatchObject({
    text: 'A dog.',
    isSure: false,
  });
  expect(composed('  ', 0.9)).toBeNull();
});

test('a plot where none was measured is a guess', () => {
  expect(composed('A box plot with two boxes.', 0.9)).toMatchObject({ from: 'model', isSure: false });
  expect(composed('A box plot.', 0.9, { 'plot.kind': 'none' })).toMatchObject({ isSure: false });
});

test('an unsure answer makes room for the text that was read, never an invented one', () => {
  expect(composed('A dog.', 0.4, { 'image.text': ['NO', 'ENTRY'] })).toMatchObject({
    text: 'Picture with the text “NO / ENTRY”.',
    from: 'measured',
  });
  expect(composed('A sign.', 0.9, { 'image.text': ['NO ENTRY'] })?.text).toBe('A sign.');
  expect(composed('A page.', 0.4, { 'image.text': ['x'.repeat(121)] })?.text).toBe('A page.');
});

test('at most 250 characters, cut where a sentence or a word ends', () => {
  const sentence = 'A long sentence about a thing that is here. ';
  expect(composed(sentence.repeat(9), 0.9)?.text).toBe(sentence.repeat(5).trim());
  const words = composed('word '.repeat(90), 0.9)!.text;
  expect(words.length).toBeLessThanOrEqual(250);
  expect(words).toMatch(/ word…$/);
});
