import type { PlotAxis, PlotKind, PlotPanel, PlotReading, PlotSeries, Rgb } from '../../media/plot';
import { axisValue } from './marks/axisValue';
import { type Digits, digitsOf, isoTime, rounded } from './plotDigits';

/**
 * The numbers behind a plot, as `plot-data` prints them. What the points of a series mean:
 * - line, scatter, area, step: [x, y]; on a time axis x is an ISO 8601 string, on a category axis the category's name;
 * - bar: [category or number, value], lying bars too (`horizontal`); in a stacked bar the value is the part's own
 *   thickness, not the height of its top;
 * - histogram: [middle of the bin, height];
 * - pie: one series a slice, [name, share in percent];
 * - box: the series "median", "q1", "q3", "low" and "high" (ends of the whiskers) with a point a box, and "outliers" with a
 *   point an outlier;
 * - heatmap: one series a row from the top, named as the row, [column, value].
 */
export interface PlotData {
  kind: PlotKind;
  title: string | null;
  x: PlotDataAxis;
  y: PlotDataAxis;
  series: PlotDataSeries[];
  warnings: string[];
  /** Bars that lie: the values are along x. */
  horizontal?: true;
  /** All panels in reading order, the first one included; only where there are several. */
  panels?: PlotDataPanel[];
}

export type PlotDataPanel = Omit<PlotData, 'panels' | 'warnings'>;

export interface PlotDataAxis {
  label: string | null;
  scale: PlotAxis['scale'];
}

export interface PlotDataSeries {
  name: string | null;
  /** "#rrggbb". */
  color: string;
  points: Array<[number | string, number]>;
  /** Half-lengths of the error bars, [below, above] a point. */
  errors?: Array<[number, number]>;
}

const NO_AXIS: PlotDataAxis = { label: null, scale: 'linear' };

/** The reading as plain data; numbers have as many digits as a tenth of a pixel is worth. */
export function toPlotData(reading: PlotReading): PlotData {
  const warnings = warningsOf(reading);
  const [first] = reading.panels;
  if (reading.kind === 'none' || !first) {
    return { kind: 'none', title: reading.title, x: NO_AXIS, y: NO_AXIS, series: [], warnings };
  }
  const { title, ...data } = panelData(first);
  const panels = reading.panels.length > 1 ? { panels: reading.panels.map(panelData) } : {};
  return { ...data, kind: reading.kind, title: reading.title ?? title, warnings, ...panels };
}

function panelData(panel: PlotPanel): PlotDataPanel {
  const { layout } = panel;
  const horizontal = liesDown(panel);
  const series = panel.series.map((one) => seriesData(one, panel, horizontal));
  return {
    kind: panel.kind,
    title: layout.title,
    x: { label: layout.x.label, scale: layout.x.scale },
    y: { label: layout.y.label, scale: layout.y.scale },
    series,
    ...(horizontal ? { horizontal: true as const } : {}),
  };
}

/** Whether the values of bars or boxes run along x: by the axes, or by which of them gives the values. */
function liesDown({ kind, layout, series }: PlotPanel): boolean {
  if (kind !== 'bar' && kind !== 'histogram' && kind !== 'box') return false;
  if ((layout.x.scale === 'category') !== (layout.y.scale === 'category')) return layout.y.scale === 'category';
  const off = (axis: PlotAxis, along: 0 | 1) =>
    Math.min(
      ...series.flatMap((s) =>
        s.points.map(([, v], i) => Math.abs((axisValue(axis, s.pixels[i]?.[along] ?? 0) ?? 1e300) - v)),
      ),
    );
  return off(layout.x, 0) < off(layout.y, 1);
}

function seriesData(series: PlotSeries, { kind, layout }: PlotPanel, horizontal: boolean): PlotDataSeries {
  const [base, value] = horizontal ? [layout.y, layout.x] : [layout.x, layout.y];
  const x = digitsOf(base);
  const y = valueDigits(kind, value, layout);
  const points = series.points.map(([at, v]): [number | string, number] => [baseOf(at, base, x), rounded(v, y)]);
  const errors = series.errors?.map(([below, above]): [number, number] => [rounded(below, y), rounded(above, y)]);
  return { name: series.name, color: hex(series.color), points, ...(errors ? { errors } : {}) };
}

function valueDigits(kind: PlotKind, value: PlotAxis, layout: PlotPanel['layout']): Digits {
  if (kind === 'pie') return { decimals: 2 };
  if (kind === 'heatmap') return layout.colorbar ? digitsOf(layout.colorbar.axis) : { significant: 6 };
  const own = digitsOf(value);
  const second = layout.y2 ? digitsOf(layout.y2) : own;
  if (own.decimals === undefined || second.decimals === undefined) return own;
  return { decimals: Math.max(own.decimals, second.decimals) };
}

function baseOf(at: number | string, axis: PlotAxis, digits: Digits): number | string {
  if (typeof at === 'string') return at;
  return axis.scale === 'time' ? isoTime(at, axis) : rounded(at, digits);
}

function hex(color: Rgb): string {
  return `#${color
    .map((part) =>
      Math.max(0, Math.min(255, Math.round(part)))
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;
}

/** All warnings once, those of one panel among several with its number. */
function warningsOf(reading: PlotReading): string[] {
  const of = (panel: PlotPanel, index: number) =>
    [...panel.layout.warnings, ...panel.warnings].map((text) =>
      reading.panels.length > 1 ? `Panel ${index + 1}: ${text}` : text,
    );
  return [...new Set([...reading.warnings, ...reading.panels.flatMap(of)])];
}
