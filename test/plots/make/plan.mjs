/** What to draw, the same for every library that takes a plan: kind, texts, data and look, all from one seed. */
import { randomFrom } from './random.mjs';
import { words } from './words.mjs';

const DAY = 86_400_000;

/**
 * A plan. `kinds`: what the library draws. `categoryLines`: its lines may stand on a category axis.
 * { seed, kind, mode, title, x: { label, scale }, y: { label, scale }, categories?, series: [{ name, points, errors? }],
 *   samples?, matrix?, legend, look: { theme, grid, width, height, scale, font, fontSize, marker, dashes, lineWidth } }
 */
export function planFor(seed, { kinds, categoryLines = 0 }) {
  const random = randomFrom(seed);
  const kind = random.choice(kinds);
  const [xLabel, yLabel] = random.sample(words.quantities, 2);
  const labelled = random.chance(0.88);
  const plan = {
    seed,
    kind,
    mode: 'plain',
    title: random.chance(0.88) ? random.choice(words.titles) : null,
    x: { label: labelled ? xLabel : null, scale: 'linear' },
    y: { label: labelled ? yLabel : null, scale: 'linear' },
    look: lookOf(random),
    series: [],
  };
  while (plan.title && plan.title.length * 0.72 * (plan.look.fontSize ?? 13) > 0.8 * plan.look.width)
    plan.title = random.choice(words.titles);
  DRAW[kind](random, plan, categoryLines);
  if (plan.x?.scale === 'time' && plan.x.label) plan.x.label = random.choice(words.times);
  plan.legend = legendOf(random, plan);
  return plan;
}

function lookOf(random) {
  const scale = random.choice([1, 1, 1.5, 2, 2, 3]);
  return {
    theme: random.choice(['default', 'default', 'default', 'dark', 'other']),
    grid: random.choice([undefined, undefined, true, false]),
    width: random.integer(scale > 2 ? 420 : 480, scale > 2 ? 620 : 860),
    height: random.integer(320, scale > 2 ? 420 : 540),
    scale,
    font: random.choice([undefined, undefined, 'Liberation Sans', 'DejaVu Sans', 'Liberation Serif', 'DejaVu Serif']),
    fontSize: random.choice([undefined, undefined, 11, 13, 15]),
    marker: random.choice([undefined, undefined, 'circle', 'square', 'triangle']),
    dashes: random.chance(0.2),
    lineWidth: random.choice([undefined, undefined, 1, 3]),
  };
}

function legendOf(random, plan) {
  if (plan.kind === 'pie') return random.choice(['none', 'right', 'top']);
  if (plan.series.length < 2) return 'none';
  return random.choice(['default', 'default', 'default', 'right', 'top', 'bottom', 'inside']);
}

/** Sizes of numbers as they occur: shares, tens, thousands, millions, tiny ones. */
const sizeOf = (random) =>
  10 **
  random.choice([
    random.uniform(-4, -1),
    random.uniform(-0.5, 1),
    random.uniform(0.5, 2.5),
    random.uniform(0.5, 2.5),
    random.uniform(2.5, 4.5),
    random.uniform(5, 7.5),
  ]);

/** `count` smooth or noisy values; some offset far from zero, some negative. */
function curve(random, count, size) {
  const waves = [1, 2, 3].map((n) => [n, random.uniform(0.2, 1) / n, random.uniform(0, 6.28)]);
  const slope = random.uniform(-2, 3);
  const offset = random.choice([0, 0, 3, 3, 20]);
  const noise = random.choice([0, 0, 0.05, 0.2]);
  return Array.from({ length: count }, (_, i) => {
    const t = i / Math.max(1, count - 1);
    const wave = waves.reduce((sum, [n, a, p]) => sum + a * Math.sin(2 * Math.PI * n * t + p), 0);
    return size * (wave + slope * t + offset + random.normal(0, noise));
  });
}

function categoriesOf(random, low, high) {
  const set = random.choice(words.categorySets);
  const count = Math.min(set.names.length, random.integer(low, high));
  if (!set.ordered) return random.sample(set.names, count);
  const first = random.integer(0, set.names.length - count);
  return set.names.slice(first, first + count);
}

/** x values of a line: even, logarithmic, dates or categories. */
function abscissa(random, plan, count, categoryLines) {
  if (random.chance(categoryLines)) {
    plan.categories = categoriesOf(random, 5, 12);
    plan.x.scale = 'category';
    return plan.categories;
  }
  const scale = random.choice(['linear', 'linear', 'linear', 'linear', 'log', 'time']);
  plan.x.scale = scale;
  if (scale === 'log') {
    const [low, decades] = [random.integer(-2, 2), random.uniform(2, 4)];
    return Array.from({ length: count }, (_, i) => 10 ** (low + (decades * i) / (count - 1)));
  }
  if (scale === 'time') {
    const start = Date.UTC(random.integer(2000, 2024), random.integer(0, 11), random.integer(1, 28));
    const every = random.choice([DAY / 24, DAY, 7 * DAY, 30 * DAY, 365 * DAY]);
    return Array.from({ length: count }, (_, i) => start + i * every);
  }
  const [first, length] = [random.choice([0, 0, 0, 1, -5, 1990]), 10 ** random.uniform(0.5, 3)];
  return Array.from({ length: count }, (_, i) => first + (length * i) / (count - 1));
}

function lines(random, plan, categoryLines, most = 4) {
  const count = random.integer(1, most);
  const points = random.choice([8, 15, 15, 40, 120]);
  const x = abscissa(random, plan, points, categoryLines);
  const size = sizeOf(random);
  const logY = plan.kind === 'line' && random.chance(0.15);
  if (logY) plan.y.scale = 'log';
  const base = curve(random, x.length, size);
  const height = Math.max(...base) - Math.min(...base) || size;
  plan.series = random.sample(words.names, count).map((name) => {
    const [turn, lift, rise, power] = [
      random.uniform(0.4, 1.4),
      random.uniform(-0.5, 0.5),
      random.uniform(1, 3.5),
      random.uniform(0.6, 2),
    ];
    const y = base.map((value, i) =>
      logY ? 10 ** (lift + rise * (i / (x.length - 1)) ** power) : base[0] + (value - base[0]) * turn + lift * height,
    );
    return { name, points: x.map((at, i) => [at, y[i]]) };
  });
  if (points > 15) plan.look.marker = undefined;
}

const DRAW = {
  line: (random, plan, categoryLines) => lines(random, plan, categoryLines),
  step: (random, plan) => lines(random, plan, 0, 2),
  errorbar(random, plan) {
    plan.kind = 'line';
    plan.mode = 'errors';
    const x = Array.from({ length: random.integer(6, 12) }, (_, i) => i + 1);
    const y = curve(random, x.length, sizeOf(random));
    const height = Math.max(...y) - Math.min(...y);
    plan.series = [
      {
        name: random.choice(words.names),
        points: x.map((at, i) => [at, y[i]]),
        errors: x.map(() => height * random.uniform(0.05, 0.18)),
      },
    ];
  },
  scatter(random, plan) {
    const [count, points] = [random.integer(1, 3), random.choice([8, 20, 40, 80])];
    const [xs, ys, x0, y0] = [sizeOf(random), sizeOf(random), random.choice([0, 0, 2]), random.choice([0, -1, 2])];
    plan.series = random.sample(words.names, count).map((name) => {
      const [slope, lift, spread] = [random.uniform(-1, 1.5), random.uniform(-0.4, 0.4), random.uniform(0.05, 0.4)];
      const at = () => {
        const t = random.next();
        return [xs * (x0 + t), ys * (y0 + lift + slope * t + random.normal(0, spread))];
      };
      return { name, points: Array.from({ length: points }, at) };
    });
  },
  bar(random, plan) {
    plan.mode = random.choice(['plain', 'plain', 'plain', 'grouped', 'grouped', 'stacked', 'horizontal']);
    plan.categories = categoriesOf(random, 3, 8);
    const count = ['grouped', 'stacked'].includes(plan.mode) ? random.integer(2, 3) : 1;
    const size = sizeOf(random);
    const negative = plan.mode === 'plain' && random.chance(0.2);
    const height = () => size * random.uniform(0.12, 1) * (negative && random.chance(0.4) ? -1 : 1);
    plan.series = random
      .sample(words.names, count)
      .map((name) => ({ name, points: plan.categories.map((c) => [c, height()]) }));
    plan.horizontal = plan.mode === 'horizontal';
    plan[plan.horizontal ? 'y' : 'x'].scale = 'category';
  },
  histogram(random, plan) {
    const [mean, spread, count] = [sizeOf(random), random.uniform(0.1, 0.4), random.choice([150, 400, 1000])];
    const skew = random.chance(0.3);
    plan.samples = Array.from(
      { length: count },
      () => mean * (skew ? -Math.log(1 - random.next()) : 1 + random.normal(0, spread)),
    );
    plan.bins = random.integer(8, 25);
    plan.series = [{ name: null, points: [] }];
  },
  pie(random, plan) {
    plan.mode = random.choice(['pie', 'pie', 'donut']);
    plan.x = plan.y = null;
    const shares = categoriesOf(random, 3, 6).map((name) => [name, random.uniform(6, 40)]);
    const sum = shares.reduce((total, [, share]) => total + share, 0);
    plan.series = shares.map(([name, share]) => ({ name, points: [[name, (100 * share) / sum]] }));
  },
  box(random, plan) {
    plan.categories = categoriesOf(random, 2, 5);
    plan.x.scale = 'category';
    const size = sizeOf(random);
    plan.samples = plan.categories.map(() => {
      const [mean, spread] = [random.uniform(1, 3), random.uniform(0.1, 0.4)];
      return Array.from({ length: 80 }, () => size * (mean + random.normal(0, spread)));
    });
  },
  heatmap(random, plan) {
    plan.categories = categoriesOf(random, 4, 8);
    let rows = categoriesOf(random, 3, 7);
    while (rows.some((name) => plan.categories.includes(name))) rows = categoriesOf(random, 3, 7);
    plan.rows = rows;
    plan.x.scale = plan.y.scale = 'category';
    const size = random.choice([1, 10, 100, 1000]);
    plan.matrix = rows.map(() => plan.categories.map(() => size * random.uniform(random.chance(0.2) ? -0.3 : 0, 1)));
  },
  area(random, plan) {
    plan.mode = random.choice(['plain', 'stacked']);
    const count = plan.mode === 'stacked' ? random.integer(2, 3) : 1;
    const x = Array.from({ length: random.choice([12, 30, 60]) }, (_, i) => i);
    const size = sizeOf(random);
    plan.series = random.sample(words.names, count).map((name) => {
      const y = curve(random, x.length, size);
      const low = Math.min(...y);
      return { name, points: x.map((at, i) => [at, y[i] - Math.min(low, 0) + size * 0.3]) };
    });
  },
  contour(random, plan) {
    const [a, b, c] = [random.uniform(0.3, 1), random.uniform(0.5, 1.5), random.uniform(-1, 1)];
    const axis = (low, high) => Array.from({ length: 40 }, (_, i) => low + ((high - low) * i) / 39);
    plan.grid = { x: axis(-3, 3), y: axis(-2, 2) };
    plan.matrix = plan.grid.y.map((y) =>
      plan.grid.x.map((x) => Math.exp(-x * x - y * y) - a * Math.exp(-((x - b) ** 2) - (y - c) ** 2)),
    );
  },
};
