import { expect, test } from 'vitest';
import { latexImages } from '../../../../../extension/languageFeatures/altText/latexImages';
import { applied, seen, withAlt } from './applied';

test.each([
  ['\\includegraphics{a}', '\\includegraphics[alt={A fish}]{a}'],
  ['\\includegraphics*[width=\\linewidth]{a.png}', '\\includegraphics*[width=\\linewidth,alt={A fish}]{a.png}'],
  ['\\includegraphics[]{a}', '\\includegraphics[alt={A fish}]{a}'],
  ['\\includegraphics[alt={old {one}},width=3cm]{a}', '\\includegraphics[alt={A fish},width=3cm]{a}'],
  ['\\includegraphics[width=3cm, alt=old]{a}', '\\includegraphics[width=3cm, alt={A fish}]{a}'],
  ['\\includegraphics[alt={}]{a}', '\\includegraphics[alt={A fish}]{a}'],
])('%s', (text, expected) => {
  expect(withAlt(text, latexImages, 'A fish')).toBe(expected);
});

test('what TeX reads as its own is escaped', () => {
  expect(withAlt('\\includegraphics{a}', latexImages, '50 % of $x_1^2$ & {y} #3 ~ \\z')).toBe(
    '\\includegraphics[alt={50 \\% of \\$x\\_1\\textasciicircum{}2\\$ \\& \\{y\\} \\#3 \\textasciitilde{} \\textbackslash{}z}]{a}',
  );
});

test('what is there: comments, verbatim and names that TeX builds are passed over', () => {
  const text = [
    '\\includegraphics[alt={x}]{a} % \\includegraphics{b}',
    '100\\% \\includegraphics{c}',
    '\\begin{verbatim}\\includegraphics{d}\\end{verbatim}',
    '\\includegraphics{\\name}',
    '\\newcommand{\\pic}[1]{\\includegraphics{#1}}',
    '\\includegraphics[alternative=x]{e}',
  ].join('\n');
  expect(seen(latexImages(text))).toEqual([
    ['a', 'written'],
    ['c', 'missing'],
    ['e', 'missing'],
  ]);
});

test.each([
  [
    '\\begin{figure}\n  \\includegraphics{a}\n  \\caption{}\n\\end{figure}',
    '\\begin{figure}\n  \\includegraphics{a}\n  \\caption{A fish \\& more}\n\\end{figure}',
  ],
  [
    '\\begin{figure*}[t]\n  \\includegraphics{a}\n  \\label{x}\n\\end{figure*}',
    '\\begin{figure*}[t]\n  \\includegraphics{a}\n  \\caption{A fish \\& more}\n  \\label{x}\n\\end{figure*}',
  ],
])('a caption is filled or added', (text, expected) => {
  const [image] = latexImages(text);
  expect(applied(text, image!.writeCaption!('A fish & more'))).toBe(expected);
});

test('no caption where one is written, where there are several pictures, and outside of figures', () => {
  for (const text of [
    '\\begin{figure}\\includegraphics{a}\\caption{Mine.}\\end{figure}',
    '\\begin{figure}\\includegraphics{a}\\includegraphics{b}\\end{figure}',
    '\\includegraphics{a}',
  ])
    expect(latexImages(text).map(({ writeCaption }) => writeCaption)).toEqual(latexImages(text).map(() => undefined));
});
