import { describe, expect, it } from 'vitest';
import { readPanel } from '../../../../../daemon/facts/plot/marks';
import type { Rgb } from '../../../../../daemon/media/plot';
import type { TextLine } from '../../../../../daemon/media/text';
import { categoryAxis, Drawing, layoutOf, numberAxis, panelOf, valueAxis } from './drawn';

const COLORS: Rgb[] = [
  [31, 119, 180],
  [255, 127, 14],
  [44, 160, 44],
  [214, 39, 40],
];
const NO_AXIS = { label: null, scale: 'linear' as const, ticks: [] };

function text(words: string, x: number, y: number): TextLine {
  const box = { left: x - 12, right: x + 12, top: y - 5, bottom: y + 5 };
  const { left, right, top, bottom } = box;
  return {
    text: words,
    score: 1,
    corners: [
      [left, top],
      [right, top],
      [right, bottom],
      [left, bottom],
    ],
    rotation: 0,
    box,
  };
}

/** Slices clockwise from twelve o'clock, shares of 1. */
function pie(shares: number[], hole = 0): Drawing {
  return new Drawing(240, 240).fill((x, y) => {
    const radius = Math.hypot(x - 120, y - 120);
    if (radius > 80 || radius < hole) return null;
    const turn = (((Math.atan2(x - 120, 120 - y) / (2 * Math.PI)) % 1) + 1) % 1;
    const ends = shares.map((_, i) => shares.slice(0, i + 1).reduce((sum, share) => sum + share, 0));
    return COLORS[ends.findIndex((end) => end > turn)];
  });
}

describe('pies', () => {
  it.each([0, 40])('reads shares to a fifth of a percent, with a hole of %d pixels', async (hole) => {
    const drawing = pie([0.4, 0.3, 0.2, 0.1], hole);
    const labels = [text('Oslo', 215, 80), text('Lima', 120, 215), text('Rome', 25, 130), text('Bonn', 95, 25)];
    const panel = panelOf(drawing, NO_AXIS, NO_AXIS, { annotations: labels });
    const { kind, series } = await readPanel(drawing.image, panel, layoutOf(panel));
    expect(kind).toBe('pie');
    expect(series.map((s) => s.name)).toEqual(['Oslo', 'Lima', 'Rome', 'Bonn']);
    for (const [i, share] of [40, 30, 20, 10].entries())
      expect(Math.abs(series[i].points[0][1] - share)).toBeLessThan(0.2);
  });

  it('doubts a printed percentage that the circle denies', async () => {
    const drawing = pie([0.5, 0.25, 0.25]);
    const panel = panelOf(drawing, NO_AXIS, NO_AXIS, { annotations: [text('60 %', 160, 120)] });
    const { warnings } = await readPanel(drawing.image, panel, layoutOf(panel));
    expect(warnings).toContain('A slice has 60 % printed on it, but 50.0 % of the circle.');
  });
});

describe('boxes', () => {
  it('reads quartiles, median, whiskers and an outlier', async () => {
    const drawing = new Drawing();
    for (const left of [40, 140]) {
      const black: Rgb = [0, 0, 0];
      drawing.rect(left + 29, 40, left + 31, 160, black).rect(left + 20, 39, left + 40, 41, black);
      drawing.rect(left + 20, 159, left + 40, 161, black).rect(left, 69, left + 60, 131, black);
      drawing.rect(left + 2, 71, left + 58, 129, [255, 255, 255]).rect(left + 2, 99, left + 58, 101, COLORS[1]);
    }
    drawing.rect(67, 17, 73, 23, [0, 0, 0]);
    const panel = panelOf(drawing, categoryAxis(['a', 70], ['b', 170]), valueAxis(200, 10));
    const { kind, series } = await readPanel(drawing.image, panel, layoutOf(panel));
    expect(kind).toBe('box');
    const at = (name: string) => series.find((s) => s.name === name)?.points;
    expect(at('median')).toEqual([
      ['a', 10],
      ['b', 10],
    ]);
    expect(at('q1')?.[0][1]).toBeCloseTo(7, 1);
    expect(at('q3')?.[0][1]).toBeCloseTo(13, 1);
    expect(at('low')?.[1][1]).toBeCloseTo(4, 1);
    expect(at('high')?.[1][1]).toBeCloseTo(16, 1);
    expect(at('outliers')).toEqual([['a', 18]]);
  });
});

describe('heat maps', () => {
  const values = [
    [0, 50, 100, 20],
    [80, 10, 30, 60],
    [40, 90, 70, 5],
  ];
  const ramp = (value: number): Rgb => [
    Math.round(40 + value * 2),
    Math.round(20 + value),
    Math.round(220 - value * 2),
  ];

  function map(): Drawing {
    const drawing = new Drawing(280, 150);
    for (const [r, row] of values.entries())
      for (const [c, value] of row.entries()) drawing.rect(c * 50, r * 50, c * 50 + 50, r * 50 + 50, ramp(value));
    for (let y = 25; y < 125; y++) drawing.rect(230, y, 250, y + 1, ramp(124.5 - y));
    return drawing;
  }

  const x = categoryAxis(['A', 25], ['B', 75], ['C', 125], ['D', 175]);
  const y = categoryAxis(['one', 25], ['two', 75], ['three', 125]);
  const area = { left: 0, top: 0, right: 200, bottom: 150 };

  it('reads the cells by the colour bar', async () => {
    const drawing = map();
    const colorbar = { box: { left: 230, right: 250, top: 25, bottom: 125 }, axis: valueAxis(125, 1), vertical: true };
    const panel = panelOf(drawing, x, y, { area, colorbar });
    const { kind, series } = await readPanel(drawing.image, panel, layoutOf(panel));
    expect(kind).toBe('heatmap');
    expect(series.map((s) => s.name)).toEqual(['one', 'two', 'three']);
    expect(series[0].points.map(([name]) => name)).toEqual(['A', 'B', 'C', 'D']);
    for (const [r, row] of values.entries())
      for (const [c, value] of row.entries()) expect(Math.abs(series[r].points[c][1] - value)).toBeLessThan(1);
  });

  it('has no values without one', async () => {
    const panel = panelOf(map(), x, y, { area });
    const { kind, series, warnings } = await readPanel(map().image, panel, layoutOf(panel));
    expect(kind).toBe('heatmap');
    expect(series).toEqual([]);
    expect(warnings).toContain('The heat map has no readable colour bar, so its cells have no values.');
  });
});

describe('contours', () => {
  it('are told by rings in rings and have no series', async () => {
    const drawing = new Drawing().fill((x, y) => {
      const level = Math.floor(Math.hypot((x - 120) / 1.3, y - 100) / 18);
      return [60 + level * 30, 200 - level * 20, 90];
    });
    const panel = panelOf(drawing, numberAxis(0, 10), valueAxis(200, 10));
    const { kind, series, warnings } = await readPanel(drawing.image, panel, layoutOf(panel));
    expect(kind).toBe('contour');
    expect(series).toEqual([]);
    expect(warnings[0]).toMatch(/^A contour plot has no series/);
  });
});
