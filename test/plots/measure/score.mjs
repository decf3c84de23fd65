/** All checks of one plot: truth (the JSON beside the picture) against a PlotReading. */
import { apart, categoriesOf, loose, plain, readAt } from './axes.mjs';
import { bars, boxes, cells, curves, pie, scatter } from './marks.mjs';
import { matchPanels } from './match.mjs';

const WITHIN = 0.01;
const MARKS = {
  line: (panel, read) => curves(panel, read, 'line'),
  step: (panel, read) => curves(panel, read, 'step'),
  area: (panel, read) => curves(panel, read, 'area'),
  scatter,
  bar: (panel, read) => bars(panel, read, 'bar'),
  histogram: (panel, read) => bars(panel, read, 'histogram'),
  pie,
  box: boxes,
  heatmap: cells,
};
const NOTHING = { kind: 'none', series: [], layout: { title: null, legend: [], x: null, y: null }, warnings: [] };

/** `reading` undefined: readPlot threw; every check then fails. */
export function scorePlot(truth, reading) {
  const kind = {
    bar: 'kind',
    right: reading?.kind === truth.kind ? 1 : 0,
    of: 1,
    note: `want ${truth.kind}, got ${reading?.kind ?? 'an error'}`,
  };
  const plot = {
    bar: 'plot or not',
    right: reading && (reading.kind === 'none') === (truth.kind === 'none') ? 1 : 0,
    of: 1,
    note: kind.note,
  };
  if (truth.kind === 'none') return [kind, plot];
  const reads = matchPanels(truth.panels, reading?.panels ?? []);
  const panels = {
    bar: 'panels',
    right: (reading?.panels.length ?? 0) === truth.panels.length ? 1 : 0,
    of: 1,
    note: `want ${truth.panels.length}, got ${reading?.panels.length ?? 0}`,
  };
  const single = truth.panels.length === 1;
  return [kind, plot, panels].concat(
    single ? [] : text('suptitle', truth.title, reading?.title),
    truth.panels.flatMap((panel, i) => scorePanel(panel, reads[i] ?? NOTHING, single ? reading?.title : null)),
  );
}

function scorePanel(panel, read, figureTitle) {
  const layout = read.layout;
  return [
    ...text('title', panel.title, layout.title ?? figureTitle),
    ...(panel.x
      ? [...text('axis label', panel.x.label, layout.x?.label), ...text('axis label', panel.y.label, layout.y?.label)]
      : []),
    ...(panel.x ? [axis(panel, 'x', layout.x), axis(panel, 'y', layout.y)] : []),
    ...(panel.y2 ? [axis(panel, 'y2', layout.y2)] : []),
    ...legend(panel, layout),
    ...(MARKS[panel.kind]?.(panel, read) ?? []),
  ];
}

/** A text that is there must be read to the character; one that is not must not be invented. */
function text(what, want, got) {
  if (!want) return [{ bar: `no ${what} invented`, right: got ? 0 : 1, of: 1, note: `got "${got}"` }];
  const note = `${what}: want "${want}", got "${got ?? ''}"`;
  const exact = { right: plain(want) === plain(got) ? 1 : 0, of: 1, note };
  return [
    { bar: `${what} exact`, ...exact },
    { bar: 'title and axis labels exact', ...exact },
    { bar: `${what} but for case and spaces`, right: loose(want) === loose(got) ? 1 : 0, of: 1 },
  ];
}

function axis(panel, which, got) {
  const truth = panel[which];
  const { ok, note } = truth.scale === 'category' ? categories(panel, truth, got) : scale(truth, got);
  const check = { right: ok ? 1 : 0, of: 1, note: `${which} ${truth.scale}: ${note}` };
  return { bar: 'axis scale within 1 %', detail: `axis ${truth.scale}`, ...check };
}

function categories(panel, truth, got) {
  const want = categoriesOf(truth, panel.series).map(plain);
  const read = (got?.categories ?? []).map((category) => plain(category.name));
  const ok = got?.scale === 'category' && want.length === read.length && want.every((name, i) => name === read[i]);
  return { ok, note: `want ${want.join(' | ')}, got ${got ? `${got.scale} ${read.join(' | ')}` : 'none'}` };
}

function scale(truth, got) {
  const errors = truth.at.map(([pixel, value]) => apart(truth, readAt(got, pixel), value));
  const values = truth.at.map(([pixel, value]) => `${value} -> ${readAt(got, pixel)}`).join(', ');
  return {
    ok: got?.scale === truth.scale && Math.max(...errors) <= WITHIN,
    note: `got ${got?.scale ?? 'none'}, ${values}`,
  };
}

/** Names of the legend, where the truth says that one is drawn. */
function legend(panel, layout) {
  if (!panel.legend) return [];
  const want = panel.series.map((series) => series.name).filter(Boolean);
  const got = layout.legend.map((entry) => plain(entry.name));
  const right = want.filter((name) => got.includes(plain(name))).length;
  return [
    { bar: 'legend names exact', right, of: want.length, note: `want ${want.join(' | ')}, got ${got.join(' | ')}` },
  ];
}
