import { describe, expect, it } from 'vitest';
import { colorLayers } from '../../../../../../daemon/facts/plot/marks/colorLayers';
import { readScatter } from '../../../../../../daemon/facts/plot/marks/scatter/readScatter';
import { scatterSeries } from '../../../../../../daemon/facts/plot/marks/scatter/scatterSeries';
import { BLUE, Drawing, ORANGE } from '../drawing';

type Points = Array<[number, number]>;

function read(drawing: Drawing) {
  const panel = drawing.panel();
  return scatterSeries(colorLayers(drawing.image, panel), panel);
}

function expectNear(points: Points, want: Points, height: number, within: number): void {
  expect(points).toHaveLength(want.length);
  for (const [x, y] of want) {
    expect(
      Math.min(...points.map(([u, v]) => Math.hypot(u - x, v - (height - y)))),
      `a marker at ${x}, ${y}`,
    ).toBeLessThan(within);
  }
}

const LONE: Points = [
  [20.3, 20.8],
  [60.1, 30.2],
  [100.6, 70.5],
  [30, 75],
];

describe('scatterSeries', () => {
  it('finds lone markers to a fraction of a pixel', () => {
    const drawing = new Drawing(120, 100);
    for (const [x, y] of LONE) drawing.disc(BLUE, x, y, 4);
    const { series, evidence } = read(drawing);
    expectNear(series[0]!.points as Points, LONE, 100, 0.1);
    expect(evidence).toMatchObject({ count: 4, loneShare: 1, explained: 1 });
  });

  it('parts markers that touch', () => {
    const all: Points = [...LONE, [75, 60], [80.5, 61], [60, 80], [66, 76]];
    const drawing = new Drawing(120, 100);
    for (const [x, y] of all) drawing.disc(BLUE, x, y, 4);
    expectNear(read(drawing).series[0]!.points as Points, all, 100, 1.2);
  });

  it('places a marker that another colour half hides', () => {
    const drawing = new Drawing(120, 100);
    for (const [x, y] of [...LONE, [80, 50] as [number, number]]) drawing.disc(BLUE, x, y, 5);
    drawing.disc(ORANGE, 84, 50, 5).disc(ORANGE, 15, 50, 5).disc(ORANGE, 50, 60, 5);
    const blue = read(drawing).series.find(({ color }) => color[2] > 100)!;
    expectNear(blue.points as Points, [...LONE, [80, 50]], 100, 1.5);
  });

  it('places a marker whose middle lies outside the area by what is inside', () => {
    const drawing = new Drawing(120, 100);
    const all: Points = [...LONE, [-1.5, 50]];
    for (const [x, y] of all) drawing.disc(BLUE, x, y, 6);
    expectNear(read(drawing).series[0]!.points as Points, all, 100, 1.2);
  });

  it('reads rings', () => {
    const drawing = new Drawing(120, 100);
    for (const [x, y] of LONE) drawing.fill(BLUE, (u, v) => Math.abs(Math.hypot(u - x, v - y) - 5) < 0.8);
    expectNear(read(drawing).series[0]!.points as Points, LONE, 100, 0.3);
  });

  it('centres the triangles of matplotlib by their box', () => {
    const drawing = new Drawing(120, 100);
    for (const [x, y] of LONE) drawing.fill(BLUE, (u, v) => v <= y + 5 && v >= y - 5 + 2 * Math.abs(u - x));
    expectNear(read(drawing).series[0]!.points as Points, LONE, 100, 0.6);
  });

  it.each([
    ['circle', (u: number, v: number) => Math.hypot(u, v) <= 5],
    ['square', (u: number, v: number) => Math.max(Math.abs(u), Math.abs(v)) <= 4],
    ['diamond', (u: number, v: number) => Math.abs(u) + Math.abs(v) <= 6],
    ['triangle', (u: number, v: number) => v <= 5 && v >= -5 + 2 * Math.abs(u)],
    [
      'cross',
      (u: number, v: number) => Math.min(Math.abs(u), Math.abs(v)) <= 0.8 && Math.max(Math.abs(u), Math.abs(v)) <= 5,
    ],
  ])('tells a %s', (shape, inside) => {
    const drawing = new Drawing(120, 100);
    for (const [x, y] of LONE) drawing.fill(BLUE, (u, v) => inside(u - x, v - y));
    const pixels = colorLayers(drawing.image, drawing.panel());
    expect(readScatter(pixels, pixels.layers[0]!).shape).toBe(shape);
  });

  it('parts even squares on whole pixels that touch at a corner or overlap', () => {
    const drawing = new Drawing(120, 100);
    const alone: Points = [
      [15, 20],
      [40, 75],
      [105, 20],
      [20, 50],
    ];
    const places: Points = [...alone, [60, 50], [66, 44], [90, 70], [94, 74]];
    for (const [x, y] of places) drawing.box(BLUE, x - 3, y - 3, x + 3, y + 3);
    expectNear(read(drawing).series[0]!.points as Points, places, 100, 0.6);
  });

  it('parts small triangles that overlap', () => {
    const drawing = new Drawing(120, 100);
    const places: Points = [...LONE, [60.3, 50.2], [66.1, 52.9], [90.6, 72.4], [87.2, 76.8]];
    for (const [x, y] of places) drawing.fill(BLUE, (u, v) => v <= y + 2.8 && v >= y - 2.8 + 1.35 * Math.abs(u - x));
    expect(read(drawing).series[0]!.points).toHaveLength(places.length);
  });

  it('reads bubbles of many sizes', () => {
    const drawing = new Drawing(200, 120);
    const bubbles = [
      [20, 20, 3],
      [60, 30, 5],
      [100, 70, 7],
      [30, 75, 9],
      [150, 40, 11],
      [170, 95, 4],
    ] as const;
    for (const [x, y, r] of bubbles) drawing.disc(BLUE, x, y, r);
    expectNear(
      read(drawing).series[0]!.points as Points,
      bubbles.map(([x, y]) => [x, y]),
      120,
      0.3,
    );
  });

  it('finds none in a line', () => {
    const drawing = new Drawing(150, 100).line(
      BLUE,
      [
        [10, 80],
        [50, 12],
        [140, 40],
      ],
      2,
    );
    expect(read(drawing).series).toEqual([]);
  });
});
