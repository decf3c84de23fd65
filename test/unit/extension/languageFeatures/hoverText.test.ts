import { expect, test } from 'vitest';
import { escapeMarkdown } from '../../../../extension/languageFeatures/escapeMarkdown';
import { type HoverParts, type HoverWords, hoverText } from '../../../../extension/languageFeatures/hoverText';

const words = {
  measured: 'Measured',
  description: 'Described by {0}',
  outdated: '(before the file was last changed)',
  labels: { file: 'File', text: 'Text in it' },
} as HoverWords;
const action = { title: 'Describe', icon: 'eye', command: 'command:onelens.describeFile?%5B%22a%22%5D', tooltip: 'It' };
const parts: HoverParts = { name: 'a_b.png', measured: [], outdated: false, actions: [action] };
const link = '[$(eye) Describe](command:onelens.describeFile?%5B%22a%22%5D "It")';

test('the name and the actions are always there', () => {
  expect(hoverText(parts, words)).toBe(`**a\\_b\\.png**\n\n${link}`);
});

const known: HoverParts = {
  ...parts,
  measured: [
    { label: 'file', value: '640 × 480 px' },
    { label: 'text', value: 'a|b' },
  ],
  note: 'Still being measured.',
  description: { text: 'A line plot.', model: 'onelens-nano', at: 0 },
  outdated: true,
};
const facts = 'File: 640 × 480 px<br>Text in it: a\\|b<br>*Still being measured\\.*';
const said = 'Described by onelens\\-nano: “A line plot\\.” *\\(before the file was last changed\\)*';

test('picture and facts side by side, then the description, then the actions', () => {
  const picture = { uri: 'file:///w/a.png', alt: 'Preview', width: 160, height: 120 };
  expect(hoverText({ ...known, picture }, words).split('\n')).toEqual([
    '| a\\_b\\.png |   | Measured |',
    '|:---|---|:---|',
    `| ![Preview](file:///w/a.png\\|width=160,height=120) | &nbsp; | ${facts} |`,
    '',
    said,
    '',
    link,
  ]);
});

test('without a picture, one under the other', () => {
  expect(hoverText(known, words).split('\n\n')).toEqual([`**a\\_b\\.png** · Measured<br>${facts}`, said, link]);
});

test('what stands in a file stays text', () => {
  const hostile = '[x](command:onelens.restartEngine) ![i](https://e.org/a.png) <img src=x> www.e.org a@e.org\n# h';
  const value = escapeMarkdown(hostile);
  expect(value).not.toMatch(/(^|[^\\])[[\]()<>!@.:#]/);
  expect(value.replace(/\\(.)/g, '$1')).toBe(hostile.replace('\n', ' '));
  const text = hoverText({ ...parts, measured: [{ label: 'text', value: hostile }] }, words);
  expect(text.match(/\]\(command:/g)).toHaveLength(1);
});
