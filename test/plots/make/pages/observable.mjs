import * as Plot from '@observablehq/plot';
import { categoryAxis, pick, rgb, valueAxis } from './common.mjs';

/** Observable Plot: held-out sets only (see make.mjs). */
const TYPES = { linear: 'linear', log: 'log', time: 'utc', category: 'band' };

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

function marksOf(plan) {
  const rows = rowsOf(plan);
  const many = plan.series.length > 1;
  const paint = many ? 'series' : pick(plan, 1, ['currentColor', 'steelblue', 'crimson']);
  const line = {
    x: 'x',
    y: 'y',
    stroke: paint,
    z: 'series',
    strokeWidth: plan.look.lineWidth,
    marker: plan.look.marker ? 'circle' : undefined,
  };
  const kinds = {
    line: () => [
      Plot.lineY(rows, line),
      ...(plan.mode === 'errors' ? [Plot.ruleX(rows, { x: 'x', y1: 'low', y2: 'high' })] : []),
    ],
    step: () => [Plot.lineY(rows, { ...line, curve: pick(plan, 2, ['step-after', 'step-before', 'step']) })],
    area: () => [
      Plot.areaY(rows, { x: 'x', y: 'y', fill: many ? 'series' : pick(plan, 3, ['steelblue', '#aaa']) }),
      Plot.ruleY([0]),
    ],
    scatter: () => [
      Plot.dot(rows, { x: 'x', y: 'y', [pick(plan, 4, ['stroke', 'fill'])]: paint, symbol: plan.look.marker }),
    ],
    bar: () =>
      plan.horizontal
        ? [Plot.barX(rows, { y: 'x', x: 'y', fill: paint }), Plot.ruleX([0])]
        : [Plot.barY(rows, { x: 'x', y: 'y', fill: paint }), Plot.ruleY([0])],
    box: () => [
      Plot.boxY(
        plan.samples.flatMap((list, i) => list.map((y) => ({ x: plan.categories[i], y }))),
        { x: 'x', y: 'y' },
      ),
    ],
    heatmap: () => [
      Plot.cell(
        plan.matrix.flatMap((row, r) => row.map((v, c) => ({ x: plan.categories[c], y: plan.rows[r], v }))),
        { x: 'x', y: 'y', fill: 'v' },
      ),
    ],
  };
  return kinds[plan.kind]();
}

const options = (plan, axis, names) => ({
  type: TYPES[axis.scale],
  label: axis.label,
  grid: plan.look.grid,
  ...(axis.scale === 'category' ? { domain: names } : {}),
});

window.drawPlan = async (plan, element) => {
  const dark = plan.look.theme === 'dark';
  const ground = dark ? '#1b1e23' : '#ffffff';
  Object.assign(element.style, {
    background: ground,
    color: dark ? '#dfdfd6' : '#000',
    width: `${plan.look.width}px`,
    padding: '0',
  });
  // observable plot draws grouped bars as facets; a plain stack is its default, so grouped plans become stacks
  if (plan.mode === 'grouped') plan.mode = 'stacked';
  if (plan.kind === 'area' && plan.series.length > 1) plan.mode = 'stacked';
  const long =
    11 *
    Math.max(
      ...(plan.horizontal || plan.rows ? (plan.rows ?? plan.categories) : ['000000']).map((name) => name.length),
    );
  const figure = Plot.plot({
    width: plan.look.width,
    height: plan.look.height,
    marginLeft: Math.max(64, long),
    marginBottom: 42,
    title: plan.title ?? undefined,
    style: {
      background: ground,
      fontFamily: plan.look.font,
      fontSize: plan.look.fontSize ? `${plan.look.fontSize}px` : undefined,
    },
    x: options(plan, plan.x, plan.categories),
    y: options(plan, plan.y, plan.rows ?? plan.categories),
    color: {
      legend: plan.series.length > 1 || plan.kind === 'heatmap',
      ...(plan.kind === 'heatmap' ? { scheme: pick(plan, 5, [undefined, 'viridis', 'blues']) } : {}),
    },
    marks: marksOf(plan),
  });
  element.append(figure);
  figure.style.margin = '0';
  const svg = figure.tagName === 'svg' ? figure : [...figure.querySelectorAll('svg')].at(-1);
  const box = svg.getBoundingClientRect();
  const corner = element.getBoundingClientRect();
  const origin = { x: box.left - corner.left, y: box.top - corner.top };
  const axisTruth = (axis, which) => {
    const scale = figure.scale(which);
    const at = (value) => origin[which] + scale.apply(value);
    if (axis.scale === 'category')
      return categoryAxis(axis.label, [...scale.domain], (name) => at(name) + (scale.bandwidth ?? 0) / 2);
    const [low, high] = [Number(scale.domain[0]), Number(scale.domain.at(-1))];
    return valueAxis(axis.label, axis.scale, low, high, (value) => at(axis.scale === 'time' ? new Date(value) : value));
  };
  const color = (series) => {
    if (plan.series.length > 1) return rgb(figure.scale('color').apply(series.name));
    const one =
      plan.kind === 'area'
        ? pick(plan, 3, ['steelblue', '#aaa'])
        : pick(plan, 1, ['currentColor', 'steelblue', 'crimson']);
    return rgb(one === 'currentColor' ? (dark ? '#dfdfd6' : '#000') : one);
  };
  const panel = {
    kind: plan.kind,
    mode: plan.mode,
    title: plan.title,
    horizontal: plan.horizontal,
    x: axisTruth(plan.x, 'x'),
    y: axisTruth(plan.y, 'y'),
    series: plan.series.map((series) => ({
      ...series,
      color: color(series),
      size: plan.kind === 'scatter' ? 7 : undefined,
    })),
    legend: plan.series.length > 1,
  };
  if (plan.kind === 'box') panel.boxes = plan.samples.map((list, i) => quartiles(plan.categories[i], list));
  if (plan.kind === 'heatmap') {
    panel.cells = plan.matrix;
    panel.cellRange = [Math.min(...plan.matrix.flat()), Math.max(...plan.matrix.flat())];
  }
  return { style: dark ? 'dark' : 'light', panels: [panel] };
};

function quartiles(name, list) {
  const sorted = [...list].sort((a, b) => a - b);
  const at = (q) => {
    const place = q * (sorted.length - 1);
    const low = Math.floor(place);
    return sorted[low] + (sorted[Math.min(low + 1, sorted.length - 1)] - sorted[low]) * (place - low);
  };
  return { name, q1: at(0.25), median: at(0.5), q3: at(0.75) };
}
