/** Scores of what is drawn in a panel. A check is { bar, right, of, note?, error? }: `right` of `of` things hold. */
import { apart, loose, pixelAt, shown, spanOf } from './axes.mjs';
import { colorDistance, matchSeries } from './match.mjs';

const WITHIN = 0.01;
const median = (values) =>
  [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? Number.POSITIVE_INFINITY;
const percent = (share) => (Number.isFinite(share) ? `${(share * 100).toFixed(2)} %` : 'missing');

/** The read curve at x: by name on a category axis, between its points elsewhere; NaN outside them. */
function readCurve(points, x, slack, step) {
  if (typeof x === 'string') return points.find(([name]) => loose(String(name)) === loose(x))?.[1] ?? Number.NaN;
  const sorted = points.filter(([a]) => typeof a === 'number').sort((a, b) => a[0] - b[0]);
  const next = sorted.findIndex(([a]) => a >= x);
  if (next === -1) return sorted.length && x - sorted.at(-1)[0] <= slack ? sorted.at(-1)[1] : Number.NaN;
  const [bx, by] = sorted[next];
  if (next === 0) return bx - x <= slack ? by : Number.NaN;
  const [ax, ay] = sorted[next - 1];
  if (bx === x || step) return bx === x ? by : ay;
  return ay + ((by - ay) * (x - ax)) / (bx - ax);
}

/** Lines, steps and upper edges of areas: is each series there, and is it where it should be. */
export function curves(panel, read, bar) {
  if (bar === 'area' && panel.mode === 'stacked') return stackedAreas(panel, read);
  return curvesOf(panel, read, bar);
}

/** Parts of a stack read as their own thickness, or as the edges that are drawn (from either end of the stack). */
function stackedAreas(panel, read) {
  const list = panel.series;
  const summed = (under) =>
    list.map((series, i) => ({
      ...series,
      points: series.points.map(([x, y], k) => [x, under(i).reduce((sum, other) => sum + other.points[k][1], y)]),
    }));
  const ways = [list, summed((i) => list.slice(0, i)), summed((i) => list.slice(i + 1))];
  const right = (checks) => checks.reduce((sum, check) => sum + check.right, 0);
  const scored = ways.map((series) => curvesOf({ ...panel, series }, read, 'area'));
  return scored.reduce((best, checks) => (right(checks) > right(best) ? checks : best));
}

function curvesOf(panel, read, bar) {
  const matched = matchSeries(panel.series, read.series);
  const slack = panel.x.scale === 'category' ? 0 : (panel.x.range[1] - panel.x.range[0]) * WITHIN;
  return panel.series.flatMap((truth, i) => {
    const what = truth.name ?? 'unnamed';
    // the thickness of a stack's part may lie outside the axis that shows the stack
    const points = truth.points.filter(
      ([x, y]) => shown(panel.x, x) && (panel.mode === 'stacked' || shown(panel.y, y)),
    );
    if (!points.length) return [];
    const found = matched[i];
    const errors = points.map(([x, y]) =>
      found ? curveError(panel, found, x, y, slack, bar) : Number.POSITIVE_INFINITY,
    );
    const error = median(errors);
    const note = `${what}: ${found ? `median error ${percent(error)}` : 'not found'}`;
    const checks = [
      { bar: `${bar} matched`, right: found ? 1 : 0, of: 1, note },
      { bar: `${bar} within 1 %`, right: error <= WITHIN ? 1 : 0, of: 1, note, error },
      { bar: `${bar} points within 1 %`, right: errors.filter((e) => e <= WITHIN).length, of: errors.length },
    ];
    return truth.errors ? [...checks, errorBars(panel, truth, found)] : checks;
  });
}

/** A step jumps at its node, where both sides are true: the nearer of the read values just beside it counts. */
function curveError(panel, found, x, y, slack, bar) {
  if (bar !== 'step' || typeof x === 'string') return apart(panel.y, readCurve(found.points, x, slack), y);
  const beside = [-slack / 4, 0, slack / 4].map((d) => readCurve(found.points, x + d, slack, false));
  return Math.min(...beside.map((value) => apart(panel.y, value, y)));
}

function errorBars(panel, truth, found) {
  const right = truth.errors.filter((error, i) => {
    const [x] = truth.points[i];
    const at = found?.points.findIndex(([px]) => px === x || apart(panel.x, px, x) <= WITHIN) ?? -1;
    const pair = found?.errors?.[at];
    const [low, high] = Array.isArray(error) ? error : [error, error];
    const span = spanOf(panel.y);
    return pair && Math.abs(pair[0] - low) / span <= WITHIN && Math.abs(pair[1] - high) / span <= WITHIN;
  }).length;
  return { bar: 'error bars within 1 %', right, of: truth.errors.length, note: `${right} of ${truth.errors.length}` };
}

/** The read value of the bar at a category or number; undefined where there is none. */
function barAt(points, x, index, count, half) {
  const at = (value) =>
    points.find(([px]) => (typeof x === 'string' ? loose(String(px)) === loose(x) : Math.abs(px - x) <= half) && value);
  return (at(true) ?? (typeof x === 'string' && points.length === count ? points[index] : undefined))?.[1];
}

/** Bars and bins: the share whose height is within 1 % of the value axis's span. */
export function bars(panel, read, bar) {
  const value = panel.y.scale === 'category' || panel.horizontal ? panel.x : panel.y;
  const matched = matchSeries(panel.series, read.series);
  return panel.series.map((truth, i) => {
    const xs = truth.points.map(([x]) => x);
    const half = typeof xs[0] === 'number' && xs.length > 1 ? Math.abs(xs[1] - xs[0]) / 2 : 0.5;
    const ordered = orderedLike(panel, truth.points);
    const errors = ordered.map(([x, h], at) => {
      const got = matched[i] ? barAt(matched[i].points, x, at, ordered.length, half) : undefined;
      return got === undefined
        ? Number.POSITIVE_INFINITY
        : Math.abs(got - h) / Math.abs(value.range[1] - value.range[0]);
    });
    const right = errors.filter((error) => error <= WITHIN).length;
    const note = `${truth.name ?? 'unnamed'}: ${right} of ${errors.length}${matched[i] ? `, median error ${percent(median(errors))}` : ', series not found'}`;
    return { bar: `${bar} heights within 1 %`, right, of: errors.length, note, error: median(errors) };
  });
}

/** Bars in order of their pixels, as a reading gives them. */
function orderedLike(panel, points) {
  const axis = panel.y.scale === 'category' ? panel.y : panel.x;
  const order = axis.categories && [...axis.categories].sort((a, b) => a.pixel - b.pixel).map((c) => c.name);
  return order ? [...points].sort((a, b) => order.indexOf(a[0]) - order.indexOf(b[0])) : points;
}

/** Points found within 1 % of both spans, one read point for one true point; read points left over are false. */
export function scatter(panel, read) {
  const reads = read.series.flatMap((series, s) => series.points.map(([x, y]) => ({ x, y, s, used: false })));
  const matched = matchSeries(panel.series, read.series).map((series) => read.series.indexOf(series));
  const truths = visiblePoints(panel);
  for (const own of [true, false])
    for (const point of truths) take(panel, reads, point, own && matched[point.series], own);
  const found = truths.filter((point) => point.found);
  const open = truths.filter((point) => !point.covered);
  return [
    {
      bar: 'scatter points found',
      right: found.length,
      of: truths.length,
      note: `${found.length} of ${truths.length}`,
    },
    { bar: 'scatter points in their series', right: found.filter((p) => p.own).length, of: truths.length },
    { bar: 'scatter points not covered, found', right: open.filter((p) => p.found).length, of: open.length },
    {
      bar: 'scatter points that are real',
      right: reads.filter((p) => p.used).length,
      of: reads.length,
      note: `${reads.filter((p) => !p.used).length} false of ${reads.length}`,
    },
  ];
}

function take(panel, reads, truth, series, own) {
  if (truth.found) return;
  const near = reads.filter(
    (p) =>
      !p.used &&
      (!own || p.s === series) &&
      apart(panel.x, p.x, truth.x) <= WITHIN &&
      apart(panel.y, p.y, truth.y) <= WITHIN,
  );
  const best = near.sort((a, b) => apart(panel.x, a.x, truth.x) - apart(panel.x, b.x, truth.x))[0];
  if (!best) return;
  best.used = true;
  truth.found = true;
  truth.own = own;
}

/** True points inside the axes; `covered`: later markers hide more than 60 % of it (needs the markers' size). */
function visiblePoints(panel) {
  const all = panel.series.flatMap((series, s) =>
    series.points
      .filter(([x, y]) => shown(panel.x, x) && shown(panel.y, y))
      .map(([x, y]) => ({
        x,
        y,
        series: s,
        px: pixelAt(panel.x, x),
        py: pixelAt(panel.y, y),
        r: (series.size ?? 6) / 2,
      })),
  );
  for (const [i, point] of all.entries()) point.covered = hidden(point, all.slice(i + 1)) > 0.6;
  return all;
}

function hidden(point, later) {
  const near = later.filter((other) => Math.hypot(other.px - point.px, other.py - point.py) < point.r + other.r);
  if (!near.length) return 0;
  let inside = 0;
  let under = 0;
  for (let a = -0.9; a < 1; a += 0.2) {
    for (let b = -0.9; b < 1; b += 0.2) {
      if (a * a + b * b > 1) continue;
      inside++;
      const [x, y] = [point.px + a * point.r, point.py + b * point.r];
      if (near.some((other) => Math.hypot(other.px - x, other.py - y) < other.r)) under++;
    }
  }
  return under / inside;
}

/** Slices by name, else by colour: within one percentage point. */
export function pie(panel, read) {
  const slices = read.series.flatMap((series) =>
    series.points.map(([x, share]) => ({ names: [x, series.name], color: series.color, share })),
  );
  const truths = panel.series.flatMap((series) =>
    series.points.map(([name, share]) => ({ name, share, color: series.color })),
  );
  const right = truths.filter((truth) => {
    const named = slices.find((slice) => slice.names.some((name) => loose(String(name ?? '')) === loose(truth.name)));
    const colored = [...slices].sort(
      (a, b) => colorDistance(truth.color, a.color) - colorDistance(truth.color, b.color),
    )[0];
    return Math.abs(((named ?? colored)?.share ?? 999) - truth.share) <= 1;
  }).length;
  return [{ bar: 'pie shares within 1 point', right, of: truths.length, note: `${right} of ${truths.length}` }];
}

/** Quartiles of each box: `truth.boxes` is [{ name, q1, median, q3 }]; read as the series of those names. */
export function boxes(panel, read) {
  const value = panel.horizontal ? panel.x : panel.y;
  const score = (what) => {
    const of = panel.boxes?.length ?? 0;
    const right = (panel.boxes ?? []).filter(
      (box, i) => apart(value, boxValue(read, what, box.name, i), box[what]) <= WITHIN,
    ).length;
    return { bar: `box ${what} within 1 %`, right, of, note: `${right} of ${of}` };
  };
  return ['median', 'q1', 'q3'].map(score);
}

function boxValue(read, what, name, index) {
  const wanted = {
    median: /median/i,
    q1: /q1|lower quartile|first quartile/i,
    q3: /q3|upper quartile|third quartile/i,
  }[what];
  const series = read.series.find((s) => wanted.test(s.name ?? '')) ?? (what === 'median' ? read.series[0] : undefined);
  const points = series?.points ?? [];
  return (points.find(([x]) => loose(String(x)) === loose(name)) ?? points[index])?.[1] ?? Number.NaN;
}

/** Cells of `truth.cells` (rows from the top) within 1 % of the colour bar's span; read as one series a row. */
export function cells(panel, read) {
  const rows = panel.cells ?? [];
  const [low, high] = panel.cellRange ?? [0, 1];
  const of = rows.flat().length;
  const near = (share) =>
    rows.flatMap((row, r) =>
      row.filter((v, c) => Math.abs((read.series[r]?.points[c]?.[1] ?? Number.NaN) - v) <= share * (high - low)),
    ).length;
  return [
    { bar: 'heat map cells within 1 %', right: near(0.01), of, note: `${near(0.01)} of ${of}` },
    { bar: 'heat map cells within 3 %', right: near(0.03), of },
  ];
}
