/** Draws plots with gnuplot's pngcairo terminal: node gnuplot.mjs OUT FIRST_SEED COUNT. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { planFor } from './plan.mjs';
import { randomFrom } from './random.mjs';

const KINDS = [
  'line',
  'line',
  'line',
  'scatter',
  'scatter',
  'bar',
  'bar',
  'step',
  'area',
  'errorbar',
  'histogram',
  'box',
  'heatmap',
];
const COLORS = ['#9400d3', '#009e73', '#56b4e9', '#e69f00', '#f0e442', '#0072b2', '#e51e10'];
const POINTS = { circle: 7, square: 5, triangle: 9 };
const KEYS = {
  default: 'on',
  inside: 'top left box',
  right: 'outside right',
  top: 'outside above',
  bottom: 'below',
  none: 'off',
};

const quoted = (text) => `"${text.replace(/"/g, '\\"')}"`;
/** Density of the fills set below; gnuplot mixes them with the background. */
const FILLS = { area: 0.6, bar: 0.9, histogram: 0.7 };
const seen = (color, plan) => {
  const share = FILLS[plan.kind] ?? 1;
  const ground = plan.look.theme === 'dark' ? 32 : 255;
  return color.map((part) => Math.round(share * part + (1 - share) * ground));
};
const rgb = (hex) => [1, 3, 5].map((i) => Number.parseInt(hex.slice(i, i + 2), 16));

/** gnuplot takes times in seconds since 1970. */
const x = (plan, value) => (plan.x.scale === 'time' ? value / 1000 : value);

function look(plan, random) {
  const { theme, grid, font, fontSize } = plan.look;
  const lines = [
    `set title ${quoted(plan.title ?? '')}`,
    `set xlabel ${quoted(plan.x.label ?? '')}`,
    `set ylabel ${quoted(plan.y.label ?? '')}`,
    `set key ${KEYS[plan.legend]}`,
  ];
  if (grid) lines.push('set grid');
  if (theme === 'dark')
    lines.push(
      'set border lc rgb "#dddddd"',
      'set key textcolor rgb "#dddddd"',
      ...['title', 'xlabel', 'ylabel'].map((part) => `set ${part} textcolor rgb "#dddddd"`),
      'set xtics textcolor rgb "#dddddd"',
      'set ytics textcolor rgb "#dddddd"',
    );
  if (theme === 'other') lines.push('set border 3', 'set tics nomirror');
  if (plan.x.scale === 'log') lines.push('set logscale x', 'set format x "10^{%L}"');
  if (plan.y.scale === 'log')
    lines.push(...(random.chance(0.5) ? ['set logscale y'] : ['set logscale y', 'set format y "10^{%L}"']));
  if (plan.x.scale === 'time')
    lines.push(
      'set xdata time',
      'set timefmt "%s"',
      `set format x ${random.choice(['"%Y-%m-%d"', '"%b %Y"', '"%d/%m/%y"'])}`,
      'set xtics rotate by -45',
    );
  const size = { 1: 1, 1.5: 1.5, 2: 2, 3: 3 }[plan.look.scale];
  const [width, height] = [Math.round(plan.look.width * size), Math.round(plan.look.height * size)];
  const terminal = `set terminal pngcairo size ${width},${height} enhanced font ${quoted(`${font ?? 'Sans'},${(fontSize ?? 11) * size}`)} linewidth ${size} pointscale ${size}${theme === 'dark' ? ' background rgb "#202020"' : ''}`;
  return { width, height, lines, terminal };
}

const table = (name, rows) => [`$${name} << EOD`, ...rows.map((row) => row.join(' ')), 'EOD'];

function lineCommands(plan, style) {
  const data = plan.series.flatMap((series, i) =>
    table(
      `d${i}`,
      series.points.map(([a, b], k) => [x(plan, a), b, series.errors?.[k] ?? '']),
    ),
  );
  const using = `using 1:2${plan.mode === 'errors' ? ':3' : ''}`;
  const parts = plan.series.map(
    (series, i) => `$d${i} ${using} with ${style(i)} lc rgb "${COLORS[i]}" title ${quoted(series.name)}`,
  );
  return [...data, `plot ${parts.join(', ')}`];
}

const COMMANDS = {
  line: (plan) =>
    lineCommands(plan, (i) => {
      const { marker, dashes, lineWidth } = plan.look;
      const width = `lw ${lineWidth ?? 1.5} dt ${dashes ? i + 1 : 1}`;
      if (plan.mode === 'errors') return 'yerrorlines pt 7';
      return marker ? `linespoints pt ${POINTS[marker]} ${width}` : `lines ${width}`;
    }),
  step: (plan, random) => {
    const style = random.choice(['steps', 'fsteps', 'histeps']);
    return lineCommands(plan, () => `${style} lw 2`);
  },
  area(plan) {
    plan.series = plan.series.slice(0, 1);
    Object.assign(plan, { mode: 'plain' });
    return ['set style fill solid 0.6 noborder', 'set yrange [0:*]', ...lineCommands(plan, () => 'filledcurves y1=0')];
  },
  scatter: (plan, random) => {
    const type = plan.look.marker ? POINTS[plan.look.marker] : random.choice([1, 2, 6, 7, 7]);
    return lineCommands(plan, (i) => `points pt ${plan.look.marker ? type : type > 2 ? type : type + i} ps ${1.1}`);
  },
  bar(plan) {
    if (plan.horizontal)
      Object.assign(plan, {
        horizontal: false,
        mode: 'plain',
        x: { ...plan.x, scale: 'category' },
        y: { ...plan.y, scale: 'linear' },
      });
    const style = plan.mode === 'stacked' ? 'rowstacked' : 'clustered gap 1';
    const rows = plan.categories.map((name, k) => [quoted(name), ...plan.series.map((series) => series.points[k][1])]);
    const parts = plan.series.map(
      (series, i) =>
        `$d using ${i + 2}${i === 0 ? ':xtic(1)' : ''} lc rgb "${COLORS[i]}" title ${plan.series.length > 1 ? quoted(series.name) : '""'}`,
    );
    const from = rows.some((row) => row.slice(1).some((h) => h < 0)) ? '' : 'set yrange [0:*]';
    return [
      ...table('d', rows),
      'set style data histograms',
      `set style histogram ${style}`,
      `set boxwidth ${plan.mode === 'stacked' ? 0.75 : 0.9}`,
      'set style fill solid 0.9 border -1',
      from,
      `plot ${parts.join(', ')}`,
    ];
  },
  histogram(plan) {
    const [low, high] = [Math.min(...plan.samples), Math.max(...plan.samples)];
    const width = (high - low) / plan.bins;
    const counts = new Array(plan.bins).fill(0);
    for (const value of plan.samples) counts[Math.min(plan.bins - 1, Math.floor((value - low) / width))]++;
    plan.series = [{ name: 'count', points: counts.map((n, i) => [low + (i + 0.5) * width, n]) }];
    plan.legend = 'none';
    return [
      `set boxwidth ${width}`,
      'set style fill solid 0.7 border -1',
      'set yrange [0:*]',
      ...lineCommands(plan, () => 'boxes'),
    ];
  },
  box(plan) {
    const data = plan.samples.flatMap((list, i) =>
      table(
        `d${i}`,
        list.map((value) => [value]),
      ),
    );
    const ticks = plan.categories.map((name, i) => `${quoted(name)} ${i + 1}`).join(', ');
    plan.boxes = plan.samples.map((list, i) => quartiles(plan.categories[i], list));
    const parts = plan.samples.map((_, i) => `$d${i} using (${i + 1}):1 with boxplot lc rgb "${COLORS[i]}" notitle`);
    return [
      ...data,
      'set style fill solid 0.4 border -1',
      'set style boxplot outliers pointtype 7',
      'set boxwidth 0.5',
      `set xtics (${ticks})`,
      `plot ${parts.join(', ')}`,
    ];
  },
  heatmap(plan) {
    const ticks = (names) => names.map((name, i) => `${quoted(name)} ${i}`).join(', ');
    return [
      ...table('d', plan.matrix),
      'unset key',
      `set xtics (${ticks(plan.categories)})`,
      `set ytics (${ticks(plan.rows)})`,
      `set xrange [-0.5:${plan.categories.length - 0.5}]`,
      `set yrange [-0.5:${plan.rows.length - 0.5}]`,
      'plot $d matrix with image',
    ];
  },
};

/** gnuplot's quartiles: the value at ceil(n / 4), and the mean of the middle two. */
function quartiles(name, list) {
  const sorted = [...list].sort((a, b) => a - b);
  const n = sorted.length;
  const at = (i) => sorted[i];
  const quarter = n % 4 === 0 ? (i) => (at(i - 1) + at(i)) / 2 : (i) => at(Math.floor(i));
  return {
    name,
    q1: quarter(n / 4),
    median: n % 2 ? at((n - 1) / 2) : (at(n / 2 - 1) + at(n / 2)) / 2,
    q3: quarter((3 * n) / 4),
  };
}

const VALUES = [
  'TERM_XMIN',
  'TERM_XMAX',
  'TERM_YMIN',
  'TERM_YMAX',
  'X_MIN',
  'X_MAX',
  'Y_MIN',
  'Y_MAX',
  'CB_MIN',
  'CB_MAX',
];

/** One plot; undefined where gnuplot refuses it. */
function draw(seed, out) {
  const plan = planFor(seed, { kinds: KINDS });
  const random = randomFrom(seed + 77);
  const commands = COMMANDS[plan.kind](plan, random);
  const { width, height, lines, terminal } = look(plan, random);
  const name = `gnuplot-${seed}`;
  const print = VALUES.map((value) => `print sprintf("${value} %.17g", exists("GPVAL_${value}") ? GPVAL_${value} : 0)`);
  const script = [
    'set encoding utf8',
    terminal,
    `set output ${quoted(path.join(out, `${name}.png`))}`,
    ...lines,
    ...commands,
    'set print "-"',
    ...print,
    'unset output',
  ].join('\n');
  const done = spawnSync('gnuplot', ['-'], { input: script, encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`gnuplot, seed ${seed}: ${done.stderr}`);
  const value = Object.fromEntries(
    done.stdout
      .trim()
      .split('\n')
      .map((line) => line.split(' '))
      .map(([key, text]) => [key, Number(text)]),
  );
  writeFileSync(path.join(out, `${name}.json`), JSON.stringify(truthOf(plan, value, { name, seed, width, height })));
}

function truthOf(plan, value, { name, seed, width, height }) {
  // in pixels from below; whole numbers are the middles of pixels (measured on the drawn frames)
  const px = (unit) => unit + 0.5;
  const py = (unit) => height - unit - 0.5;
  const axis = (own, low, high, pixels, names, first) => {
    const factor = own.scale === 'time' ? 1000 : 1;
    const range = [low * factor, high * factor];
    const at = range.map((end, i) => [pixels[i], end]);
    if (own.scale !== 'category') return { label: own.label, scale: own.scale, range, at };
    const pixel = (i) => pixels[0] + ((i + first - low) / (high - low)) * (pixels[1] - pixels[0]);
    return {
      label: own.label,
      scale: 'category',
      range: [low - first, high - first],
      at: at.map(([p, v]) => [p, v - first]),
      categories: names.map((n, i) => ({ name: n, pixel: pixel(i) })),
    };
  };
  const first = plan.kind === 'box' ? 1 : 0;
  const panel = {
    kind: plan.kind,
    mode: plan.mode,
    title: plan.title,
    legend: plan.legend !== 'none' && plan.series.length > 1,
    x: axis(plan.x, value.X_MIN, value.X_MAX, [px(value.TERM_XMIN), px(value.TERM_XMAX)], plan.categories, first),
    y: axis(
      plan.y,
      value.Y_MIN,
      value.Y_MAX,
      [py(value.TERM_YMIN), py(value.TERM_YMAX)],
      plan.rows ?? plan.categories,
      0,
    ),
    series: plan.series.map((series, i) => ({
      ...series,
      color: seen(rgb(COLORS[i]), plan),
      size: plan.kind === 'scatter' ? 7 * plan.look.scale : undefined,
    })),
    boxes: plan.boxes,
  };
  if (plan.kind === 'heatmap')
    Object.assign(panel, { cells: [...plan.matrix].reverse(), cellRange: [value.CB_MIN, value.CB_MAX] });
  return {
    file: `${name}.png`,
    seed,
    library: 'gnuplot',
    style: plan.look.theme,
    dpi: `${plan.look.scale}x`,
    kind: plan.kind,
    width,
    height,
    panels: [panel],
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [out, first, count] = process.argv.slice(2);
  mkdirSync(out, { recursive: true });
  for (let seed = Number(first); seed < Number(first) + Number(count); seed++) draw(seed, out);
}
