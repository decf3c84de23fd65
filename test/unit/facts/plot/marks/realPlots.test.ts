import { readFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { axisPixel } from '../../../../../daemon/facts/plot/marks/axisValue';
import { colorLayers } from '../../../../../daemon/facts/plot/marks/colorLayers';
import { lineSeries } from '../../../../../daemon/facts/plot/marks/lines/lineSeries';
import { scatterSeries } from '../../../../../daemon/facts/plot/marks/scatter/scatterSeries';
import type { ImageMedia } from '../../../../../daemon/media/media';
import type { PanelLayout, PlotAxis, PlotSeries, Rgb } from '../../../../../daemon/media/plot';

const folder = path.resolve(__dirname, '../../../../fixtures/plots');

interface TrueAxis {
  scale: 'linear' | 'log' | 'time';
  at: [[number, number], [number, number]];
}
interface Truth {
  panels: Array<{
    kind: string;
    x: TrueAxis;
    y: TrueAxis;
    series: Array<{ color: Rgb; points: Array<[number, number]>; errors?: number[] }>;
  }>;
}

async function pictureOf(file: string): Promise<ImageMedia & { data: Uint8ClampedArray }> {
  const { data, info } = await sharp(file).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return {
    kind: 'image',
    width: info.width,
    height: info.height,
    data: new Uint8ClampedArray(data),
    format: 'png',
    channels: 4,
    bitDepth: 8,
    hasAlpha: true,
    frames: 1,
    warnings: [],
  };
}

/** The picture, and its only panel as the truth beside it tells: what the layout would find. */
async function load(name: string): Promise<{ image: ImageMedia; panel: PanelLayout; truth: Truth['panels'][0] }> {
  const image = await pictureOf(path.join(folder, `${name}.png`));
  const { width, data: pixels } = image;
  const truth = (JSON.parse(readFileSync(path.join(folder, `${name}.json`), 'utf8')) as Truth).panels[0]!;
  const [xs, ys] = [truth.x, truth.y].map(({ at }) => at.map(([pixel]) => pixel).sort((a, b) => a - b));
  const area = {
    left: Math.round(xs![0]!) + 1,
    right: Math.round(xs![1]!) - 1,
    top: Math.round(ys![0]!) + 1,
    bottom: Math.round(ys![1]!) - 1,
  };
  const corner = 4 * ((area.top + 4) * width + area.left + 4);
  const background = [...pixels.slice(corner, corner + 3)] as Rgb;
  const panel: PanelLayout = {
    area,
    background,
    grid: { x: [], y: [], color: null },
    x: axisOf(truth.x),
    y: axisOf(truth.y),
    title: null,
    legend: truth.series.map(({ color }, k) => ({
      name: `${k}`,
      color,
      mark: 'both',
      sample: { left: 0, top: 0, right: 1, bottom: 1 },
    })),
    annotations: [],
    warnings: [],
  };
  return { image, panel, truth };
}

function axisOf({ scale, at: [[p, a], [q, b]] }: TrueAxis): PlotAxis {
  const even = (value: number) => (scale === 'log' ? Math.log10(value) : value);
  const slope = (even(b) - even(a)) / (q - p);
  return { label: null, scale, ticks: [], slope, offset: even(a) - slope * p };
}

/** Share of the true points that the read polyline passes within 1 % of the panel's height. */
function shareNear(truth: Array<[number, number]>, read: PlotSeries, panel: PanelLayout): number {
  const near = truth.filter(([x, y]) => {
    const [u, v] = [axisPixel(panel.x, x)!, axisPixel(panel.y, y)!];
    const next = Math.max(
      1,
      read.pixels.findIndex(([px]) => px >= u),
    );
    const [[ax, ay], [bx, by]] = [read.pixels[next - 1]!, read.pixels[next]!];
    return Math.abs(ay + ((by - ay) * (u - ax)) / (bx - ax || 1) - v) <= 0.01 * (panel.area.bottom - panel.area.top);
  });
  return near.length / truth.length;
}

describe('marks of real plots, the layout as it truly is', () => {
  it.each(['plotly-10021', 'vega-25038'])('follows every line of %s', async (name) => {
    const { image, panel, truth } = await load(name);
    const { series } = lineSeries(colorLayers(image, panel), panel, false);
    truth.series.forEach(({ points }, k) => {
      const read = series.find((one) => one.name === `${k}`);
      expect(read, `series ${k}`).toBeDefined();
      expect(shareNear(points, read!, panel)).toBeGreaterThanOrEqual(0.9);
    });
  });

  it.each(['d3-30055', 'echarts-15043', 'mpl-102'])('finds the markers of %s', async (name) => {
    const { image, panel, truth } = await load(name);
    const { series } = scatterSeries(colorLayers(image, panel), panel);
    const read = series.flatMap(({ pixels }) => pixels);
    const all = truth.series.flatMap(({ points }) => points);
    const found = all.filter(([x, y]) =>
      read.some(([u, v]) => Math.hypot(u - axisPixel(panel.x, x)!, v - axisPixel(panel.y, y)!) < 3),
    );
    expect(found.length / all.length).toBeGreaterThanOrEqual(0.95);
  });

  it('sees no error bars in the ticks of gnuplot-35013, which stand inside the frame', async () => {
    const { image, panel } = await load('gnuplot-35013');
    const { series } = lineSeries(colorLayers(image, panel), panel, false);
    expect(series.filter(({ errors }) => errors)).toEqual([]);
  });

  it.each(['mpl-116', 'ggplot2-35031', '../marks/gnuplot-35010'])(
    'measures the error bars under the line of %s',
    async (name) => {
      const { image, panel, truth } = await load(name);
      const { series } = lineSeries(colorLayers(image, panel), panel, false);
      const span = Math.abs(panel.y.slope!) * (panel.area.bottom - panel.area.top);
      const { points, errors } = truth.series[0]!;
      expect(series.map((one) => one.points.length)).toEqual([points.length]);
      points.forEach(([x, y], k) => {
        expect(Math.abs(series[0]!.points[k]![1] - y), `value ${k}`).toBeLessThan(0.01 * span);
        // a bar on the frame is not seen: it has none, rather than a wrong one
        const onFrame = Math.abs(axisPixel(panel.x, x)! - panel.area.right) < 2;
        if (onFrame) expect(series[0]!.errors![k]).toEqual([0, 0]);
        for (const end of onFrame ? [] : series[0]!.errors![k]!)
          expect(Math.abs(end - errors![k]!), `error ${k}`).toBeLessThan(0.01 * span);
      });
    },
  );

  it('has a vertex at every marker and nowhere else, those included that the edge of the area cuts', async () => {
    const image = await pictureOf(path.resolve(__dirname, '../../../../../media/samples/plot.png'));
    const sample = { left: 0, top: 0, right: 1, bottom: 1 };
    const panel: PanelLayout = {
      area: { left: 65, right: 615, top: 39, bottom: 420 },
      background: [255, 255, 255],
      grid: { x: [], y: [], color: null },
      x: { label: null, scale: 'linear', ticks: [], slope: 24 / 553.3, offset: (-24 * 63.3) / 553.3 },
      y: { label: null, scale: 'linear', ticks: [], slope: -0.0374, offset: 23.434 },
      title: null,
      legend: [
        { name: 'City', color: [31, 119, 180], mark: 'both', sample },
        { name: 'Forest', color: [255, 127, 14], mark: 'both', sample },
      ],
      legendBox: { left: 513, top: 41, right: 611, bottom: 89 },
      annotations: [],
      warnings: [],
    };
    const hours = [0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24];
    const { series } = lineSeries(colorLayers(image, panel), panel, false);
    for (const name of ['City', 'Forest']) {
      const read = series.find((one) => one.name === name)!;
      expect(read.points).toHaveLength(hours.length);
      read.points.forEach(([x], k) => {
        expect(Math.abs((x as number) - hours[k]!), `${name}, marker ${k}`).toBeLessThan(0.05);
      });
    }
  });
});
