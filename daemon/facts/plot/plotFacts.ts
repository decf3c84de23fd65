import type { Fact, FactArray, FactValue } from '../../media/fact';
import type { PlotAxis, PlotPanel, PlotReading, PlotSeries, Rgb } from '../../media/plot';
import { digitsOf, isoTime, rounded } from './plotDigits';
import { FLAT_SHARE, TREND_CORRELATION, trendOf } from './trendOf';

/** Facts about what a plot shows; of several panels the first is told, with their number. None where it is no plot. */
export function plotFacts(reading: PlotReading): Fact[] {
  const panel = reading.panels[0];
  if (!panel || reading.kind === 'none') return [];
  const warnings = reading.warnings.length + reading.panels.reduce((sum, p) => sum + p.warnings.length, 0);
  return [
    fact('plot.kind', reading.kind, 'Decided from the shapes of the marks.'),
    fact('plot.panels', reading.panels.length, 'Plotting areas with axes; the facts below are about the first.'),
    ...titleFacts(reading, panel),
    ...axisFacts('x', panel.layout.x, [panel.layout.area.left, panel.layout.area.right]),
    ...axisFacts('y', panel.layout.y, [panel.layout.area.bottom, panel.layout.area.top]),
    ...seriesFacts(panel),
    ...barFacts(panel),
    ...partFacts(panel),
    fact('plot.warnings', warnings, 'Things in this plot that could not be read with certainty.'),
  ];
}

const fact = (name: string, value: FactValue, how: string): Fact => ({ name, value, how });

function titleFacts(reading: PlotReading, { layout }: PlotPanel): Fact[] {
  const title = reading.title ?? layout.title;
  return [
    ...(title ? [fact('plot.title', title, 'Read above the plotting area (PP-OCRv4).')] : []),
    ...(layout.x.label ? [fact('plot.xLabel', layout.x.label, 'Read beside the tick labels of the x axis.')] : []),
    ...(layout.y.label ? [fact('plot.yLabel', layout.y.label, 'Read beside the tick labels of the y axis.')] : []),
  ];
}

function axisFacts(name: 'x' | 'y', axis: PlotAxis, ends: [number, number]): Fact[] {
  if (axis.ticks.length === 0) return [];
  const scale = fact(`plot.${name}Scale`, axis.scale, 'From the labels of the axis and where they stand.');
  if (axis.slope === undefined || axis.offset === undefined) {
    return axis.scale === 'category' ? [scale] : [];
  }
  const range = ends.map((pixel) => shown(valueAt(axis, pixel), axis));
  return [scale, fact(`plot.${name}Range`, range, 'Values at the two ends of the plotting area, by the fitted scale.')];
}

function valueAt({ scale, slope, offset }: PlotAxis, pixel: number): number {
  const value = offset! + slope! * pixel;
  return scale === 'log' ? 10 ** value : value;
}

const shown = (value: number, axis: PlotAxis): number | string =>
  axis.scale === 'time' ? isoTime(value, axis) : rounded(value, digitsOf(axis));

function seriesFacts({ layout, series }: PlotPanel): Fact[] {
  const legend = layout.legend.map((entry) => entry.name);
  const facts = [
    ...(legend.length > 0 ? [fact('plot.legend', legend, 'Names of the legend, in its order.')] : []),
    fact('plot.seriesCount', series.length, 'Series told apart by colour, marker and dash.'),
  ];
  if (series.length === 0) return facts;
  facts.push(fact('plot.series', series.map(nameOf), 'Names by the legend, else the colour.'));
  const rows = series.filter(({ points }) => points.length > 0).map((s) => rowOf(s, layout.x, layout.y));
  if (rows.length > 0) facts.push(fact('plot.seriesFacts', rows, ROW));
  return facts;
}

const ROW =
  'One series: name, trend, minimum, maximum, first and last value, from its points as read. The trend is flat where ' +
  `the values span less than ${100 * FLAT_SHARE} % of the axis, rising or falling where Spearman's rank correlation ` +
  `with x is at least ${TREND_CORRELATION}, else mixed.`;

function rowOf(series: PlotSeries, x: PlotAxis, y: PlotAxis): FactArray {
  const axis = valueAxis({ x, y });
  const points = [...series.points];
  if (points.every(([at]) => typeof at === 'number')) points.sort((a, b) => Number(a[0]) - Number(b[0]));
  const values = points.map(([, value]) => value);
  const even = (v: number) => (axis.scale === 'log' ? Math.log10(v) : v);
  const span = axis.slope === undefined ? 0 : Math.abs(axis.slope) * axisPixels(axis);
  const digits = digitsOf(axis);
  const [low, high] = [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
  return [
    nameOf(series),
    trendOf(values.map(even), span),
    ...[low, high, values[0]!, values.at(-1)!].map((v) => rounded(v, digits)),
  ];
}

/** The axis of the values: x where bars lie and the categories stand on y. */
function valueAxis({ x, y }: Pick<PlotPanel['layout'], 'x' | 'y'>): PlotAxis {
  return y.scale === 'category' && x.scale !== 'category' ? x : y;
}

/** Pixels between the outermost ticks. */
function axisPixels({ ticks }: PlotAxis): number {
  const at = ticks.map((t) => t.pixel);
  return at.length === 0 ? 0 : Math.max(...at) - Math.min(...at);
}

const nameOf = ({ name, color }: PlotSeries): string => name ?? hex(color);

const hex = (color: Rgb): string => `#${color.map((c) => Math.round(c).toString(16).padStart(2, '0')).join('')}`;

function barFacts(panel: PlotPanel): Fact[] {
  const { kind, layout, series } = panel;
  if (kind !== 'bar') return [];
  const axis = valueAxis(layout);
  const bars = series.flatMap((s) => s.points.map(([at, value]) => ({ at, value, name: s.name })));
  if (bars.length < 2) return [];
  const arrangement = arrangementOf(panel);
  const row = (bar: (typeof bars)[number]): FactArray => [
    bar.at,
    rounded(bar.value, digitsOf(axis)),
    ...(bar.name === null ? [] : [bar.name]),
  ];
  const highest = bars.reduce((best, bar) => (bar.value > best.value ? bar : best));
  const lowest = bars.reduce((best, bar) => (bar.value < best.value ? bar : best));
  return [
    ...(arrangement
      ? [fact('plot.arrangement', arrangement, 'Whether bars lie, and how those of several series share a place.')]
      : []),
    fact('plot.bars', bars.length, 'Bars, every part of a stacked one counted.'),
    ...(series.length === 1 && bars.length <= MOST_BARS
      ? [fact('plot.barValues', bars.map(row), 'Category and value of each bar.')]
      : []),
    fact('plot.highest', row(highest), 'Category, value and series of the largest bar (or part of a stacked bar).'),
    fact('plot.lowest', row(lowest), 'Category, value and series of the smallest bar (or part of a stacked bar).'),
  ];
}

/** More bars than this are in the extracted data, not among the facts. */
const MOST_BARS = 40;

/** "horizontal", "grouped", "stacked", or undefined for standing bars of one series. */
function arrangementOf({ layout, series }: PlotPanel): string | undefined {
  const lying = valueAxis(layout) === layout.x;
  const [first, second] = series;
  if (!first || !second) return lying ? 'horizontal' : undefined;
  const across = lying ? 1 : 0;
  const same = first.points.flatMap(([at], i) => {
    const j = second.points.findIndex(([other]) => other === at);
    const [one, two] = [first.pixels[i], second.pixels[j]];
    return one && two ? [Math.abs(one[across] - two[across])] : [];
  });
  if (same.length === 0) return lying ? 'horizontal' : undefined;
  return same.filter((distance) => distance > 2).length * 2 > same.length ? 'grouped' : 'stacked';
}

/** Slices of a pie and medians of boxes, by name. */
function partFacts({ kind, layout, series }: PlotPanel): Fact[] {
  if (kind === 'pie') {
    const slices = series.flatMap((s) =>
      s.points.map(([at, share]): FactArray => [at, rounded(share, { decimals: 1 })]),
    );
    return slices.length > 0
      ? [fact('plot.slices', slices, 'Name (or number from twelve o’clock) and percentage of each slice.')]
      : [];
  }
  const medians = kind === 'box' ? series.find((s) => s.name === 'median')?.points : undefined;
  if (!medians) return [];
  const axis = valueAxis(layout);
  const rows = medians.map(([at, value]): FactArray => [at, rounded(value, digitsOf(axis))]);
  return [fact('plot.medians', rows, 'Category (or place) and median of each box.')];
}
