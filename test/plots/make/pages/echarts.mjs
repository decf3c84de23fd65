import * as six from 'echarts';
import * as five from 'echarts5';
import { categoryAxis, pick, rgb, valueAxis } from './common.mjs';

const MARKERS = { circle: 'circle', square: 'rect', triangle: 'triangle' };
const TYPES = { linear: 'value', log: 'log', time: 'time', category: 'category' };
const DASHES = ['solid', 'dashed', 'dotted', [8, 3, 2, 3]];

function lineSeries(plan, series, i, extra = {}) {
  const { marker, dashes, lineWidth } = plan.look;
  return {
    type: 'line',
    name: series.name,
    data: plan.x.scale === 'category' ? series.points.map(([, y]) => y) : series.points,
    showSymbol: marker !== undefined || pick(plan, 1, [true, false]),
    symbol: marker ? MARKERS[marker] : undefined,
    symbolSize: marker ? 8 : undefined,
    lineStyle: { type: dashes ? DASHES[i % 4] : 'solid', width: lineWidth ?? 2 },
    ...extra,
  };
}

const SERIES = {
  line: (plan) => plan.series.map((series, i) => lineSeries(plan, series, i)),
  step: (plan) =>
    plan.series.map((series, i) => lineSeries(plan, series, i, { step: pick(plan, 2, ['start', 'middle', 'end']) })),
  area: (plan) =>
    plan.series.map((series, i) =>
      lineSeries(plan, series, i, {
        areaStyle: {},
        stack: plan.mode === 'stacked' ? 'all' : undefined,
        showSymbol: false,
      }),
    ),
  scatter: (plan) =>
    plan.series.map((series) => ({
      type: 'scatter',
      name: series.name,
      data: series.points,
      symbol: MARKERS[plan.look.marker ?? 'circle'],
      symbolSize: pick(plan, 3, [10, 10, 6, 8]),
    })),
  bar: (plan) =>
    plan.series.map((series) => ({
      type: 'bar',
      name: series.name,
      data: series.points.map(([, y]) => y),
      stack: plan.mode === 'stacked' ? 'all' : undefined,
      label: {
        show: pick(plan, 4, [false, false, true]),
        position: plan.mode === 'stacked' ? 'inside' : plan.horizontal ? 'right' : 'top',
        formatter: (p) => String(Number(Number(p.value).toPrecision(3))),
      },
    })),
  pie: (plan) => [
    {
      type: 'pie',
      radius: plan.mode === 'donut' ? ['35%', '60%'] : '60%',
      data: plan.series.map((s) => ({ name: s.name, value: s.points[0][1] })),
    },
  ],
  box: (plan) => [{ type: 'boxplot', data: plan.samples.map(fiveNumbers) }],
  heatmap: (plan) => [
    { type: 'heatmap', data: plan.matrix.flatMap((row, r) => row.map((v, c) => [c, r, v])), label: { show: false } },
  ],
};

function fiveNumbers(samples) {
  const sorted = [...samples].sort((a, b) => a - b);
  const at = (q) => sorted[Math.round(q * (sorted.length - 1))];
  return [at(0), at(0.25), at(0.5), at(0.75), at(1)];
}

function axisOption(plan, axis, which) {
  if (!axis) return undefined;
  const { grid, font, fontSize } = plan.look;
  const middle = pick(plan, 5, [true, true, false]);
  const names = which === 'x' ? plan.categories : (plan.rows ?? plan.categories);
  return {
    type: TYPES[axis.scale],
    name: axis.label ?? undefined,
    data: axis.scale === 'category' ? names : undefined,
    ...(middle ? { nameLocation: 'middle', nameGap: which === 'x' ? 32 : 62 } : {}),
    scale: plan.kind === 'scatter' || plan.kind === 'box' || (plan.kind === 'line' && pick(plan, 6, [true, false])),
    ...(grid === undefined || plan.kind === 'heatmap' ? {} : { splitLine: { show: grid } }),
    axisLabel: {
      hideOverlap: true,
      interval: axis.scale === 'category' ? 0 : undefined,
      ...(fontSize ? { fontSize } : {}),
      ...(font ? { fontFamily: font } : {}),
    },
  };
}

const legendOption = (plan) =>
  ({
    default: { top: 28 },
    top: { top: 28 },
    bottom: { bottom: 2 },
    inside: {
      top: 74,
      left: 110,
      orient: 'vertical',
      backgroundColor: plan.look.theme === 'dark' ? '#222' : '#fff',
      borderWidth: 1,
    },
    right: { right: 6, top: 'middle', orient: 'vertical' },
    none: { show: false },
  })[plan.legend];

window.drawPlan = async (plan, element) => {
  // a stack on a number axis would add up x as well
  if (plan.kind === 'area' && plan.mode === 'stacked')
    Object.assign(plan, { mode: 'plain', series: plan.series.slice(0, 1), legend: 'none' });
  const version = pick(plan, 7, ['5', '5', '6']);
  const echarts = version === '6' ? six : five;
  const dark = plan.look.theme === 'dark';
  element.style.width = `${plan.look.width}px`;
  element.style.height = `${plan.look.height}px`;
  const chart = echarts.init(element, dark ? 'dark' : undefined, {
    renderer: pick(plan, 8, ['canvas', 'svg']),
    devicePixelRatio: window.devicePixelRatio,
  });
  const other =
    plan.look.theme === 'other'
      ? { color: ['#c12e34', '#e6b600', '#0098d9', '#2b821d', '#005eaa'], backgroundColor: '#fbf7ef' }
      : {};
  chart.setOption({
    animation: false,
    ...other,
    ...(plan.look.font ? { textStyle: { fontFamily: plan.look.font } } : {}),
    title: plan.title ? { text: plan.title, left: pick(plan, 9, ['left', 'center']) } : undefined,
    legend: legendOption(plan),
    ...(plan.x
      ? { xAxis: axisOption(plan, plan.x, 'x'), yAxis: axisOption(plan, plan.y, 'y'), grid: gridOption(plan) }
      : {}),
    ...(plan.kind === 'heatmap'
      ? {
          visualMap: {
            min: Math.min(...plan.matrix.flat()),
            max: Math.max(...plan.matrix.flat()),
            calculable: true,
            orient: 'vertical',
            right: 4,
            top: 'center',
            precision: 2,
          },
        }
      : {}),
    series: SERIES[plan.kind](plan),
  });
  const panel = truthOf(plan, chart);
  return {
    style: `${version} ${plan.look.theme}`,
    panels: [{ ...panel, legend: plan.legend !== 'none' && plan.kind !== 'pie' }],
  };
};

function gridOption(plan) {
  const right = plan.legend === 'right' ? 130 : plan.kind === 'heatmap' ? 110 : 50;
  const middle = pick(plan, 5, [true, true, false]);
  return {
    left: middle ? 90 : 84,
    right: middle ? right : Math.max(right, 130),
    top: 66,
    bottom: plan.legend === 'bottom' ? 78 : 52,
  };
}

function axisTruth(chart, plan, axis, which) {
  const pixel = (value) => chart.convertToPixel({ [`${which}AxisIndex`]: 0 }, value);
  if (axis.scale === 'category') {
    const names = which === 'x' ? plan.categories : (plan.rows ?? plan.categories);
    return categoryAxis(axis.label, names, (_, i) => pixel(i));
  }
  const [low, high] = chart.getModel().getComponent(`${which}Axis`, 0).axis.scale.getExtent();
  return valueAxis(axis.label, axis.scale, low, high, pixel);
}

function truthOf(plan, chart) {
  const ground = chart.getOption().backgroundColor;
  // scatter marks and areas are see-through by default
  const opacity = { scatter: 0.8, area: 0.7 }[plan.kind] ?? 1;
  const mix = (front, back) => front.map((part, i) => Math.round(opacity * part + (1 - opacity) * back[i]));
  const back = typeof ground === 'string' && ground !== 'transparent' ? rgb(ground) : [255, 255, 255];
  const color = (i) => mix(rgb(chart.getVisual({ seriesIndex: i }, 'color')), back);
  const panel = {
    kind: plan.kind,
    mode: plan.mode,
    title: plan.title,
    horizontal: plan.horizontal,
    x: plan.x && axisTruth(chart, plan, plan.x, 'x'),
    y: plan.y && axisTruth(chart, plan, plan.y, 'y'),
    series: plan.series.map((series, i) => ({
      ...series,
      color: plan.kind === 'pie' ? rgb(chart.getVisual({ seriesIndex: 0, dataIndex: i }, 'color')) : color(i),
      size: plan.kind === 'scatter' ? pick(plan, 3, [10, 10, 6, 8]) : undefined,
    })),
  };
  if (plan.kind === 'box')
    panel.boxes = plan.samples.map((samples, i) => ({
      name: plan.categories[i],
      q1: fiveNumbers(samples)[1],
      median: fiveNumbers(samples)[2],
      q3: fiveNumbers(samples)[3],
    }));
  if (plan.kind === 'heatmap') {
    panel.cells = [...plan.matrix].reverse();
    panel.cellRange = [Math.min(...plan.matrix.flat()), Math.max(...plan.matrix.flat())];
  }
  return panel;
}
