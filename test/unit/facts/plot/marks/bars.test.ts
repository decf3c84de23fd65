import { describe, expect, it } from 'vitest';
import { readPanel } from '../../../../../daemon/facts/plot/marks';
import type { Rgb } from '../../../../../daemon/media/plot';
import { categoryAxis, Drawing, layoutOf, numberAxis, panelOf, valueAxis } from './drawn';

const BLUE: Rgb = [31, 119, 180];
const ORANGE: Rgb = [255, 127, 14];
const names: Array<[string, number]> = [
  ['a', 50],
  ['b', 120],
  ['c', 190],
];

function read(drawing: Drawing, panel: ReturnType<typeof panelOf>) {
  return readPanel(drawing.image, panel, layoutOf(panel));
}

describe('bars', () => {
  it('reads heights to a tenth of a pixel from anti-aliased edges', async () => {
    const drawing = new Drawing();
    drawing
      .rect(30, 180 - 100.5, 70, 180, BLUE)
      .rect(100, 180 - 60.25, 140, 180, BLUE)
      .rect(170, 180 - 20, 210, 180, BLUE);
    const { kind, series } = await read(drawing, panelOf(drawing, categoryAxis(...names), valueAxis(180, 10)));
    expect(kind).toBe('bar');
    expect(series).toHaveLength(1);
    expect(series[0].points.map(([name]) => name)).toEqual(['a', 'b', 'c']);
    for (const [i, height] of [10.05, 6.025, 2].entries()) expect(series[0].points[i][1]).toBeCloseTo(height, 1);
  });

  it('counts to the middle of an outline', async () => {
    const drawing = new Drawing();
    for (const [left, high] of [
      [30, 100],
      [100, 60],
      [170, 30],
    ]) {
      drawing
        .rect(left - 1, 180 - high - 1, left + 41, 181, [0, 0, 0])
        .rect(left + 1, 180 - high + 1, left + 39, 179, BLUE);
    }
    const { series } = await read(drawing, panelOf(drawing, categoryAxis(...names), valueAxis(180, 10)));
    expect(series.map((s) => s.points.map(([, v]) => Math.round(v * 100) / 100))).toEqual([[10, 6, 3]]);
  });

  it('takes the line round a narrow bar for no part of a stack', async () => {
    const drawing = new Drawing();
    for (const [x, high] of [
      [50, 100],
      [120, 60],
      [190, 30],
    ])
      drawing.rect(x! - 5, 180 - high!, x! + 5, 180, [0, 0, 0]).rect(x! - 3.8, 180 - high! + 1.2, x! + 3.8, 178, BLUE);
    const { series } = await read(drawing, panelOf(drawing, categoryAxis(...names), valueAxis(180, 10)));
    expect(series).toHaveLength(1);
    expect(series[0]!.color).toEqual(BLUE);
    for (const [i, height] of [10, 6, 3].entries()) expect(series[0]!.points[i]![1]).toBeCloseTo(height, 0);
  });

  it('numbers bars whose names could not be read, and says so', async () => {
    const drawing = new Drawing();
    drawing.rect(30, 120, 70, 180, BLUE).rect(100, 80, 140, 180, BLUE).rect(170, 140, 210, 180, BLUE);
    const { series, warnings } = await read(drawing, panelOf(drawing, categoryAxis(['b', 121]), valueAxis(180, 10)));
    expect(series[0]!.points).toEqual([
      ['1', 6],
      ['b', 10],
      ['3', 4],
    ]);
    expect(warnings).toEqual(['The names of 2 of 3 places on the x axis could not be read; they are numbered.']);
  });

  it('numbers groups of bars whose names could not be read', async () => {
    const drawing = new Drawing();
    drawing.rect(30, 120, 50, 180, BLUE).rect(50, 100, 70, 180, ORANGE).rect(100, 130, 120, 180, BLUE);
    drawing.rect(120, 90, 140, 180, ORANGE).rect(170, 160, 190, 180, BLUE).rect(190, 80, 210, 180, ORANGE);
    const { series } = await read(drawing, panelOf(drawing, categoryAxis(['?', 20]), valueAxis(180, 10)));
    expect(series.map((s) => s.points)).toEqual([
      [
        ['1', 6],
        ['2', 5],
        ['3', 2],
      ],
      [
        ['1', 8],
        ['2', 9],
        ['3', 10],
      ],
    ]);
  });

  it('takes a bar that a legend covers in part for one bar, as high as the part beside it', async () => {
    const grey: Rgb = [235, 235, 235];
    const white: Rgb = [255, 255, 255];
    const drawing = new Drawing(240, 200, grey);
    for (const x of [50, 120, 190]) drawing.rect(x - 1, 20, x + 1, 180, white); // the grid, which the layout has lost
    drawing.rect(30, 60, 70, 180, BLUE).rect(100, 100, 140, 180, BLUE).rect(170, 40, 210, 180, BLUE);
    drawing.rect(46, 24, 150, 90, white).rect(58, 40, 74, 50, BLUE).rect(58, 64, 74, 74, ORANGE);
    const panel = panelOf(drawing, categoryAxis(...names), valueAxis(180, 10), {
      background: grey,
      grid: { x: [], y: [], color: white },
      legendBox: { left: 58, top: 36, right: 138, bottom: 78 },
    });
    const { series, warnings } = await read(drawing, panel);
    expect(series.map((s) => s.points)).toEqual([
      [
        ['a', 12],
        ['b', 8],
        ['c', 14],
      ],
    ]);
    expect(warnings).toEqual([]);
  });

  it('takes a bar for whole that goes on below a legend without a ground', async () => {
    const drawing = new Drawing();
    drawing.rect(30, 30, 70, 180, BLUE).rect(100, 100, 140, 180, BLUE).rect(170, 140, 210, 180, BLUE);
    drawing.rect(36, 60, 50, 70, ORANGE).rect(36, 80, 50, 90, [120, 120, 120]);
    const panel = panelOf(drawing, categoryAxis(...names), valueAxis(180, 10), {
      legendBox: { left: 34, top: 58, right: 130, bottom: 94 },
    });
    const { series } = await read(drawing, panel);
    expect(series.map((s) => s.points.map(([, v]) => v))).toEqual([[15, 8, 4]]);
  });

  it('gives a part of a stack its own thickness', async () => {
    const drawing = new Drawing();
    drawing
      .rect(30, 120, 70, 180, BLUE)
      .rect(30, 80, 70, 120, ORANGE)
      .rect(100, 150, 140, 180, BLUE)
      .rect(100, 60, 140, 150, ORANGE);
    drawing.rect(170, 100, 210, 180, BLUE).rect(170, 90, 210, 100, ORANGE);
    const { series } = await read(drawing, panelOf(drawing, categoryAxis(...names), valueAxis(180, 10)));
    expect(series.map((s) => s.points.map(([, v]) => v))).toEqual([
      [6, 3, 8],
      [4, 9, 1],
    ]);
  });

  it('reads negative and lying bars', async () => {
    const drawing = new Drawing();
    drawing.rect(100, 30, 190, 60, BLUE).rect(60, 90, 100, 120, BLUE).rect(100, 150, 120, 180, BLUE);
    const y = categoryAxis(['top', 45], ['middle', 105], ['bottom', 165]);
    const { kind, series } = await read(drawing, panelOf(drawing, numberAxis(100, 10), y));
    expect(kind).toBe('bar');
    expect(series[0].points).toEqual([
      ['top', 9],
      ['middle', -4],
      ['bottom', 2],
    ]);
  });

  it('gives 0 where a bar of a series is missing and the baseline is bare', async () => {
    const drawing = new Drawing();
    drawing.rect(30, 120, 50, 180, BLUE).rect(50, 100, 70, 180, ORANGE).rect(120, 130, 140, 180, ORANGE);
    drawing.rect(170, 90, 190, 180, BLUE).rect(190, 80, 210, 180, ORANGE);
    const { series } = await read(drawing, panelOf(drawing, categoryAxis(...names), valueAxis(180, 10)));
    const blue = series.find((s) => s.color[0] < 100);
    expect(Object.fromEntries(blue?.points ?? [])).toEqual({ a: 6, b: 0, c: 9 });
  });

  it('reads a bar that stands out over the area whose frame is missing', async () => {
    const drawing = new Drawing();
    drawing.rect(30, 20, 70, 180, BLUE).rect(100, 120, 140, 180, BLUE).rect(170, 100, 210, 180, BLUE);
    const panel = panelOf(drawing, categoryAxis(...names), valueAxis(180, 10));
    const area = { left: 10, top: 60, right: 230, bottom: 181 };
    const { series } = await read(drawing, { ...panel, area });
    expect(series[0].points.map(([, v]) => v)).toEqual([16, 6, 8]);
  });

  it('takes the steps of a flat curve for no bars', async () => {
    const drawing = new Drawing(400, 200);
    const top = (x: number) => 60 - 10 * Math.sin(x / 40) - 4 * Math.abs((x % 9) - 4.5);
    drawing.fill((x, y) => (x > 30 && x < 370 && y < 180 && y > top(x) ? BLUE : null));
    const { kind } = await read(drawing, panelOf(drawing, numberAxis(30, 10), valueAxis(180, 10)));
    expect(kind).toBe('area');
  });

  it('has no values, but says so, without a scale', async () => {
    const drawing = new Drawing();
    for (const [left, top] of [
      [30, 120],
      [100, 80],
      [170, 50],
    ])
      drawing.rect(left, top, left + 40, 180, BLUE);
    const panel = panelOf(drawing, categoryAxis(...names), { label: null, scale: 'linear', ticks: [] });
    const { series, warnings } = await read(drawing, panel);
    expect(series.flatMap((s) => s.points)).toEqual([]);
    expect(warnings).toContain('The value axis could not be read, so the bars have no values.');
  });
});

describe('histograms', () => {
  it('parts touching bins of one height and keeps empty ones', async () => {
    const drawing = new Drawing();
    const heights = [20, 50, 50, 90, 0, 30, 10];
    for (const [k, high] of heights.entries()) drawing.rect(15 + k * 30, 180 - high, 45 + k * 30, 180, BLUE);
    const { kind, series } = await read(drawing, panelOf(drawing, numberAxis(0, 30), valueAxis(180, 10)));
    expect(kind).toBe('histogram');
    expect(series[0].points.map(([x]) => Math.round(x as number))).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(series[0].points.map(([, v]) => v)).toEqual(heights.map((high) => high / 10));
  });

  it('parts translucent histograms that overlap', async () => {
    const drawing = new Drawing();
    const [first, second] = [
      [20, 60, 90, 40],
      [50, 80, 30, 70],
    ];
    for (const [k, high] of first.entries()) drawing.rect(30 + k * 40, 180 - high, 70 + k * 40, 180, BLUE, 0.5);
    for (const [k, high] of second.entries()) drawing.rect(30 + k * 40, 180 - high, 70 + k * 40, 180, ORANGE, 0.5);
    const { kind, series } = await read(drawing, panelOf(drawing, numberAxis(0, 40), valueAxis(180, 10)));
    expect(kind).toBe('histogram');
    expect(series.map((s) => s.points.map(([, v]) => v)).sort()).toEqual([
      [2, 6, 9, 4],
      [5, 8, 3, 7],
    ]);
  });
});
