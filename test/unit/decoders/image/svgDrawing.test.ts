import { describe, expect, it } from 'vitest';
import { repeatedElements } from '../../../../daemon/decoders/image/svgDrawing';

const svg = (content: string) => `<svg xmlns:xlink="http://www.w3.org/1999/xlink">${content}</svg>`;
const repeated = (content: string) => repeatedElements(svg(content), 1e6);

describe('elements that <use> repeats', () => {
  it.each([
    ['nothing repeated', '<g><rect/><rect/></g>', 0],
    ['one of one element', '<rect id="a"/><use href="#a"/>', 1],
    ['a group with what is in it', '<g id="a"><rect/><path/></g><use xlink:href="#a"/><use href="#a"/>', 6],
    ['nested', '<rect id="a"/><g id="b"><use href="#a"/><use href="#a"/></g><use href="#b"/>', 2 + 5],
    ['what is not there, and other files', '<use href="#a"/><use href="b.svg#a"/>', 0],
    ['in a comment', '<rect id="a"/><!-- <use href="#a"/> -->', 0],
    ['with a > in its attributes', '<rect id="a"/><use title="a > b" href="#a"/>', 1],
  ])('%s', (_what, content, count) => expect(repeated(content)).toBe(count));

  it('what repeats itself ends', () => {
    expect(repeated('<g id="a"><use href="#a"/></g>')).toBeLessThan(10);
    expect(repeated('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>')).toBeLessThan(10);
  });

  it('ten levels of ten are ten thousand million, at once', () => {
    const level = (i: number) => `<g id="a${i}">${`<use href="#a${i - 1}"/>`.repeat(10)}</g>`;
    const bomb = svg(`<rect id="a0"/>${Array.from({ length: 10 }, (_, i) => level(i + 1)).join('')}<use href="#a10"/>`);
    expect(repeatedElements(bomb, 200_000)).toBeGreaterThan(200_000);
  });

  it.each([
    ['quotes that never end', '<a "'.repeat(300_000)],
    ['elements that are never closed', '<g id="x">'.repeat(300_000)],
    ['comments that are never closed', '<!-- '.repeat(300_000)],
  ])('%s take no time', (_what, content) => {
    const start = process.cpuUsage().user;
    repeatedElements(svg(content), 200_000);
    expect((process.cpuUsage().user - start) / 1e6).toBeLessThan(1);
  });
});
