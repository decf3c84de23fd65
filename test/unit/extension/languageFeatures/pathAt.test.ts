import { expect, test } from 'vitest';
import type { DocumentKind } from '../../../../extension/languageFeatures/documentKinds';
import { pathAt } from '../../../../extension/languageFeatures/pathAt';

/** The pointer stands where "‸" is. */
function at(marked: string, kind: DocumentKind): [string, string] | null {
  const column = marked.indexOf('‸');
  const line = marked.replace('‸', '');
  const found = pathAt(line, column, kind);
  return found && [found.path, line.slice(found.start, found.end)];
}

test.each<[string, DocumentKind, string, string]>([
  ['See ![the ‸plot](figs/plot.png "Title") there', 'markdown', 'figs/plot.png', '![the plot](figs/plot.png "Title")'],
  ['![](figs/pl‸ot.png)', 'markdown', 'figs/plot.png', '![](figs/plot.png)'],
  ['![](<my figs/pl‸ot 1.png>)', 'markdown', 'my figs/plot 1.png', '![](<my figs/plot 1.png>)'],
  ['![](plot\\_1(a‸).png)', 'markdown', 'plot_1(a).png', '![](plot\\_1(a).png)'],
  ['[hear](‸tone.wav)', 'markdown', 'tone.wav', '[hear](tone.wav)'],
  ['![a](one.png) and ![b](tw‸o.png)', 'markdown', 'two.png', '![b](two.png)'],
  ['[fig]: fi‸gs/a.png', 'markdown', 'figs/a.png', '[fig]: figs/a.png'],
  ['![[wi‸ki.png|300]]', 'markdown', 'wiki.png', '![[wiki.png|300]]'],
  ['don\'t <img src="a.‸png">', 'markdown', 'a.png', 'a.png'],
  ['as in plot.p‸ng.', 'markdown', 'plot.png', 'plot.png'],
  ["<p>don't</p><img alt=\"x\" src='a b.‸png'>", 'html', 'a b.png', 'a b.png'],
  ['<img srcset="a.png 1x, b.p‸ng 2x">', 'html', 'b.png', 'b.png'],
  ['<div style="background: url(bg.j‸pg)">', 'html', 'bg.jpg', 'bg.jpg'],
  ['<a href=clip.m‸p4>', 'html', 'clip.mp4', 'clip.mp4'],
  ['img = plt.imread("data/pl‸ot.png")', 'code', 'data/plot.png', 'data/plot.png'],
  ["a, b = load('x.ply'), load('‸y.ply')", 'code', 'y.ply', 'y.ply'],
  ["import logo from './lo‸go.svg';", 'jsx', './logo.svg', './logo.svg'],
  ['const u = `./a.pn‸g?raw`;', 'jsx', './a.png?raw', './a.png?raw'],
  ['{"image": "p/a.p‸ng", "n": 1}', 'data', 'p/a.png', 'p/a.png'],
  ['  - picture: my fi‸gs/a b.png  # one', 'data', 'my figs/a b.png', '  - picture: my figs/a b.png  # one'],
  [
    '\\includegraphics[width=\\li‸newidth]{figs/plot}',
    'latex',
    'figs/plot',
    '\\includegraphics[width=\\linewidth]{figs/plot}',
  ],
  ['\\includegraphics[alt={a}]{pl‸ot.png}', 'latex', 'plot.png', '\\includegraphics[alt={a}]{plot.png}'],
  ['.. figure:: figs/a b.p‸ng', 'rst', 'figs/a b.png', '.. figure:: figs/a b.png'],
  ['.. |logo| image:: lo‸go.png', 'rst', 'logo.png', '.. |logo| image:: logo.png'],
])('%s', (marked, kind, path, shown) => {
  expect(at(marked, kind)).toEqual([path, shown]);
});

test.each<[string, DocumentKind]>([
  ['![](plot.png) and no‸thing', 'markdown'],
  ['[text](page‸.md)', 'markdown'],
  ['x = "plo‸t"', 'code'],
  ["a = 'x.png' + ‸ 'y.png'", 'code'],
  ['\\includegraphics{pap‸er.pdf}', 'latex'],
  ['\\section{Plo‸ts}.', 'html'],
  ['', 'markdown'],
])('no path: %s', (marked, kind) => {
  expect(at(marked, kind)).toBeNull();
});

test('a minified line is looked at around the pointer only', () => {
  const filler = '{"a":1},'.repeat(200_000);
  const line = `[${filler}{"image":"far.png"},${filler}]`;
  const started = performance.now();
  expect(pathAt(line, line.indexOf('far.png') + 2, 'data')?.path).toBe('far.png');
  expect(performance.now() - started).toBeLessThan(200);
});
