import { describe, expect, it } from 'vitest';
import { colorLayers } from '../../../../../../daemon/facts/plot/marks/colorLayers';
import { lineSeries } from '../../../../../../daemon/facts/plot/marks/lines/lineSeries';
import type { PlotSeries } from '../../../../../../daemon/media/plot';
import { BLACK, BLUE, Drawing, ORANGE } from '../drawing';

type Points = Array<[number, number]>;

function read(drawing: Drawing, asStep?: boolean, changes = {}) {
  const panel = drawing.panel(changes);
  return lineSeries(colorLayers(drawing.image, panel), panel, asStep);
}

/** Height of a read series at x, by its points. */
function at(series: PlotSeries, x: number): number {
  const points = series.points as Points;
  const next = points.findIndex(([px]) => px >= x);
  const [[ax, ay], [bx, by]] = [points[next - 1]!, points[next]!];
  return ay + ((by - ay) * (x - ax)) / (bx - ax);
}

const up = (points: Points, height: number): Points => points.map(([x, y]) => [x, height - y]);

describe('lineSeries', () => {
  it('gives the corners of a broken line to a fraction of a pixel', () => {
    const corners: Points = [
      [10, 80],
      [50.4, 12.3],
      [90.7, 60.2],
      [140, 40],
    ];
    const drawing = new Drawing(150, 100).line(BLUE, corners, 2);
    const { series, evidence } = read(drawing);
    expect(series).toHaveLength(1);
    expect(evidence.explained).toBeGreaterThan(0.97);
    expect(series[0]!.points).toHaveLength(4);
    (series[0]!.points as Points).slice(1, 3).forEach(([x, y], k) => {
      const [wantX, wantY] = up(corners, 100)[k + 1]!;
      expect(Math.hypot(x - wantX, y - wantY)).toBeLessThan(0.3);
    });
  });

  it('follows two lines of different colours through their crossing', () => {
    const drawing = new Drawing(150, 100)
      .line(
        BLUE,
        [
          [10, 10],
          [140, 90],
        ],
        3,
      )
      .line(
        ORANGE,
        [
          [10, 90],
          [140, 10],
        ],
        3,
      );
    const { series } = read(drawing);
    expect(series).toHaveLength(2);
    const blue = series.find(({ color }) => color[2] > 100)!;
    for (const x of [30, 75, 120]) expect(Math.abs(at(blue, x) - (90 - ((x - 10) * 80) / 130))).toBeLessThan(0.5);
  });

  it('tells two lines of one colour apart, straight through their crossing', () => {
    const drawing = new Drawing(200, 120)
      .line(
        BLACK,
        [
          [10, 10],
          [190, 110],
        ],
        2,
      )
      .line(
        BLACK,
        [
          [10, 110],
          [190, 10],
        ],
        2,
      );
    const { series } = read(drawing);
    expect(series).toHaveLength(2);
    const ends = series.map((one) => [at(one, 20), at(one, 180)].map(Math.round)).sort((a, b) => a[0]! - b[0]!);
    expect(ends).toEqual([
      [16, 104],
      [104, 16],
    ]);
  });

  it('follows dashes and measures them', () => {
    const drawing = new Drawing(200, 100).line(
      BLUE,
      [
        [10, 80],
        [190, 20],
      ],
      2,
      [6, 4],
    );
    const { series, evidence } = read(drawing);
    expect(series).toHaveLength(1);
    expect(evidence.dashed).toBe(1);
    for (const x of [40, 100, 160])
      expect(Math.abs(at(series[0]!, x) - (20 + ((x - 10) * 60) / 180))).toBeLessThan(0.5);
  });

  it('names lines of one colour by their dashes', () => {
    const drawing = new Drawing(240, 120)
      .line(
        BLACK,
        [
          [10, 30],
          [230, 40],
        ],
        2,
      )
      .line(
        BLACK,
        [
          [10, 90],
          [230, 70],
        ],
        2,
        [8, 6],
      );
    const sample = { left: 0, top: 0, right: 1, bottom: 1 };
    const legend = [
      { name: 'dashed', color: BLACK, mark: 'line', sample, dash: { period: 14, duty: 0.6 } },
      { name: 'solid', color: BLACK, mark: 'line', sample },
    ];
    const { series } = read(drawing, false, { legend });
    expect(Object.fromEntries(series.map((one) => [one.name, Math.round(at(one, 120))]))).toEqual({
      solid: 85,
      dashed: 40,
    });
  });

  it('puts the points at the markers, where there are some', () => {
    const places: Points = [
      [15, 70],
      [45, 30],
      [75, 42],
      [105, 20],
      [135, 64],
    ];
    const drawing = new Drawing(150, 100).line(BLUE, places, 1.5);
    for (const [x, y] of places) drawing.disc(BLUE, x, y, 4);
    const { series, evidence } = read(drawing);
    expect(evidence.markers).toBe(5);
    expect(series[0]!.points).toHaveLength(5);
    (series[0]!.points as Points).forEach(([x, y], k) => {
      expect(Math.hypot(x - places[k]![0], y - (100 - places[k]![1]))).toBeLessThan(0.6);
    });
  });

  it('gives the corners of a step, and says that it is one', () => {
    const drawing = new Drawing(150, 100).line(
      BLUE,
      [
        [10, 80],
        [50, 80],
        [50, 30],
        [90, 30],
        [90, 55],
        [140, 55],
      ],
      2,
    );
    const { series, evidence } = read(drawing);
    expect(evidence.stepShare).toBeGreaterThan(0.95);
    expect(evidence.jumps).toBe(2);
    const corners = series[0]!.points as Points;
    expect(corners).toHaveLength(6);
    const want: Points = [
      [10, 20],
      [50, 20],
      [50, 70],
      [90, 70],
      [90, 45],
      [140, 45],
    ];
    for (const [k, [x, y]] of corners.entries()) expect(Math.hypot(x - want[k]![0], y - want[k]![1])).toBeLessThan(1.6);
  });

  it('reads error bars with caps at the points of a line', () => {
    const places: Points = [
      [20, 70],
      [60, 40],
      [100, 50],
      [140, 30],
    ];
    const halves = [12, 18, 9, 15];
    const drawing = new Drawing(160, 100).line(BLUE, places, 1.5);
    places.forEach(([x, y], k) => {
      drawing.box(BLUE, x - 0.75, y - halves[k]!, x + 0.75, y + halves[k]!);
      for (const end of [y - halves[k]!, y + halves[k]!]) drawing.box(BLUE, x - 4, end - 0.75, x + 4, end + 0.75);
      drawing.disc(BLUE, x, y, 4);
    });
    const { series } = read(drawing);
    expect(series[0]!.errors).toHaveLength(4);
    series[0]!.errors!.forEach(([low, high], k) => {
      expect(Math.abs(low - halves[k]!)).toBeLessThan(0.6);
      expect(Math.abs(high - halves[k]!)).toBeLessThan(0.6);
    });
  });

  it('keeps a bluish grey line over the whole area that the legend does not tell', () => {
    const sample = { left: 0, top: 0, right: 1, bottom: 1 };
    const drawing = new Drawing(200, 100)
      .line(
        BLUE,
        [
          [5, 80],
          [195, 20],
        ],
        2,
      )
      .line(
        [84, 85, 120],
        [
          [5, 90],
          [100, 40],
          [195, 70],
        ],
        2,
      );
    const { series } = read(drawing, false, { legend: [{ name: 'a', color: BLUE, mark: 'line', sample }] });
    expect(series.map(({ name }) => name).sort()).toEqual(['a', null]);
  });

  it('warns of a long gap instead of filling it', () => {
    const drawing = new Drawing(200, 100)
      .line(
        BLUE,
        [
          [10, 50],
          [80, 45],
        ],
        2,
      )
      .line(
        BLUE,
        [
          [130, 42],
          [190, 40],
        ],
        2,
      );
    const { series, warnings } = read(drawing);
    expect(series).toHaveLength(1);
    expect(warnings).toEqual([expect.stringMatching(/^A line has a gap of 2\d % of the plot/)]);
  });

  it('gives points close together on a log axis, where a straight stroke is a curve in data units', () => {
    const drawing = new Drawing(210, 120).line(
      BLUE,
      [
        [5, 110],
        [205, 10],
      ],
      2,
    );
    const y = { label: null, scale: 'log' as const, ticks: [], slope: -0.02, offset: 2.4 };
    const { series } = read(drawing, false, { y });
    for (const x of [50, 105, 170]) {
      const want = 10 ** (2.4 - 0.02 * (110 - (x - 5) / 2));
      expect(Math.abs(Math.log10(at(series[0]!, x) / want))).toBeLessThan(0.01);
    }
  });
});
