import { describe, expect, it } from 'vitest';
import { toCsv } from '../../../../daemon/facts/plot/plotCsv';
import { toPlotData } from '../../../../daemon/facts/plot/plotData';
import type { PanelLayout, PlotAxis, PlotKind, PlotReading, PlotSeries } from '../../../../daemon/media/plot';

const axis = (more: Partial<PlotAxis> = {}): PlotAxis => ({
  label: null,
  scale: 'linear',
  ticks: [],
  slope: 0.01,
  offset: 0,
  ...more,
});

function reading(
  kind: PlotKind,
  series: Array<Partial<PlotSeries>>,
  x = axis(),
  y = axis({ slope: -0.01 }),
): PlotReading {
  const layout: PanelLayout = {
    area: { left: 0, top: 0, right: 100, bottom: 100 },
    background: [255, 255, 255],
    grid: { x: [], y: [], color: null },
    x,
    y,
    title: 'Growth',
    legend: [],
    annotations: [],
    warnings: ['A tick was not readable.'],
  };
  const full = series.map(
    (s): PlotSeries => ({ name: null, color: [31, 119, 180], points: [], pixels: [], mark: 'line', ...s }),
  );
  return { kind, confidence: 1, title: null, panels: [{ kind, layout, series: full, warnings: [] }], warnings: [] };
}

describe('toPlotData', () => {
  it('prints no more digits than a tenth of a pixel is worth', () => {
    const data = toPlotData(reading('line', [{ points: [[1.23456789, 0.1 + 0.2]] }]));
    expect(data).toEqual({
      kind: 'line',
      title: 'Growth',
      x: { label: null, scale: 'linear' },
      y: { label: null, scale: 'linear' },
      series: [{ name: null, color: '#1f77b4', points: [[1.235, 0.3]] }],
      warnings: ['A tick was not readable.'],
    });
  });

  it('rounds large values to tens and log values to significant digits', () => {
    const y = axis({ slope: -1234 });
    expect(toPlotData(reading('line', [{ points: [[1, 987654.3]] }], axis(), y)).series[0].points[0][1]).toBe(987700);
    const log = axis({ scale: 'log', slope: -0.02 });
    expect(toPlotData(reading('line', [{ points: [[1, 1234.56]] }], axis(), log)).series[0].points[0][1]).toBe(1235);
  });

  it('writes times as ISO 8601', () => {
    const x = axis({ scale: 'time', slope: 86_400_000 });
    const at = Date.UTC(2020, 1, 29, 3);
    expect(toPlotData(reading('line', [{ points: [[at, 1]] }], x)).series[0].points[0][0]).toBe('2020-02-29');
    const fine = axis({ scale: 'time', slope: 1000 });
    expect(toPlotData(reading('line', [{ points: [[at, 1]] }], fine)).series[0].points[0][0]).toBe(
      '2020-02-29T03:00:00Z',
    );
  });

  it('gives no series for no plot', () => {
    const none: PlotReading = { kind: 'none', confidence: 0.9, title: null, panels: [], warnings: [] };
    expect(toPlotData(none)).toMatchObject({ kind: 'none', title: null, series: [], warnings: [] });
    expect(toCsv(toPlotData(none))).toBe('x\r\n');
  });
});

describe('toCsv', () => {
  it('is wide where all series share x, and quotes names', () => {
    const points: Array<[string, number]> = [
      ['a', 1],
      ['b', 2],
    ];
    const data = toPlotData(
      reading(
        'bar',
        [
          { name: 'one, "two"', points },
          { name: 'three', points },
        ],
        axis({ scale: 'category', label: 'City', slope: undefined }),
      ),
    );
    expect(toCsv(data)).toBe('City,"one, ""two""",three\r\na,1,1\r\nb,2,2\r\n');
  });

  it('is long where they do not', () => {
    const data = toPlotData(
      reading('scatter', [
        { name: 'p', points: [[1, 2]] },
        {
          name: 'q',
          points: [
            [3, 4],
            [5, 6],
          ],
        },
      ]),
    );
    expect(toCsv(data)).toBe('series,x,y\r\np,1,2\r\nq,3,4\r\nq,5,6\r\n');
  });

  it('has two columns for error bars', () => {
    const data = toPlotData(reading('line', [{ name: 'p', points: [[1, 2]], errors: [[0.5, 0.25]] }]));
    expect(toCsv(data)).toBe('x,p,p error below,p error above\r\n1,2,0.5,0.25\r\n');
  });

  it('keeps a name that was read in the picture from being a formula, and a number a number', () => {
    const slices = ['=HYPERLINK("x")', '+cmd|x', '-5', '@sum'].map((name) => ({
      name,
      points: [[name, 25]] as Array<[string, number]>,
    }));
    expect(toCsv(toPlotData(reading('pie', slices)))).toBe(
      `name,percent\r\n"'=HYPERLINK(""x"")",25\r\n'+cmd|x,25\r\n-5,25\r\n'@sum,25\r\n`,
    );
  });

  it('lists slices, and the rows of a heat map', () => {
    const slices = ['x', 'y'].map((name, i) => ({ name, points: [[name, 60 - 20 * i]] as Array<[string, number]> }));
    expect(toCsv(toPlotData(reading('pie', slices)))).toBe('name,percent\r\nx,60\r\ny,40\r\n');
    const rows = ['r1', 'r2'].map((name) => ({
      name,
      points: [
        ['A', 1],
        ['B', 2],
      ] as Array<[string, number]>,
    }));
    expect(toCsv(toPlotData(reading('heatmap', rows)))).toBe('row,A,B\r\nr1,1,2\r\nr2,1,2\r\n');
  });
});
