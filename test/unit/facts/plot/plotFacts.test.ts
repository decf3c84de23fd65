import { describe, expect, it } from 'vitest';
import { plotFacts } from '../../../../daemon/facts/plot/plotFacts';
import type { PlotAxis, PlotKind, PlotReading, PlotSeries } from '../../../../daemon/media/plot';

const names: PlotAxis = {
  label: null,
  scale: 'category',
  ticks: [
    { pixel: 10, text: 'a' },
    { pixel: 30, text: 'b' },
  ],
  categories: [
    { name: 'a', pixel: 10 },
    { name: 'b', pixel: 30 },
  ],
};
const numbers: PlotAxis = {
  label: null,
  scale: 'linear',
  ticks: [
    { pixel: 100, text: '0', value: 0 },
    { pixel: 0, text: '10', value: 10 },
  ],
  slope: -0.1,
  offset: 10,
};

function reading(kind: PlotKind, series: PlotSeries[], x = names, y = numbers): PlotReading {
  const area = { left: 0, top: 0, right: 40, bottom: 100 };
  const layout = {
    area,
    background: [255, 255, 255] as [number, number, number],
    grid: { x: [], y: [], color: null },
    x,
    y,
    title: null,
    legend: [],
    annotations: [],
    warnings: [],
  };
  return { kind, confidence: 1, title: null, panels: [{ kind, layout, series, warnings: [] }], warnings: [] };
}

const bars = (name: string | null, values: number[], pixels: Array<[number, number]>): PlotSeries => ({
  name,
  color: [0, 0, 0],
  points: values.map((v, i) => [i === 0 ? 'a' : 'b', v]),
  pixels,
  mark: 'bar',
});

const valuesOf = (r: PlotReading) => Object.fromEntries(plotFacts(r).map(({ name, value }) => [name, value]));

describe('plotFacts', () => {
  it('counts bars and tells each value of one series', () => {
    const facts = valuesOf(
      reading('bar', [
        bars(
          null,
          [4, 7],
          [
            [10, 60],
            [30, 30],
          ],
        ),
      ]),
    );
    expect(facts['plot.bars']).toBe(2);
    expect(facts['plot.barValues']).toEqual([
      ['a', 4],
      ['b', 7],
    ]);
    expect(facts['plot.arrangement']).toBeUndefined();
  });

  it('tells grouped bars from stacked ones by where those of one place stand', () => {
    const first = bars(
      'one',
      [4, 7],
      [
        [7, 60],
        [27, 30],
      ],
    );
    const beside = bars(
      'two',
      [2, 3],
      [
        [13, 80],
        [33, 70],
      ],
    );
    const above = bars(
      'two',
      [2, 3],
      [
        [7, 40],
        [27, 0],
      ],
    );
    expect(valuesOf(reading('bar', [first, beside]))['plot.arrangement']).toBe('grouped');
    const stacked = valuesOf(reading('bar', [first, above]));
    expect(stacked['plot.arrangement']).toBe('stacked');
    expect(stacked['plot.bars']).toBe(4);
    expect(stacked['plot.barValues']).toBeUndefined();
    expect(stacked['plot.highest']).toEqual(['b', 7, 'one']);
  });

  it('says that bars lie', () => {
    const lying = bars(
      null,
      [4, 7],
      [
        [60, 10],
        [30, 30],
      ],
    );
    expect(valuesOf(reading('bar', [lying], numbers, names))['plot.arrangement']).toBe('horizontal');
  });

  it('gives the shares of slices and the medians of boxes', () => {
    const slice = (name: string, share: number): PlotSeries => ({
      name,
      color: [0, 0, 0],
      points: [[name, share]],
      pixels: [[0, 0]],
      mark: 'slice',
    });
    const pie = valuesOf(reading('pie', [slice('a', 33.333), slice('b', 66.667)]));
    expect(pie['plot.slices']).toEqual([
      ['a', 33.3],
      ['b', 66.7],
    ]);
    const median: PlotSeries = {
      ...bars(
        'median',
        [4, 7],
        [
          [10, 60],
          [30, 30],
        ],
      ),
      mark: 'marker',
    };
    const box = valuesOf(reading('box', [median, { ...median, name: 'q1' }]));
    expect(box['plot.medians']).toEqual([
      ['a', 4],
      ['b', 7],
    ]);
  });
});
