import { expect, it } from 'vitest';
import { mentionedPaths } from '../../../../extension/agents/participant/mentionedPaths';

it.each([
  ['what is in media/plot.png?', ['media/plot.png']],
  ['compare a.png, b.PNG and c.wav.', ['a.png', 'b.PNG', 'c.wav']],
  ['"my plot.png" and `x y/z.wav`', ['my plot.png', 'x y/z.wav']],
  ['![alt](img/a.png "title") [b](<b c.png>)', ['img/a.png', 'b c.png']],
  ['<img src="/abs/a.png">', ['/abs/a.png']],
  ['/home/me/a.png C:\\me\\b.png file:///c.png', ['/home/me/a.png', 'C:\\me\\b.png', 'file:///c.png']],
  ['https://example.org/a.png stays out', []],
  ['a.pngx and png and .png', []],
  ['a.png.bak', []],
  ['a.png a.png', ['a.png']],
])('%s', (text, paths) => {
  expect(mentionedPaths(text, ['png', 'wav'])).toEqual(paths);
});
