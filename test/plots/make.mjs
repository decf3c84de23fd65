/**
 * Draws the plots on which the plot reader is measured: PNGs, each with a JSON of what it shows.
 *   node test/plots/make.mjs --set dev --count N --out DIR [--library NAME]
 *   node test/plots/make.mjs --set heldout --final --round R --count N --out DIR
 * The rule: nobody looks at a held-out plot to change the reader. Development uses the seeds of `dev` only; the
 * held-out seeds are for one measurement of a finished reader (hence --final), and its figures are reported as they
 * are. Observable Plot and Bokeh are drawn in held-out sets only: for them the reader was never tuned.
 * Libraries are used where they are present; `set.json` in DIR says which were drawn and which were missing.
 * PLOT_PYTHON names a Python with matplotlib (python3 without it), CHROMIUM the browser.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { CHROMIUM } from './make/chromium.mjs';

/** First seed of each set. Each library has SEEDS seeds of its own in it, so that no range meets another. */
const FIRST_SEED = { dev: 1, heldout: 5_000_001 };
const SEEDS = 5_000;
/** Measurements of held-out plots, each by seeds of its own: a set is measured once. */
const ROUNDS = 5;

const here = path.dirname(fileURLToPath(import.meta.url));
const script = (name) => path.join(here, 'make', name);
const python = process.env.PLOT_PYTHON ?? 'python3';
const runs =
  (command, ...probe) =>
  () =>
    spawnSync(command, probe, { stdio: 'ignore' }).status === 0;
const browser = () => existsSync(CHROMIUM);
const page = (name, share, sets) => ({
  name,
  share,
  sets,
  there: browser,
  command: process.execPath,
  args: [script('browser.mjs'), name],
});

/** Share of each library, whether it is here, and what draws it: `command args DIR FIRST_SEED COUNT`. Order fixes the seeds. */
const LIBRARIES = [
  {
    name: 'matplotlib',
    share: 4,
    there: runs(python, '-c', 'import matplotlib, numpy'),
    command: python,
    args: [script('plots_matplotlib.py')],
  },
  {
    name: 'seaborn',
    share: 1,
    there: runs(python, '-c', 'import seaborn'),
    command: python,
    args: [script('plots_seaborn.py')],
  },
  page('plotly', 3),
  page('echarts', 3),
  page('chartjs', 2),
  page('vega', 3),
  page('d3', 2),
  {
    name: 'gnuplot',
    share: 2,
    there: runs('gnuplot', '--version'),
    command: process.execPath,
    args: [script('gnuplot.mjs')],
  },
  {
    name: 'ggplot2',
    share: 3,
    there: runs('Rscript', '-e', 'library(ggplot2)'),
    command: process.execPath,
    args: [script('r.mjs'), 'ggplot2'],
  },
  {
    name: 'base',
    share: 1,
    there: runs('Rscript', '--version'),
    command: process.execPath,
    args: [script('r.mjs'), 'base'],
  },
  { name: 'none', share: 3, there: browser, command: process.execPath, args: [script('negatives.mjs')] },
  page('observable', 2, ['heldout']),
  {
    name: 'bokeh',
    share: 1,
    sets: ['heldout'],
    there: () => browser() && runs(python, '-c', 'import bokeh')(),
    command: process.execPath,
    args: [script('bokeh.mjs')],
  },
].filter(({ args }) => existsSync(args[0]));

/** The npm libraries of this folder, by its own lock. */
function install() {
  if (existsSync(path.join(here, 'node_modules'))) return;
  const npm = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: here,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (npm.status !== 0) throw new Error('npm ci in test/plots failed.');
}

function options() {
  const { values } = parseArgs({
    options: {
      set: { type: 'string' },
      count: { type: 'string', default: '60' },
      out: { type: 'string' },
      library: { type: 'string' },
      final: { type: 'boolean' },
      round: { type: 'string', default: '1' },
    },
  });
  const count = Number(values.count);
  const round = Number(values.round);
  if (!(values.set in FIRST_SEED) || !(count >= 1 && count <= SEEDS) || !values.out) {
    throw new Error('Usage: node test/plots/make.mjs --set dev|heldout --count N --out DIR [--library NAME] [--final]');
  }
  if (values.set === 'heldout' && !values.final) {
    throw new Error(
      'Held-out plots are for the final measurement: say --final, and change the reader no more after it.',
    );
  }
  if (!(Number.isInteger(round) && round >= 1 && round <= ROUNDS && count <= SEEDS / ROUNDS))
    throw new Error(`--round is 1 to ${ROUNDS}, and a round has ${SEEDS / ROUNDS} plots at most.`);
  return { ...values, count, round };
}

function draw(library, { set, out, round }, number) {
  const first = FIRST_SEED[set] + LIBRARIES.indexOf(library) * SEEDS + (round - 1) * (SEEDS / ROUNDS);
  const folder = path.join(out, library.name);
  const done = spawnSync(library.command, [...library.args, folder, String(first), String(number)], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (done.status !== 0)
    throw new Error(`${library.name}: ${library.command} ended with ${done.status ?? done.signal}`);
  return { library: library.name, first, number };
}

function main() {
  const asked = options();
  const open = LIBRARIES.filter(
    ({ name, sets }) => (!sets || sets.includes(asked.set)) && (!asked.library || name === asked.library),
  );
  const present = open.filter((library) => library.there());
  const total = present.reduce((sum, library) => sum + library.share, 0);
  if (total === 0) throw new Error('No plotting library is here: set PLOT_PYTHON to a Python with matplotlib.');
  install();
  mkdirSync(asked.out, { recursive: true });
  const drawn = present.map((library) =>
    draw(library, asked, Math.max(1, Math.round((asked.count * library.share) / total))),
  );
  const missing = open.filter((library) => !present.includes(library)).map((library) => library.name);
  writeFileSync(
    path.join(asked.out, 'set.json'),
    `${JSON.stringify({ set: asked.set, round: asked.round, drawn, missing }, null, 2)}\n`,
  );
}

main();
