import Plotly from 'plotly.js-dist-min';
import { categoryAxis, iso, pick, rgb, valueAxis } from './common.mjs';

/** What the Python library draws by default, and two of its other templates; `null` is the JavaScript library's own. */
const TEMPLATES = {
  plotly: {
    colorway: ['#636efa', '#EF553B', '#00cc96', '#ab63fa', '#FFA15A', '#19d3f3', '#FF6692'],
    font: { color: '#2a3f5f' },
    paper_bgcolor: 'white',
    plot_bgcolor: '#E5ECF6',
    title: { x: 0.05 },
    axis: { gridcolor: 'white', linecolor: 'white', ticks: '', zerolinecolor: 'white', zerolinewidth: 2 },
  },
  plotly_dark: {
    colorway: ['#636efa', '#EF553B', '#00cc96', '#ab63fa', '#FFA15A', '#19d3f3', '#FF6692'],
    font: { color: '#f2f5fa' },
    paper_bgcolor: 'rgb(17,17,17)',
    plot_bgcolor: 'rgb(17,17,17)',
    title: { x: 0.05 },
    axis: { gridcolor: '#283442', linecolor: '#506784', ticks: '', zerolinecolor: '#283442', zerolinewidth: 2 },
  },
  simple_white: {
    colorway: ['#1F77B4', '#FF7F0E', '#2CA02C', '#D62728', '#9467BD'],
    font: { color: 'rgb(36,36,36)' },
    paper_bgcolor: 'white',
    plot_bgcolor: 'white',
    title: { x: 0.05 },
    axis: { showgrid: false, showline: true, linecolor: 'rgb(36,36,36)', ticks: 'outside', zeroline: false },
  },
  ggplot2: {
    colorway: ['#F8766D', '#A3A500', '#00BF7D', '#00B0F6', '#E76BF3'],
    font: { color: 'rgb(51,51,51)' },
    paper_bgcolor: 'white',
    plot_bgcolor: 'rgb(237,237,237)',
    title: { x: 0.05 },
    axis: {
      showgrid: true,
      gridcolor: 'white',
      linecolor: 'white',
      ticks: 'outside',
      tickcolor: 'rgb(51,51,51)',
      zerolinecolor: 'white',
    },
  },
};
const MARKERS = { circle: 'circle', square: 'square', triangle: 'triangle-up' };
const DASHES = ['solid', 'dash', 'dot', 'dashdot'];
const LEGENDS = {
  default: {},
  right: {},
  none: {},
  top: { orientation: 'h', y: 1.02, yanchor: 'bottom' },
  bottom: { orientation: 'h', y: -0.25 },
  inside: { x: 0.02, y: 0.98 },
};

function templateOf(plan) {
  const names = { default: ['plotly', 'plotly', 'none'], dark: ['plotly_dark'], other: ['simple_white', 'ggplot2'] }[
    plan.look.theme
  ];
  const name = pick(plan, 1, names);
  return { name, ...(TEMPLATES[name] ?? { axis: {} }) };
}

const xs = (plan, series) => series.points.map(([x]) => (plan.x?.scale === 'time' ? iso(x) : x));
const ys = (series) => series.points.map(([, y]) => y);

function line(plan, series, i, extra = {}) {
  const { marker, dashes, lineWidth } = plan.look;
  return {
    type: 'scatter',
    mode: marker ? 'lines+markers' : 'lines',
    name: series.name,
    x: xs(plan, series),
    y: ys(series),
    line: {
      dash: dashes ? DASHES[i % 4] : 'solid',
      width: lineWidth ?? 2,
      shape: plan.kind === 'step' ? pick(plan, 2, ['hv', 'vh', 'hvh']) : 'linear',
    },
    marker: marker ? { symbol: MARKERS[marker] } : undefined,
    error_y: series.errors && { type: 'data', array: series.errors, visible: true },
    ...extra,
  };
}

const TRACES = {
  line: (plan) => plan.series.map((series, i) => line(plan, series, i)),
  step: (plan) => plan.series.map((series, i) => line(plan, series, i)),
  area: (plan) =>
    plan.series.map((series, i) =>
      line(plan, series, i, plan.mode === 'stacked' ? { stackgroup: 'one' } : { fill: 'tozeroy' }),
    ),
  scatter: (plan) =>
    plan.series.map((series) => ({
      type: 'scatter',
      mode: 'markers',
      name: series.name,
      x: xs(plan, series),
      y: ys(series),
      marker: { symbol: MARKERS[plan.look.marker ?? 'circle'], size: pick(plan, 3, [6, 6, 8, 10]) },
    })),
  bar: (plan) =>
    plan.series.map((series) => {
      const [names, heights] = [xs(plan, series), ys(series)];
      const text = pick(plan, 4, [false, false, true])
        ? heights.map((h) => Number(h.toPrecision(3))).map(String)
        : undefined;
      return {
        type: 'bar',
        name: series.name,
        text,
        orientation: plan.horizontal ? 'h' : 'v',
        x: plan.horizontal ? heights : names,
        y: plan.horizontal ? names : heights,
      };
    }),
  histogram: (plan) => [
    {
      type: 'histogram',
      x: plan.samples,
      nbinsx: plan.bins,
      marker: pick(plan, 5, [{}, { line: { width: 1, color: 'white' } }]),
    },
  ],
  pie: (plan) => [
    {
      type: 'pie',
      labels: plan.series.map((s) => s.name),
      values: plan.series.map((s) => s.points[0][1]),
      hole: plan.mode === 'donut' ? 0.45 : 0,
      textinfo: pick(plan, 6, ['percent', 'percent', 'label+percent']),
    },
  ],
  box: (plan) =>
    plan.samples.map((y, i) => ({
      type: 'box',
      y,
      name: plan.categories[i],
      boxpoints: pick(plan, 7, ['outliers', 'outliers', false]),
    })),
  heatmap: (plan) => [
    {
      type: 'heatmap',
      x: plan.categories,
      y: plan.rows,
      z: plan.matrix,
      colorscale: pick(plan, 8, [undefined, 'Viridis', 'Portland', 'Blues']),
    },
  ],
  contour: (plan) => [
    {
      type: 'contour',
      x: plan.grid.x,
      y: plan.grid.y,
      z: plan.matrix,
      contours: { coloring: pick(plan, 9, ['fill', 'lines', 'heatmap']) },
    },
  ],
};

function axisLayout(plan, template, axis) {
  const { grid } = plan.look;
  return {
    ...template.axis,
    ...(grid === undefined || plan.kind === 'heatmap' ? {} : { showgrid: grid }),
    title: axis?.label ? { text: axis.label } : undefined,
    type: { log: 'log', time: 'date', category: 'category' }[axis?.scale] ?? 'linear',
    automargin: true,
  };
}

function axisTruth(full, axis) {
  const [low, high] = full.range.map((end) => full.r2l(end));
  const pixel = (value) => full._offset + full.l2p(value);
  if (axis.scale === 'category') return categoryAxis(axis.label, full._categories, (_, i) => pixel(i));
  if (axis.scale !== 'log') return valueAxis(axis.label, axis.scale, low, high, pixel);
  return valueAxis(axis.label, 'log', 10 ** low, 10 ** high, (value) => pixel(Math.log10(value)));
}

window.drawPlan = async (plan, element) => {
  const template = templateOf(plan);
  const { width, height, font, fontSize } = plan.look;
  const layout = {
    width,
    height,
    title: plan.title ? { ...template.title, text: plan.title } : undefined,
    font: { ...template.font, ...(font ? { family: font } : {}), ...(fontSize ? { size: fontSize } : {}) },
    paper_bgcolor: template.paper_bgcolor,
    plot_bgcolor: template.plot_bgcolor,
    colorway: template.colorway,
    xaxis: axisLayout(plan, template, plan.x),
    yaxis: axisLayout(plan, template, plan.y),
    barmode: plan.mode === 'stacked' ? 'stack' : 'group',
    showlegend: plan.legend !== 'none',
    legend: LEGENDS[plan.legend],
  };
  if (plan.kind === 'box') layout.showlegend = pick(plan, 10, [true, false]);
  await Plotly.newPlot(
    element,
    JSON.parse(JSON.stringify(TRACES[plan.kind](plan))),
    JSON.parse(JSON.stringify(layout)),
    { staticPlot: true },
  );
  const panel = truthOf(plan, element, template.plot_bgcolor ?? 'white');
  return {
    style: template.name,
    panels: [{ ...panel, legend: layout.showlegend && ['line', 'scatter', 'bar', 'area', 'step'].includes(plan.kind) }],
  };
};

function truthOf(plan, gd, behind) {
  const full = gd._fullLayout;
  const color = (i) => {
    const data = gd._fullData[i];
    return rgb(
      (plan.kind === 'bar' || plan.kind === 'scatter' || plan.kind === 'histogram'
        ? data?.marker?.color
        : data?.line?.color) ?? '#000',
      behind,
    );
  };
  const panel = {
    kind: plan.kind,
    mode: plan.mode,
    title: plan.title,
    horizontal: plan.horizontal,
    x: plan.x && axisTruth(full.xaxis, plan.x),
    y: plan.y && axisTruth(full.yaxis, plan.y),
    series: plan.series.map((series, i) => ({ ...series, color: color(i), size: gd._fullData[i]?.marker?.size })),
  };
  if (plan.kind === 'pie')
    panel.series = gd.calcdata[0].map((s) => ({
      name: s.label,
      color: rgb(s.color),
      points: [[s.label, (100 * s.v) / gd.calcdata[0].reduce((sum, t) => sum + t.v, 0)]],
    }));
  if (plan.kind === 'histogram')
    panel.series = [{ name: null, color: color(0), points: gd.calcdata[0].map((bin) => [bin.p, bin.s]) }];
  if (plan.kind === 'box')
    panel.boxes = gd.calcdata.map(([box], i) => ({
      name: plan.categories[i],
      q1: box.q1,
      median: box.med,
      q3: box.q3,
    }));
  if (plan.kind === 'heatmap') {
    panel.cells = [...plan.matrix].reverse();
    panel.cellRange = [gd._fullData[0].zmin, gd._fullData[0].zmax];
  }
  return panel;
}
