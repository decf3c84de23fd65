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
