import Chart from 'chart.js/auto';
import 'chartjs-adapter-date-fns';
import { categoryAxis, pick, rgb, valueAxis } from './common.mjs';

const MARKERS = { circle: 'circle', square: 'rect', triangle: 'triangle' };
const SCALES = { linear: 'linear', log: 'logarithmic', time: 'time', category: 'category' };
const DASHES = [[], [6, 4], [2, 3], [8, 3, 2, 3]];
const POSITIONS = { default: 'top', top: 'top', right: 'right', bottom: 'bottom', inside: 'chartArea' };

function datasets(plan) {
  const { marker, dashes, lineWidth } = plan.look;
  if (plan.kind === 'pie') return [{ data: plan.series.map((s) => s.points[0][1]) }];
  return plan.series.map((series, i) => {
    const data = plan.categories ? series.points.map(([, y]) => y) : series.points.map(([x, y]) => ({ x, y }));
    if (plan.kind === 'bar') return { label: series.name, data };
    if (plan.kind === 'scatter')
      return {
        label: series.name,
        data,
        pointStyle: MARKERS[marker ?? 'circle'],
        pointRadius: pick(plan, 1, [3, 3, 4, 5]),
      };
    return {
      label: series.name,
      data,
      borderDash: dashes ? DASHES[i % 4] : [],
      borderWidth: lineWidth ?? 3,
      pointRadius: plan.kind === 'area' || data.length > 15 ? 0 : 3,
      pointStyle: MARKERS[marker ?? 'circle'],
      stepped: plan.kind === 'step' ? pick(plan, 2, ['before', 'after', 'middle']) : false,
      fill: plan.kind === 'area' ? (plan.mode === 'stacked' && i > 0 ? '-1' : 'origin') : false,
    };
  });
}

function scale(plan, axis, which) {
  const dark = plan.look.theme === 'dark';
  return {
    type: SCALES[axis.scale],
    title: { display: Boolean(axis.label), text: axis.label ?? '', ...(dark ? { color: '#ddd' } : {}) },
    grid: { ...(plan.look.grid === false ? { display: false } : {}), ...(dark ? { color: '#444' } : {}) },
    ticks: { ...(dark ? { color: '#ccc' } : {}), ...(axis.scale === 'category' ? { autoSkip: false } : {}) },
    stacked: plan.mode === 'stacked' && (plan.kind === 'bar' || which === 'y'),
  };
}

window.drawPlan = async (plan, element) => {
  const { width, height, theme, font, fontSize } = plan.look;
  element.style.background = { dark: '#1e1e1e', other: '#f5f0e8' }[theme] ?? '#ffffff';
  const canvas = element.appendChild(Object.assign(document.createElement('canvas'), { width, height }));
  Chart.defaults.font.family = font ?? "'Helvetica Neue', 'Helvetica', 'Arial', sans-serif";
  Chart.defaults.font.size = fontSize ?? 12;
  Chart.defaults.color = theme === 'dark' ? '#ccc' : '#666';
  const single = plan.series.length === 1 && pick(plan, 3, [true, false]);
  const shown = plan.legend !== 'none' || single || plan.kind === 'pie';
  const type = { scatter: 'scatter', bar: 'bar', pie: plan.mode === 'donut' ? 'doughnut' : 'pie' }[plan.kind] ?? 'line';
  const chart = new Chart(canvas, {
    type,
    data: { labels: plan.kind === 'pie' ? plan.series.map((s) => s.name) : plan.categories, datasets: datasets(plan) },
    options: {
      animation: false,
      responsive: false,
      indexAxis: plan.horizontal ? 'y' : 'x',
      plugins: {
        title: {
          display: Boolean(plan.title),
          text: plan.title ?? '',
          ...(pick(plan, 4, [true, false]) ? { font: { size: 16 } } : {}),
        },
        legend: { display: shown, position: POSITIONS[plan.legend] ?? 'top' },
      },
      scales: plan.x ? { x: scale(plan, plan.x, 'x'), y: scale(plan, plan.y, 'y') } : undefined,
    },
  });
  return {
    style: theme,
    panels: [{ ...truthOf(plan, chart, element.style.background), legend: shown && plan.kind !== 'pie' }],
  };
};

function axisTruth(chart, axis, which) {
  const own = chart.scales[which];
  if (axis.scale === 'category') return categoryAxis(axis.label, own.getLabels(), (_, i) => own.getPixelForValue(i));
  return valueAxis(axis.label, axis.scale, own.min, own.max, (value) => own.getPixelForValue(value));
}

function truthOf(plan, chart, behind) {
  const { datasets: drawn } = chart.data;
  const color = (i) =>
    plan.kind === 'pie'
      ? drawn[0].backgroundColor[i]
      : ['bar', 'scatter'].includes(plan.kind)
        ? drawn[i].backgroundColor
        : drawn[i].borderColor;
  return {
    kind: plan.kind,
    mode: plan.mode,
    title: plan.title,
    horizontal: plan.horizontal,
    x: plan.x && axisTruth(chart, plan.x, 'x'),
    y: plan.y && axisTruth(chart, plan.y, 'y'),
    series: plan.series.map((series, i) => ({
      ...series,
      color: rgb(color(i), behind),
      size: plan.kind === 'scatter' ? 2 * pick(plan, 1, [3, 3, 4, 5]) : undefined,
    })),
  };
}
