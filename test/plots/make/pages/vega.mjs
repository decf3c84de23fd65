import * as vega from 'vega';
import { compile } from 'vega-lite';
import { categoryAxis, pick, rgb, valueAxis } from './common.mjs';

const MARKERS = { circle: 'circle', square: 'square', triangle: 'triangle-up' };
const DARK = {
  background: '#333',
  view: { stroke: '#888' },
  title: { color: '#fff' },
  axis: { domainColor: '#fff', gridColor: '#888', tickColor: '#fff', labelColor: '#fff', titleColor: '#fff' },
  legend: { labelColor: '#fff', titleColor: '#fff' },
  style: { 'guide-label': { fill: '#fff' }, 'guide-title': { fill: '#fff' } },
};
/** The ggplot2 and FiveThirtyEight looks of vega-themes, as far as they show. */
const OTHERS = {
  ggplot2: {
    background: '#fff',
    view: { fill: '#e5e5e5', stroke: null },
    axis: { gridColor: '#fff', domain: false, tickColor: '#7f7f7f', labelColor: '#7f7f7f' },
    bar: { fill: '#000' },
    line: { stroke: '#000' },
    range: { category: ['#000', '#7f7f7f', '#cc4c29', '#1f9e89'] },
  },
  fivethirtyeight: {
    background: '#f0f0f0',
    view: { stroke: null },
    axis: { domainColor: '#cbcbcb', gridColor: '#cbcbcb', tickColor: '#cbcbcb', labelColor: '#999', labelFontSize: 10 },
    title: { anchor: 'start', fontSize: 20 },
    range: { category: ['#30a2da', '#fc4f30', '#e5ae38', '#6d904f'] },
  },
};

const rowsOf = (plan) =>
  plan.series.flatMap((series) =>
    series.points.map(([x, y], i) => ({
      x,
      y,
      series: series.name,
      low: y - (series.errors?.[i] ?? 0),
      high: y + (series.errors?.[i] ?? 0),
    })),
  );

function channel(plan, axis, field) {
  const type = { category: 'nominal', time: 'temporal' }[axis.scale] ?? 'quantitative';
  const scale = { log: { type: 'log' }, time: { type: 'utc' } }[axis.scale];
  const zero =
    plan.kind === 'line' && field === 'y' && axis.scale === 'linear' && pick(plan, 1, [true, false])
      ? { zero: false }
      : {};
  const base = {
    field,
    type,
    title: axis.label ?? null,
    sort: pick(plan, 2, [null, undefined]),
    scale: scale || Object.keys(zero).length ? { ...scale, ...zero } : undefined,
  };
  const axisOptions = {
    ...(plan.look.grid === undefined || plan.kind === 'heatmap' ? {} : { grid: plan.look.grid }),
    ...(axis.scale === 'category' ? { labelAngle: pick(plan, 3, [0, 0, undefined]) } : {}),
  };
  return { ...base, axis: axisOptions };
}

function colorChannel(plan) {
  if (plan.series.length < 2 && plan.kind !== 'pie') return undefined;
  const orient = { default: undefined, inside: 'top-left', right: 'right', top: 'top', bottom: 'bottom' }[plan.legend];
  return {
    field: 'series',
    type: 'nominal',
    title: pick(plan, 4, [null, 'series']),
    sort: null,
    legend: plan.legend === 'none' && plan.kind !== 'pie' ? null : { orient },
  };
}

function lineLayers(plan) {
  const { marker, dashes, lineWidth } = plan.look;
  const color = colorChannel(plan);
  const encoding = { x: channel(plan, plan.x, 'x'), y: channel(plan, plan.y, 'y'), color };
  if (dashes && color)
    encoding.strokeDash = { field: 'series', type: 'nominal', sort: null, legend: color.legend, title: color.title };
  if (plan.kind === 'area') encoding.y.stack = plan.mode === 'stacked' ? 'zero' : null;
  const mark =
    plan.kind === 'area'
      ? { type: 'area' }
      : {
          type: 'line',
          strokeWidth: lineWidth,
          point: marker ? { shape: MARKERS[marker], filled: true } : undefined,
          interpolate: plan.kind === 'step' ? pick(plan, 5, ['step-after', 'step-before', 'step']) : undefined,
        };
  if (plan.mode !== 'errors') return { mark, encoding };
  const errors = {
    mark: { type: 'errorbar', ticks: pick(plan, 6, [true, false]) },
    encoding: { x: encoding.x, y: { ...encoding.y, field: 'low' }, y2: { field: 'high' } },
  };
  return { layer: [errors, { mark: { type: 'line', point: true }, encoding }] };
}

const SPECS = {
  line: lineLayers,
  step: lineLayers,
  area: lineLayers,
  scatter: (plan) => ({
    mark: {
      type: 'point',
      ...pick(plan, 7, [{}, { filled: true }, { filled: true, opacity: 1 }]),
      ...(plan.look.marker ? { shape: MARKERS[plan.look.marker] } : {}),
    },
    encoding: { x: channel(plan, plan.x, 'x'), y: channel(plan, plan.y, 'y'), color: colorChannel(plan) },
  }),
  bar(plan) {
    const [names, heights] = plan.horizontal ? ['y', 'x'] : ['x', 'y'];
    const encoding = {
      [names]: { ...channel(plan, plan[names], 'x'), field: 'x' },
      [heights]: { ...channel(plan, plan[heights], 'y'), field: 'y' },
      color: colorChannel(plan),
    };
    if (plan.mode === 'grouped') encoding.xOffset = { field: 'series', type: 'nominal', sort: null };
    return { mark: 'bar', encoding };
  },
  histogram: (plan) => ({
    data: { values: plan.samples.map((x) => ({ x })) },
    mark: 'bar',
    encoding: {
      x: { ...channel(plan, plan.x, 'x'), sort: undefined, bin: { maxbins: plan.bins } },
      y: { aggregate: 'count', title: plan.y.label, axis: channel(plan, plan.y, 'y').axis },
    },
  }),
  pie: (plan) => ({
    mark: { type: 'arc', innerRadius: plan.mode === 'donut' ? 50 : 0 },
    encoding: { theta: { field: 'y', type: 'quantitative' }, color: colorChannel(plan) },
  }),
  box: (plan) => ({
    data: { values: plan.samples.flatMap((list, i) => list.map((y) => ({ x: plan.categories[i], y }))) },
    mark: { type: 'boxplot', size: pick(plan, 8, [undefined, 30]) },
    encoding: {
      x: { ...channel(plan, plan.x, 'x'), sort: null },
      y: { ...channel(plan, plan.y, 'y'), scale: { zero: false } },
    },
  }),
  heatmap: (plan) => ({
    data: {
      values: plan.matrix.flatMap((row, r) => row.map((v, c) => ({ x: plan.categories[c], y: plan.rows[r], v }))),
    },
    mark: 'rect',
    encoding: {
      x: { ...channel(plan, plan.x, 'x'), sort: null },
      y: { ...channel(plan, plan.y, 'y'), sort: null },
      color: { field: 'v', type: 'quantitative', title: null },
    },
  }),
};

function styleOf(plan) {
  const name = plan.look.theme === 'other' ? pick(plan, 9, Object.keys(OTHERS)) : plan.look.theme;
  const { font, fontSize } = plan.look;
  const config = structuredClone(name === 'dark' ? DARK : (OTHERS[name] ?? {}));
  if (font) config.font = font;
  if (fontSize) {
    config.axis = { ...config.axis, labelFontSize: fontSize, titleFontSize: fontSize };
    config.legend = { ...config.legend, labelFontSize: fontSize };
  }
  return { name, config };
}

window.drawPlan = async (plan, element) => {
  const { name, config } = styleOf(plan);
  const stepped =
    plan.kind === 'bar' && plan.mode !== 'grouped' && !plan.horizontal && pick(plan, 10, [true, false, false]);
  const spec = {
    width: stepped ? { step: 20 * (1 + plan.series.length) } : plan.look.width - 160,
    height: plan.look.height - 110,
    background: 'white',
    title: plan.title ?? undefined,
    data: { values: rowsOf(plan) },
    config,
    ...SPECS[plan.kind](plan),
  };
  if (config.background) spec.background = config.background;
  const view = new vega.View(vega.parse(compile(spec).spec), {
    renderer: pick(plan, 11, ['svg', 'canvas']),
    container: element,
  });
  await view.runAsync();
  const drawn = element.querySelector('svg, canvas');
  Object.assign(drawn.style, { display: 'block', position: 'absolute', left: '0', top: '0' });
  const box = drawn.getBoundingClientRect();
  element.style.width = `${Math.ceil(box.width)}px`;
  element.style.height = `${Math.ceil(box.height)}px`;
  element.style.background = spec.background;
  const panel = truthOf(plan, view, config);
  return { style: name, panels: [{ ...panel, legend: plan.legend !== 'none' && plan.kind !== 'pie' }] };
};

function truthOf(plan, view, config) {
  const scale = (which) => view.scale(which);
  const padding = view.padding();
  const origin = { x: view.origin()[0] + padding.left, y: view.origin()[1] + padding.top };
  const axisTruth = (axis, which) => {
    const own = scale(which);
    const at = (value) => origin[which] + own(value);
    if (axis.scale === 'category') return categoryAxis(axis.label, own.domain(), (n) => at(n) + own.bandwidth() / 2);
    const [low, high] = [Number(own.domain()[0]), Number(own.domain().at(-1))];
    return valueAxis(axis.label, axis.scale, low, high, at);
  };
  const colors = plan.series.length > 1 || plan.kind === 'pie' ? scale('color') : null;
  const single =
    config.line?.stroke && plan.kind === 'line'
      ? config.line.stroke
      : config.bar?.fill && ['bar', 'histogram'].includes(plan.kind)
        ? config.bar.fill
        : '#4c78a8';
  // Vega-Lite draws points see-through unless told otherwise, and areas that are not stacked too
  const opacity =
    plan.kind === 'scatter'
      ? pick(plan, 7, [0.7, 0.7, 1])
      : plan.kind === 'area' && plan.mode !== 'stacked' && colors
        ? 0.7
        : 1;
  const ground = rgb(config.view?.fill ?? config.background ?? 'white');
  const seen = (color) => color.map((part, i) => Math.round(opacity * part + (1 - opacity) * ground[i]));
  const panel = {
    kind: plan.kind,
    mode: plan.mode,
    title: plan.title,
    horizontal: plan.horizontal,
    x: plan.x && axisTruth(plan.x, 'x'),
    y: plan.y && axisTruth(plan.y, 'y'),
    series: plan.series.map((series) => ({
      ...series,
      color: seen(rgb(colors ? colors(series.name) : single)),
      size: plan.kind === 'scatter' ? 6 : undefined,
    })),
  };
  if (plan.kind === 'histogram') panel.series = [{ name: null, color: rgb(single), points: binsOf(view) }];
  if (plan.kind === 'box') panel.boxes = plan.categories.map((name, i) => quartiles(name, plan.samples[i]));
  if (plan.kind === 'heatmap') {
    panel.cells = plan.matrix;
    panel.cellRange = [Math.min(...plan.matrix.flat()), Math.max(...plan.matrix.flat())];
  }
  return panel;
}

/** [middle, count] of each bin, from the first data set of the compiled plot that has counts. */
function binsOf(view) {
  const rows =
    ['source_0', 'data_0', 'data_1'].map((name) => dataOf(view, name)).find((list) => list[0]?.__count !== undefined) ??
    [];
  const middle = (bin) => {
    const low = Object.keys(bin).find((key) => key.startsWith('bin_') && !key.endsWith('_end'));
    return (bin[low] + bin[`${low}_end`]) / 2;
  };
  return rows.map((bin) => [middle(bin), bin.__count]).sort((a, b) => a[0] - b[0]);
}

function dataOf(view, name) {
  try {
    return view.data(name);
  } catch {
    return [];
  }
}

function quartiles(name, samples) {
  const [q1, median, q3] = vega.quartiles(samples);
  return { name, q1, median, q3 };
}
