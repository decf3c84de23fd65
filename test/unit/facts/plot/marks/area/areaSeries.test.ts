import { describe, expect, it } from 'vitest';
import { areaSeries } from '../../../../../../daemon/facts/plot/marks/area/areaSeries';
import { colorLayers } from '../../../../../../daemon/facts/plot/marks/colorLayers';
import type { PlotSeries } from '../../../../../../daemon/media/plot';
import { BLUE, Drawing, ORANGE } from '../drawing';

function read(drawing: Drawing) {
  const panel = drawing.panel();
  return areaSeries(colorLayers(drawing.image, panel), panel);
}

function at(series: PlotSeries, x: number): number {
  const points = series.points as Array<[number, number]>;
  const next = points.findIndex(([px]) => px >= x);
  const [[ax, ay], [bx, by]] = [points[next - 1]!, points[next]!];
  return ay + ((by - ay) * (x - ax)) / (bx - ax);
}

const wave = (x: number) => 40 + 20 * Math.sin(x / 20);

describe('areaSeries', () => {
  it('gives the upper edge of a filled area', () => {
    const drawing = new Drawing(160, 100).fill(BLUE, (x, y) => x > 10 && x < 150 && 100 - y < wave(x));
    const { series, evidence } = read(drawing);
    expect(series).toHaveLength(1);
    expect(evidence).toMatchObject({ areas: 1, stacked: false, solid: 1 });
    for (const x of [20, 70, 130]) expect(Math.abs(at(series[0]!, x) - wave(x))).toBeLessThan(0.6);
  });

  it('gives the thickness of stacked areas', () => {
    const over = (x: number) => wave(x) + 20 + x / 10;
    const drawing = new Drawing(160, 100)
      .fill(ORANGE, (x, y) => x > 10 && x < 150 && 100 - y < over(x) && 100 - y >= wave(x))
      .fill(BLUE, (x, y) => x > 10 && x < 150 && 100 - y < wave(x));
    const { series, evidence } = read(drawing);
    expect(evidence.stacked).toBe(true);
    const [blue, orange] = [...series].sort((a, b) => b.color[2] - a.color[2]);
    for (const x of [20, 70, 130]) {
      expect(Math.abs(at(blue!, x) - wave(x))).toBeLessThan(0.6);
      expect(Math.abs(at(orange!, x) - (20 + x / 10))).toBeLessThan(0.7);
    }
  });

  it('takes the colour and the height of the line on a translucent area', () => {
    const drawing = new Drawing(160, 100).fill(BLUE, (x, y) => x > 10 && x < 150 && 100 - y < wave(x), 0.3);
    drawing.fill(BLUE, (x, y) => x > 10 && x < 150 && Math.abs(100 - y - wave(x)) < 1.6);
    const { series } = read(drawing);
    expect(series.map(({ color }) => color)).toEqual([BLUE]);
    for (const x of [20, 70, 130]) expect(Math.abs(at(series[0]!, x) - wave(x))).toBeLessThan(0.6);
  });

  it('takes no bars for an area', () => {
    const drawing = new Drawing(160, 100);
    for (const [k, h] of [40, 70, 55, 30].entries()) drawing.box(BLUE, 15 + 35 * k, 100 - h, 40 + 35 * k, 100);
    expect(read(drawing).evidence.varied).toBeLessThan(0.25);
  });
});
