import type { Fact } from '../../../media/fact';
import type { PlotAxis, PlotKind, PlotPanel, PlotSeries } from '../../../media/plot';
import { axisValue } from './axisValue';
import { trendOf } from './trend';

/** Kinds whose points follow each other along x, so that a trend and a first and last value say something. */
const ORDERED: ReadonlySet<PlotKind> = new Set(['line', 'step', 'area', 'bar', 'histogram', 'scatter']);

/**
 * Trend, minimum, maximum, first and last value of every series: `plot.series1.trend` and so on, in the order of the
 * series; of further panels `plot.panel2.series1.trend`. Values are in data units, of a time axis milliseconds. A series
 * without points gives nothing.
 */
export function seriesFacts(panels: PlotPanel[]): Fact[] {
  return panels.flatMap((panel, p) =>
    panel.series.flatMap((series, s) =>
      factsOf(panel, series, `plot.${p > 0 ? `panel${p + 1}.` : ''}series${s + 1}`, s),
    ),
  );
}

function factsOf(panel: PlotPanel, series: PlotSeries, prefix: string, index: number): Fact[] {
  const values = series.points.map(([, y]) => y).filter(Number.isFinite);
  if (values.length === 0) return [];
  const who = series.name ? `series "${series.name}"` : `series ${index + 1}, which has no name`;
  const how = `${who}: ${values.length} points read from the picture`;
  const extremes: Fact[] = [
    { name: `${prefix}.minimum`, value: tidy(Math.min(...values)), how },
    { name: `${prefix}.maximum`, value: tidy(Math.max(...values)), how },
  ];
  if (!ORDERED.has(panel.kind)) return extremes;
  const inOrder = ordered(series);
  const trend = trendOf(inOrder, spanOf(panel.layout.y, panel));
  const ends: Fact[] =
    panel.kind === 'scatter'
      ? []
      : [
          { name: `${prefix}.first`, value: tidy(inOrder[0]![1]), how: `${who}: the value furthest to the left` },
          { name: `${prefix}.last`, value: tidy(inOrder.at(-1)![1]), how: `${who}: the value furthest to the right` },
        ];
  const judged: Fact[] = trend
    ? [{ name: `${prefix}.trend`, value: trend, how: `${how}, least squares and net change` }]
    : [];
  return [...judged, ...extremes, ...ends];
}

/** Category names count as 0, 1, 2 ... in the order given. */
function ordered({ points }: PlotSeries): Array<[number, number]> {
  const finite = points.filter(([, y]) => Number.isFinite(y));
  return finite.map(([x, y], k): [number, number] => [typeof x === 'number' ? x : k, y]).sort((a, b) => a[0] - b[0]);
}

/** What the y axis shows, on a linear axis; undefined elsewhere. */
function spanOf(axis: PlotAxis, { layout }: PlotPanel): number | undefined {
  if (axis.scale !== 'linear') return undefined;
  const [low, high] = [axisValue(axis, layout.area.bottom), axisValue(axis, layout.area.top)];
  return low === undefined || high === undefined ? undefined : Math.abs(high - low);
}

/** Five digits: a picture tells no more. */
function tidy(value: number): number {
  return Number(value.toPrecision(5));
}
