import type { FactArray } from '../../media/fact';
import { type FactReader, type Line, line, map } from './factReader';
import { numberText } from './numberText';

const KINDS: Record<string, string> = {
  line: 'line plot',
  scatter: 'scatter plot',
  bar: 'bar chart',
  histogram: 'histogram',
  pie: 'pie chart',
  box: 'box plot',
  heatmap: 'heat map',
  area: 'area chart',
  step: 'step plot',
  contour: 'contour plot',
};

/** Kinds whose series are told one by one. */
export const CURVES = ['line', 'step', 'area', 'scatter'];
const MOST_SERIES = 8;
const MOST_ROWS = 14;

/** What was read of a plot; empty where the picture is none. */
export function plotLines(facts: FactReader): Line[] {
  const kind = facts.text('plot.kind');
  const words = kind === undefined ? undefined : KINDS[kind];
  if (kind === undefined || words === undefined) return [];
  const panels = facts.number('plot.panels') ?? 1;
  return [
    ['plot', [facts.text('plot.arrangement'), words].filter(Boolean).join(' ')],
    ...line('panels', panels > 1 ? String(panels) : undefined),
    ...line('title', facts.text('plot.title')),
    ...line('x label', facts.text('plot.xLabel')),
    ...line('y label', facts.text('plot.yLabel')),
    ...line('x axis', axisText(facts, 'x')),
    ...line('y axis', axisText(facts, 'y')),
    ...(CURVES.includes(kind) || kind === 'histogram' ? curveLines(facts, kind) : []),
    ...(kind === 'bar' ? barLines(facts) : []),
    ...rows(facts, 'plot.slices', 'slices', (value) => `${Math.round(value)} %`),
    ...rows(facts, 'plot.medians', 'boxes', (value) => `median ${numberText(value)}`),
  ];
}

function axisText(facts: FactReader, axis: 'x' | 'y'): string | undefined {
  const scale = facts.text(`plot.${axis}Scale`);
  if (scale === 'category') return 'categories';
  const ends = facts.list(`plot.${axis}Range`)?.map(endText);
  if (ends?.length !== 2) return undefined;
  return `${ends[0]} to ${ends[1]}${scale === 'log' ? ', logarithmic' : ''}`;
}

const endText = (end: FactArray[number]): string =>
  typeof end === 'number' ? numberText(end) : String(end).slice(0, 10);

/** One line a series: "- NAME: rising, 1 to 5, lowest 1, highest 5". */
function curveLines(facts: FactReader, kind: string): Line[] {
  const count = facts.number('plot.seriesCount');
  const series = (facts.list('plot.seriesFacts') ?? []).filter(Array.isArray).slice(0, MOST_SERIES);
  const told = kind === 'histogram' ? [] : series.map((row): Line => seriesLine(row, series.length, kind));
  return [...line('series', map(count || undefined, String)), ...told];
}

function seriesLine([name, trend, low, high, first, last]: FactArray, count: number, kind: string): Line {
  const numbers = [first, last, low, high].map((value) => numberText(Number(value)));
  const ends = kind === 'scatter' ? '' : `${numbers[0]} to ${numbers[1]}, `;
  const unnamed = count === 1 && String(name).startsWith('#');
  return [`- ${unnamed ? 'the data' : name}`, `${trend}, ${ends}lowest ${numbers[2]}, highest ${numbers[3]}`];
}

function barLines(facts: FactReader): Line[] {
  const series = facts.list('plot.series') ?? [];
  const told = ([at, value, name]: FactArray) =>
    [String(at), numberText(Number(value)), ...(name === undefined ? [] : [String(name)])].join(', ');
  return [
    ...line('series', series.length > 1 ? `${series.length}: ${series.join(', ')}` : undefined),
    ...line('bars', map(facts.number('plot.bars'), String)),
    ...line('highest', map(facts.list('plot.highest'), told)),
    ...line('lowest', map(facts.list('plot.lowest'), told)),
    ...rows(facts, 'plot.barValues', undefined, numberText),
  ];
}

/** [[name, value], ...] as a count and one line each. */
function rows(facts: FactReader, name: string, count: string | undefined, show: (value: number) => string): Line[] {
  const list = (facts.list(name) ?? []).filter(Array.isArray);
  const lines = list.slice(0, MOST_ROWS).map(([at, value]): Line => [`- ${at}`, show(Number(value))]);
  return [...line(count ?? '', count === undefined || list.length === 0 ? undefined : String(list.length)), ...lines];
}
