import * as d3 from 'd3';
import { categoryAxis, pick, rgb, valueAxis } from './common.mjs';

/** Plots by hand with d3's scales, axes and shapes, after the margin convention of its examples. */
const MARGIN = { left: 76, bottom: 56, top: 44 };
const SYMBOLS = { circle: d3.symbolCircle, square: d3.symbolSquare, triangle: d3.symbolTriangle };
const DASHES = [null, '6 4', '2 3', '8 3 2 3'];

function frameOf(plan) {
  const right = plan.legend === 'right' || plan.legend === 'default' ? 120 : 24;
  return {
    left: MARGIN.left,
    right: plan.look.width - right,
    top: MARGIN.top,
    bottom: plan.look.height - MARGIN.bottom,
  };
}

function extentOf(plan, which) {
  if (which === 'x' && plan.binned) return [plan.binned[0][0], plan.binned.at(-1)[1]];
  const index = which === 'x' ? 0 : 1;
  const values = plan.series.flatMap((series) =>
    series.points.flatMap((point, i) =>
      [-1, 1].map((side) => point[index] + (index === 1 && series.errors ? side * series.errors[i] : 0)),
    ),
  );
  const [low, high] = d3.extent(values, Number);
  if (which === 'x' && plan.kind !== 'scatter') return [low, high];
  if (plan.kind === 'area' || plan.kind === 'bar' || plan.kind === 'histogram')
    return [Math.min(0, low), Math.max(0, stackedTop(plan, high))];
  return [low, high];
}

const stackedTop = (plan, high) =>
  plan.mode === 'stacked' ? d3.max(plan.series[0].points, (_, i) => d3.sum(plan.series, (s) => s.points[i][1])) : high;

function scaleOf(plan, axis, which, range) {
  if (axis.scale === 'category') return d3.scaleBand(plan.categories, range).padding(pick(plan, 1, [0.1, 0.2, 0.4]));
  const make = { linear: d3.scaleLinear, log: d3.scaleLog, time: d3.scaleUtc }[axis.scale];
  const data =
    plan.horizontal && which === 'x' ? [0, d3.max(plan.series[0].points, ([, h]) => h)] : extentOf(plan, which);
  const scale = make(data, range);
  return which === 'y' || plan.kind === 'scatter' ? scale.nice() : scale;
}

function draw(plan, svg, x, y, frame, colors) {
  const color = (i) => colors[i % colors.length];
  const at = ([a, b]) => [x(a), y(b)];
  const { marker, dashes, lineWidth } = plan.look;
  const g = svg.append('g');
  const bar = (name, from, to, offset, width, i) => {
    const [low, high] = [Math.min(from, to), Math.max(from, to)];
    const rect = g.append('rect').attr('fill', color(i));
    if (plan.horizontal)
      rect
        .attr('x', low)
        .attr('width', high - low)
        .attr('y', y(name) + offset)
        .attr('height', width);
    else
      rect
        .attr('y', low)
        .attr('height', high - low)
        .attr('x', x(name) + offset)
        .attr('width', width);
  };
  const kinds = {
    scatter: () =>
      plan.series.forEach((series, i) => {
        for (const point of series.points) {
          const path = g
            .append('path')
            .attr('d', d3.symbol(SYMBOLS[marker ?? 'circle'], pick(plan, 2, [28, 50, 80]))())
            .attr('transform', `translate(${at(point)})`);
          if (pick(plan, 3, [true, true, false])) path.attr('fill', color(i));
          else path.attr('fill', 'none').attr('stroke', color(i)).attr('stroke-width', 1.5);
        }
      }),
    bar: () =>
      plan.series.forEach((series, i) => {
        for (const [k, [name, h]] of series.points.entries()) {
          const base = plan.mode === 'stacked' ? d3.sum(plan.series.slice(0, i), (s) => s.points[k][1]) : 0;
          const [band, value] = plan.horizontal ? [y, x] : [x, y];
          const width = plan.mode === 'grouped' ? band.bandwidth() / plan.series.length : band.bandwidth();
          bar(name, value(base), value(base + h), plan.mode === 'grouped' ? i * width : 0, width, i);
        }
      }),
    histogram: () => {
      for (const [from, to, count] of plan.binned)
        g.append('rect')
          .attr('fill', color(0))
          .attr('x', x(from) + 0.5)
          .attr('width', Math.max(1, x(to) - x(from) - 1))
          .attr('y', y(count))
          .attr('height', y(0) - y(count));
    },
    area: () =>
      plan.series.forEach((series, i) => {
        const base = (k) => (plan.mode === 'stacked' ? d3.sum(plan.series.slice(0, i), (s) => s.points[k][1]) : 0);
        const shape = d3.area(
          (p) => x(p[0]),
          (_, k) => y(base(k)),
          (p, k) => y(base(k) + p[1]),
        );
        g.append('path').attr('fill', color(i)).attr('d', shape(series.points));
      }),
    line: () =>
      plan.series.forEach((series, i) => {
        const curve =
          plan.kind === 'step' ? pick(plan, 4, [d3.curveStepAfter, d3.curveStepBefore, d3.curveStep]) : d3.curveLinear;
        g.append('path')
          .attr('fill', 'none')
          .attr('stroke', color(i))
          .attr('stroke-width', lineWidth ?? 1.5)
          .attr('stroke-dasharray', dashes ? DASHES[i % 4] : null)
          .attr('d', d3.line().curve(curve)(series.points.map(at)));
        if (marker)
          for (const point of series.points)
            g.append('path')
              .attr('fill', color(i))
              .attr('d', d3.symbol(SYMBOLS[marker], 40)())
              .attr('transform', `translate(${at(point)})`);
        series.errors?.forEach((error, k) => {
          const [px, py] = series.points[k];
          g.append('path')
            .attr('stroke', color(i))
            .attr('fill', 'none')
            .attr('d', `M${x(px)},${y(py - error)}V${y(py + error)}m-4,0h8M${x(px) - 4},${y(py - error)}h8`);
        });
      }),
  };
  (kinds[plan.kind] ?? kinds.line)();
}

function pie(plan, svg, colors, ink) {
  const { width, height } = plan.look;
  const radius = Math.min(width - 160, height - 90) / 2;
  const g = svg.append('g').attr('transform', `translate(${width / 2 - 30},${height / 2 + 15})`);
  const arcs = d3.pie().sort(pick(plan, 5, [null, undefined]))(plan.series.map((s) => s.points[0][1]));
  const arc = d3
    .arc()
    .innerRadius(plan.mode === 'donut' ? radius * 0.5 : 0)
    .outerRadius(radius);
  arcs.forEach((slice, i) => {
    g.append('path').attr('d', arc(slice)).attr('fill', colors[i]).attr('stroke', plan.ground);
    if (plan.legend === 'none')
      g.append('text')
        .attr(
          'transform',
          `translate(${d3
            .arc()
            .innerRadius(radius * 0.7)
            .outerRadius(radius * 0.7)
            .centroid(slice)})`,
        )
        .attr('text-anchor', 'middle')
        .attr('font-size', 12)
        .attr('fill', ink)
        .text(plan.series[i].name);
  });
}

function legend(plan, svg, frame, colors, ink) {
  if (plan.legend === 'none') return;
  const places = {
    inside: [frame.left + 12, frame.top + 8],
    top: [frame.left, frame.top - 14],
    bottom: [frame.left, plan.look.height - 12],
  };
  const [left, top] = places[plan.legend] ?? [frame.right + 12, frame.top + 6];
  const flat = ['top', 'bottom'].includes(plan.legend);
  plan.series.forEach((series, i) => {
    const g = svg
      .append('g')
      .attr('transform', `translate(${left + (flat ? i * 110 : 0)},${top + (flat ? 0 : i * 20)})`);
    if (plan.kind === 'line' || plan.kind === 'step')
      g.append('path')
        .attr('d', 'M0,0H22')
        .attr('stroke', colors[i])
        .attr('stroke-width', 2)
        .attr('stroke-dasharray', plan.look.dashes ? DASHES[i % 4] : null);
    else g.append('rect').attr('y', -6).attr('width', 12).attr('height', 12).attr('fill', colors[i]);
    g.append('text').attr('x', 28).attr('dy', '0.35em').attr('font-size', 12).attr('fill', ink).text(series.name);
  });
}

function texts(plan, svg, frame, ink) {
  const text = (value, x, y, size, anchor = 'middle') =>
    value &&
    svg
      .append('text')
      .attr('transform', `translate(${x},${y})`)
      .attr('text-anchor', anchor)
      .attr('font-size', size)
      .attr('fill', ink)
      .text(value);
  const middle = (frame.left + frame.right) / 2;
  text(plan.title, plan.kind === 'pie' ? plan.look.width / 2 : middle, 20, 16)?.attr(
    'font-weight',
    pick(plan, 6, ['normal', 'bold']),
  );
  if (!plan.x) return;
  if (gallery(plan)) {
    text(plan.y.label && `↑ ${plan.y.label}`, frame.left - MARGIN.left + 4, frame.top - 12, 10, 'start');
    text(plan.x.label && `${plan.x.label} →`, frame.right, frame.bottom + 34, 10, 'end');
    return;
  }
  text(plan.x.label, middle, frame.bottom + 38, 12);
  const y = (frame.top + frame.bottom) / 2;
  if (plan.y.label) text(plan.y.label, 0, 0, 12).attr('transform', `translate(${16},${y}) rotate(-90)`);
}

/** The style of D3's gallery: level labels with arrows at the ends of the axes, no line along the y axis, its ticks carried over the plot. */
const gallery = (plan) => pick(plan, 10, [false, false, false, true]);

function axes(plan, svg, x, y, frame, ink) {
  const place = (side) => svg.append('g').attr('transform', side);
  const bottom = place(`translate(0,${frame.bottom})`).call(
    d3
      .axisBottom(x)
      .ticks(8)
      .tickSizeOuter(gallery(plan) ? 0 : 6),
  );
  const left = place(`translate(${frame.left},0)`).call(d3.axisLeft(y).ticks(6));
  if (gallery(plan)) {
    left.select('.domain').remove();
    if (plan.y.scale !== 'category')
      left
        .selectAll('.tick line')
        .clone()
        .attr('x2', frame.right - frame.left)
        .attr('stroke-opacity', 0.1);
  } else if (plan.look.grid) {
    const lines = svg.insert('g', 'g').attr('stroke', ink).attr('stroke-opacity', 0.15);
    if (plan.y.scale !== 'category')
      for (const t of y.ticks(6)) lines.append('path').attr('d', `M${frame.left},${y(t)}H${frame.right}`);
    if (plan.x.scale !== 'category')
      for (const t of x.ticks(8)) lines.append('path').attr('d', `M${x(t)},${frame.top}V${frame.bottom}`);
  }
  if (pick(plan, 7, [true, false, false])) left.select('.domain').remove();
  for (const axis of [bottom, left]) {
    axis.attr('color', ink);
    if (plan.look.font) axis.attr('font-family', plan.look.font);
    if (plan.look.fontSize) axis.attr('font-size', plan.look.fontSize);
  }
}

window.drawPlan = async (plan, element) => {
  const { width, height, theme, font } = plan.look;
  plan.ground = { dark: '#16161d', other: '#fffbf0' }[theme] ?? '#ffffff';
  const ink = theme === 'dark' ? '#e8e8e8' : '#000000';
  const schemes = [d3.schemeCategory10, d3.schemeTableau10, d3.schemeSet1, d3.schemeDark2];
  const colors =
    plan.series.length === 1 && plan.kind !== 'pie'
      ? [pick(plan, 8, ['steelblue', 'steelblue', '#69b3a2', 'tomato'])]
      : pick(plan, 9, schemes);
  element.style.background = plan.ground;
  const svg = d3
    .select(element)
    .append('svg')
    .attr('width', width)
    .attr('height', height)
    .style('display', 'block')
    .attr('font-family', font ?? 'sans-serif');
  const frame = frameOf(plan);
  if (plan.kind === 'histogram') bin(plan);
  const panel = { kind: plan.kind, mode: plan.mode, title: plan.title, horizontal: plan.horizontal, x: null, y: null };
  if (plan.kind === 'pie') pie(plan, svg, colors, ink);
  else {
    const x = scaleOf(plan, plan.x, 'x', [frame.left, frame.right]);
    const y = scaleOf(plan, plan.y, 'y', [frame.bottom, frame.top]);
    axes(plan, svg, x, y, frame, ink);
    draw(plan, svg, x, y, frame, colors);
    Object.assign(panel, { x: axisTruth(plan.x, x), y: axisTruth(plan.y, y) });
  }
  legend(plan, svg, plan.kind === 'pie' ? { left: 0, right: width - 110, top: 60 } : frame, colors, ink);
  texts(plan, svg, frame, ink);
  panel.series = plan.series.map((series, i) => ({
    ...series,
    color: rgb(colors[i % colors.length]),
    size: plan.kind === 'scatter' ? 8 : undefined,
  }));
  return { style: theme, panels: [{ ...panel, legend: plan.legend !== 'none' && plan.kind !== 'pie' }] };
};

function bin(plan) {
  plan.binned = d3
    .bin()
    .thresholds(plan.bins)(plan.samples)
    .filter((b) => b.x1 > b.x0)
    .map((b) => [b.x0, b.x1, b.length]);
  plan.series = [{ name: null, points: plan.binned.map(([a, b, n]) => [(a + b) / 2, n]) }];
}

function axisTruth(axis, scale) {
  if (axis.scale === 'category')
    return categoryAxis(axis.label, scale.domain(), (name) => scale(name) + scale.bandwidth() / 2);
  const [low, high] = scale.domain().map(Number);
  return valueAxis(axis.label, axis.scale, low, high, (value) => scale(value));
}
