import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { readPlot } from '../../../../daemon/facts/plot';
import type { ImageMedia } from '../../../../daemon/media/media';
import type { PlotAxis, PlotReading } from '../../../../daemon/media/plot';
import { recordedText } from '../../../support/recordedText';

const folder = path.resolve(__dirname, '../../../fixtures/plots');

interface TrueAxis {
  label: string | null;
  scale: PlotAxis['scale'];
  at: Array<[number, number]>;
  categories?: Array<{ name: string; pixel: number }>;
}
interface Truth {
  kind: string;
  title: string | null;
  panels: Array<{ title: string | null; x: TrueAxis | null; y: TrueAxis | null }>;
}

/** What is read wrong now, plot by plot. Shorter is better: whoever mends one takes it off. */
const KNOWN: Record<string, string[]> = {
  'd3-30055': ['y label "current [A]"'],
  'echarts-18003': ['x label "Concentration [mg"', 'y label ""'], // the first is cut off by the picture's edge
  'ggplot2-35031': ['y axis linear'],
  'r-40020': ['kind line'],
  'seaborn-5034': ['y label "Temperature (K) 2021 Women"', 'y axis linear'],
};

async function picture(name: string): Promise<ImageMedia> {
  const { data, info } = await sharp(path.join(folder, `${name}.png`))
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
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

const plain = (text: string | null | undefined): string => (text ?? '').normalize('NFKC').replace(/\s+/g, ' ').trim();

/** Whether the axis gives the true values within 1 % of their span, or the true names. */
function isRight(truth: TrueAxis, read: PlotAxis | undefined): boolean {
  if (read?.scale !== truth.scale) return false;
  if (truth.scale === 'category') {
    const names = [...(truth.categories ?? [])].sort((a, b) => a.pixel - b.pixel).map((c) => plain(c.name));
    return names.length === 0 || names.join('|') === read.categories?.map((c) => plain(c.name)).join('|');
  }
  if (read.slope === undefined || read.offset === undefined) return false;
  const level = (value: number) => (truth.scale === 'log' ? Math.log10(value) : value);
  const [[, low], [, high]] = truth.at as [[number, number], [number, number]];
  const span = Math.abs(level(high) - level(low));
  return truth.at.every(([p, value]) => Math.abs(read.offset! + read.slope! * p - level(value)) <= 0.01 * span);
}

function mistakes(truth: Truth, reading: PlotReading): string[] {
  const found: string[] = [];
  if (reading.kind !== truth.kind) found.push(`kind ${reading.kind}`);
  if (truth.kind === 'none') return found;
  if (reading.panels.length !== truth.panels.length) found.push(`${reading.panels.length} panels`);
  truth.panels.forEach((panel, i) => {
    const layout = reading.panels[i]?.layout;
    const title = layout?.title ?? (truth.panels.length === 1 ? reading.title : null);
    if (plain(panel.title) !== plain(title)) found.push(`title "${plain(title)}"`);
    for (const axis of ['x', 'y'] as const) {
      const wanted = panel[axis];
      if (!wanted) continue;
      if (plain(wanted.label) !== plain(layout?.[axis].label))
        found.push(`${axis} label "${plain(layout?.[axis].label)}"`);
      if (!isRight(wanted, layout?.[axis])) found.push(`${axis} axis ${layout?.[axis].scale ?? 'none'}`);
    }
  });
  return found;
}

/** The series of a plot by name. */
async function seriesOf(name: string): Promise<Map<string | null, Array<[number | string, number]>>> {
  const { panels } = await readPlot(await picture(name), recordedText(name));
  return new Map(panels[0]!.series.map((s) => [s.name, s.points as Array<[number | string, number]>]));
}

describe('what stood in the way of the series', () => {
  it('values printed over bars and beside them', async () => {
    const series = await seriesOf('echarts-18003');
    expect(series.get('Station A')!.map(([at]) => at)).toEqual(['Nuclear', 'Coal', 'Wind', 'Gas']);
    const women = series.get('Women')!.map(([, value]) => value);
    [695000, 486000, 502000, 935000].forEach((value, i) => {
      expect(Math.abs(women[i]! - value)).toBeLessThan(10_000);
    });
  });

  it('a colour bar as high as the heat map beside it', async () => {
    const rows = await seriesOf('gnuplot-38003');
    expect([...rows.keys()]).toEqual(['55-64', '45-54', '35-44', '25-34', '18-24']);
    expect(rows.get('35-44')![3]![1]).toBeCloseTo(9.82, 1);
  });

  it('whiskers in one column with the ticks of the frame', async () => {
    const series = await seriesOf('gnuplot-38066');
    expect(series.get('median')!.map(([at, value]) => [at, Math.round(value / 1e4)])).toEqual([
      ['Nuclear', 299],
      ['Hydro', 313],
    ]);
  });
});

describe('readPlot on plots of ten libraries, with the text as it was recorded', () => {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.png'))
    .map((name) => path.basename(name, '.png'));

  it.each(names)(
    '%s: kind, titles and axes',
    async (name) => {
      const truth = JSON.parse(readFileSync(path.join(folder, `${name}.json`), 'utf8')) as Truth;
      const reading = await readPlot(await picture(name), recordedText(name));
      expect(mistakes(truth, reading)).toEqual(KNOWN[name] ?? []);
    },
    20_000,
  );
});
