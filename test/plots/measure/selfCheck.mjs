/** Scores readings that are made from the truth: a perfect one must be right everywhere, a spoilt one nowhere near. */
import { categoriesOf, even, pixelAt } from './axes.mjs';
import { scorePlot } from './score.mjs';

function axisReading(axis, series) {
  if (!axis) return { label: null, scale: 'linear', ticks: [] };
  const base = { label: axis.label, scale: axis.scale, ticks: [] };
  if (axis.scale === 'category')
    return { ...base, categories: categoriesOf(axis, series).map((name, i) => ({ name, pixel: i })) };
  const [[p, a], [q, b]] = axis.at.map(([pixel, value]) => [pixel, even(axis, value)]);
  const slope = (b - a) / (q - p);
  return { ...base, slope, offset: a - slope * p };
}

const areaOf = (panel) => {
  const [xs, ys] = [panel.x, panel.y].map((axis) => axis?.at.map(([pixel]) => pixel) ?? [0, 1]);
  return { left: Math.min(...xs), right: Math.max(...xs), top: Math.min(...ys), bottom: Math.max(...ys) };
};

function seriesReading(panel) {
  const plain = panel.series.map(({ name, color, points, errors }) => ({
    name,
    color,
    points,
    pixels: [],
    mark: 'line',
    errors: errors?.map((error) => (Array.isArray(error) ? error : [error, error])),
  }));
  if (panel.boxes) {
    return ['median', 'q1', 'q3'].map((name) => ({
      name,
      color: [0, 0, 0],
      points: panel.boxes.map((box) => [box.name, box[name]]),
      pixels: [],
    }));
  }
  if (panel.cells)
    return panel.cells.map((row, i) => ({
      name: `${i}`,
      color: [0, 0, 0],
      points: row.map((value, c) => [c, value]),
      pixels: [],
    }));
  return plain;
}

/** A reading that says exactly what the truth says. */
export function perfect(truth) {
  const panels = truth.panels.map((panel) => ({
    kind: panel.kind,
    layout: {
      area: areaOf(panel),
      title: panel.title,
      x: axisReading(panel.x, panel.series),
      y: axisReading(panel.y, panel.series),
      y2: panel.y2 && axisReading(panel.y2, panel.series),
      legend: panel.series.map((series) => ({ name: series.name })),
    },
    series: seriesReading(panel),
    warnings: [],
  }));
  return {
    kind: truth.kind,
    confidence: 1,
    title: truth.title ?? (truth.panels.length === 1 ? truth.panels[0].title : null),
    panels,
    warnings: [],
  };
}

/** The same with every text, scale, value and kind wrong. */
function spoilt(truth) {
  const reading = perfect(truth);
  reading.kind = truth.kind === 'pie' ? 'bar' : 'pie';
  reading.title = 'x';
  for (const panel of reading.panels) {
    panel.layout.title = panel.layout.x.label = panel.layout.y.label = 'x';
    panel.series = [];
    for (const axis of [panel.layout.x, panel.layout.y, panel.layout.y2 ?? {}]) {
      axis.categories = undefined;
      axis.slope *= 1.05;
    }
    for (const entry of panel.layout.legend) entry.name = 'x';
  }
  return reading;
}

/** Problems with the scoring of these truths, as sentences; empty when it is sound. */
export function selfCheck(truths) {
  const problems = [];
  for (const truth of truths) {
    for (const check of scorePlot(truth, perfect(truth))) {
      if (check.right !== check.of)
        problems.push(`${truth.file}: a perfect reading fails "${check.bar}": ${check.note}`);
    }
    for (const check of scorePlot(truth, spoilt(truth))) {
      const free = ['panels', 'plot or not', 'scatter points that are real'].includes(check.bar) || check.of === 0;
      if (check.right && !free) problems.push(`${truth.file}: a spoilt reading passes "${check.bar}": ${check.note}`);
    }
    problems.push(...inside(truth));
  }
  return problems;
}

/** Truth that lies outside its own picture is wrong truth. */
function inside(truth) {
  return truth.panels.flatMap((panel) => {
    // a category axis may reach half a step beyond the frame
    if (!panel.x || !truth.width || [panel.x, panel.y].some((axis) => axis.scale === 'category')) return [];
    const xs = panel.x.range.map((value) => pixelAt(panel.x, value));
    const ys = panel.y.range.map((value) => pixelAt(panel.y, value));
    const fits =
      Math.min(...xs) >= -1 &&
      Math.max(...xs) <= truth.width + 1 &&
      Math.min(...ys) >= -1 &&
      Math.max(...ys) <= truth.height + 1;
    return fits
      ? []
      : [`${truth.file}: axes outside the picture: x ${xs}, y ${ys} of ${truth.width} x ${truth.height}`];
  });
}
