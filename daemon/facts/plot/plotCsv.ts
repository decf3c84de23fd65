import type { PlotData, PlotDataPanel, PlotDataSeries } from './plotData';

type Cell = string | number;

/**
 * The series as RFC 4180 text: CRLF at line ends, a header, names in quotes where they need them.
 * - Series that share all x: one line an x, one column a series (with errors: two more, "NAME error below" and "... above").
 * - Series of different x, and several panels: long form `series,x,y` (`panel` before it, errors behind it).
 * - A pie: `name,percent`. A heat map: one line a row, one column a column of the map.
 */
export function toCsv(data: PlotData): string {
  const lines = data.panels ? manyPanels(data.panels) : onePanel(data);
  return lines.map((line) => line.map(field).join(',') + '\r\n').join('');
}

/** Names were read in a picture, which is anybody's: one that a spreadsheet would take for a formula is made text by an apostrophe. */
function field(cell: Cell): string {
  const isFormula = typeof cell === 'string' && /^\s*[=+\-@|]/.test(cell) && Number.isNaN(Number(cell));
  const text = isFormula ? `'${cell}` : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function onePanel(panel: PlotDataPanel): Cell[][] {
  if (panel.kind === 'pie') return pie(panel);
  if (panel.kind === 'heatmap' && shareX(panel.series)) return heatmap(panel);
  if (panel.kind === 'box') return boxes(panel);
  return shareX(panel.series) ? wide(panel) : long(panel);
}

function manyPanels(panels: PlotDataPanel[]): Cell[][] {
  const errors = panels.some(({ series }) => hasErrors(series));
  const head: Cell[] = ['panel', 'series', 'x', 'y', ...(errors ? ['error below', 'error above'] : [])];
  return [head, ...panels.flatMap((panel, i) => longLines(panel, errors).map((line): Cell[] => [i + 1, ...line]))];
}

function pie({ series }: PlotDataPanel): Cell[][] {
  return [
    ['name', 'percent'],
    ...series.flatMap((s) => s.points.map(([name, share]): Cell[] => [s.name ?? name, share])),
  ];
}

function heatmap({ y, series }: PlotDataPanel): Cell[][] {
  const head: Cell[] = [y.label ?? 'row', ...(series[0]?.points.map(([column]) => column) ?? [])];
  return [head, ...series.map((row, i): Cell[] => [nameOf(row, i, series), ...row.points.map(([, value]) => value)])];
}

/** One line a box; its outliers in the last column, parted by blanks. */
function boxes({ series }: PlotDataPanel): Cell[][] {
  const summary = series.filter((s) => s.name !== 'outliers');
  const outliers = series.find((s) => s.name === 'outliers');
  const names = [...new Set(summary.flatMap((s) => s.points.map(([x]) => x)))];
  const value = (s: PlotDataSeries, x: Cell): Cell => s.points.find(([at]) => at === x)?.[1] ?? '';
  const head: Cell[] = ['x', ...summary.map((s, i) => nameOf(s, i, series)), ...(outliers ? ['outliers'] : [])];
  const beyond = (x: Cell) =>
    outliers?.points
      .filter(([at]) => at === x)
      .map(([, v]) => v)
      .join(' ') ?? '';
  return [head, ...names.map((x): Cell[] => [x, ...summary.map((s) => value(s, x)), ...(outliers ? [beyond(x)] : [])])];
}

function wide({ x, y, horizontal, series }: PlotDataPanel): Cell[][] {
  const base = horizontal ? y.label : x.label;
  const value = horizontal ? x.label : y.label;
  const nameAt = (s: PlotDataSeries, i: number) =>
    series.length === 1 ? (s.name ?? value ?? 'y') : nameOf(s, i, series);
  const columns = series.flatMap((s, i): Array<{ name: string; at: (row: number) => Cell }> => {
    const name = nameAt(s, i);
    const own = { name, at: (row: number) => s.points[row][1] };
    if (!s.errors) return [own];
    const error = (side: 0 | 1) => (row: number) => s.errors?.[row]?.[side] ?? '';
    return [own, { name: `${name} error below`, at: error(0) }, { name: `${name} error above`, at: error(1) }];
  });
  const lines = (series[0]?.points ?? []).map(([at], row): Cell[] => [at, ...columns.map((column) => column.at(row))]);
  return [[base ?? 'x', ...columns.map((column) => column.name)], ...lines];
}

function long(panel: PlotDataPanel): Cell[][] {
  const errors = hasErrors(panel.series);
  return [['series', 'x', 'y', ...(errors ? ['error below', 'error above'] : [])], ...longLines(panel, errors)];
}

function longLines({ series }: PlotDataPanel, errors: boolean): Cell[][] {
  return series.flatMap((s, i) =>
    s.points.map(([x, y], row): Cell[] => [
      nameOf(s, i, series),
      x,
      y,
      ...(errors ? [s.errors?.[row]?.[0] ?? '', s.errors?.[row]?.[1] ?? ''] : []),
    ]),
  );
}

function hasErrors(series: PlotDataSeries[]): boolean {
  return series.some((s) => s.errors !== undefined);
}

function nameOf(series: PlotDataSeries, index: number, all: PlotDataSeries[]): string {
  return series.name ?? (all.length === 1 ? 'y' : `series ${index + 1}`);
}

function shareX(series: PlotDataSeries[]): boolean {
  const [first] = series;
  if (!first) return true;
  const distinct = new Set(first.points.map(([x]) => x)).size === first.points.length;
  return (
    series.length === 1 ||
    (distinct &&
      series.every(
        (s) => s.points.length === first.points.length && s.points.every(([x], i) => x === first.points[i][0]),
      ))
  );
}
