import { expect, it } from 'vitest';
import type { ReadPanel } from '../../../../../daemon/facts/plot/layout/readPanelLayout';
import { readTexts } from '../../../../../daemon/facts/plot/layout/readTexts';
import type { LegendEntry, PlotAxis } from '../../../../../daemon/media/plot';
import type { TextLine } from '../../../../../daemon/media/text';

const axis = (): PlotAxis => ({ label: null, scale: 'linear', ticks: [] });

/** A pie of radius 100 in the square from (50, 30). */
function pie(legend: string[]): ReadPanel {
  const area = { left: 50, top: 30, right: 250, bottom: 230 };
  const sample = { left: 300, top: 0, right: 310, bottom: 10 };
  const entries = legend.map((name): LegendEntry => ({ name, color: [0, 0, 0], mark: 'patch', sample }));
  const layout = {
    area,
    background: [255, 255, 255] as [number, number, number],
    grid: { x: [], y: [], color: null },
    x: axis(),
    y: axis(),
    title: null,
    legend: entries,
    annotations: [],
    warnings: [],
  };
  return { layout, frame: { area, outer: area }, labelBoxes: [] };
}

function line(text: string, left: number, top: number): TextLine {
  const [right, bottom] = [left + 7 * text.length, top + 12];
  return {
    text,
    score: 1,
    rotation: 0,
    box: { left, top, right, bottom },
    corners: [
      [left, top],
      [right, top],
      [right, bottom],
      [left, bottom],
    ],
  };
}

it('takes a text right above a pie for its title where a legend names the slices', () => {
  const title = line('Energy by source', 94, 12);
  expect(readTexts([pie(['Oil', 'Gas'])], [], [title], [], 12)).toBe('Energy by source');
});

it('takes it for the name of a slice where nothing else names the slices', () => {
  expect(readTexts([pie([])], [], [line('Energy by source', 94, 12)], [], 12)).toBeNull();
});

/** An area of 400 by 200 from (60, 60) with labels from 30 on at its left. */
function panel(): ReadPanel {
  const read = pie([]);
  const area = { left: 60, top: 60, right: 460, bottom: 260 };
  const ticks = [
    { pixel: 60, text: '1', value: 1 },
    { pixel: 260, text: '0', value: 0 },
  ];
  const layout = { ...read.layout, area, x: { ...axis(), ticks }, y: { ...axis(), ticks } };
  return { layout, frame: { area, outer: { ...area, left: 30, bottom: 280 } }, labelBoxes: [], ySide: 'left' };
}

it.each([
  ['an arrow', '↑ Frequency (%)'],
  ['an arrow that was read as a plus, under a larger title', '+ Frequency (%)'],
])('takes a level name over the labels of the y axis for its label: %s', (_, text) => {
  const one = panel();
  const larger = line('Letters of English', 200, 4);
  const title = { ...larger, box: { ...larger.box, bottom: larger.box.top + 18 } };
  const lines = [title, line(text, 8, 34), line('Letter →', 400, 284)];
  expect(readTexts([one], [], lines, [], 12)).toBe('Letters of English');
  expect(one.layout.y.label).toBe('Frequency (%)');
  expect(one.layout.x.label).toBe('Letter');
});

it('takes a title that begins over the labels for a title', () => {
  const one = panel();
  expect(readTexts([one], [], [line('Letters of English', 20, 34)], [], 12)).toBe('Letters of English');
  expect(one.layout.y.label).toBeNull();
});

it('takes a text behind the axis at zero, inside the height of the panel, for the label of x', () => {
  const one = panel();
  Object.assign(one.layout.y, { slope: -1, offset: 160 });
  readTexts([one], [], [line('Count', 466, 154)], [], 12);
  expect(one.layout.x.label).toBe('Count');
});

it('joins a label that was found in pieces, and nothing that stands apart', () => {
  const one = panel();
  readTexts([one], [], [line('(N)', 246, 286), line('Force', 205, 285), line('https://example.org', 330, 286)], [], 12);
  expect(one.layout.x.label).toBe('Force (N)');
});
