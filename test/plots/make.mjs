/**
 * Draws the plots on which the plot reader is measured: PNGs, each with a JSON of what it shows.
 *   node test/plots/make.mjs --set dev|heldout --count N --out DIR
 * The rule: nobody looks at a held-out plot to change the reader. Development uses the seeds of `dev` only; the
 * held-out seeds are for one measurement of a finished reader, and its figures are reported as they are.
 * PLOT_PYTHON names a Python with matplotlib and numpy (python3 without it); gnuplot and Rscript are used when present.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/** First seed of each set; a set has at most SEEDS seeds, so that the ranges never meet. */
const FIRST_SEED = { dev: 1, heldout: 5_000_001 };
const SEEDS = 100_000;

const here = path.dirname(fileURLToPath(import.meta.url));
const script = (name) => path.join(here, 'make', name);

/** Share of each library, and the command that draws `count` plots from `first`. */
const LIBRARIES = [
  {
    share: 3,
    command: process.env.PLOT_PYTHON ?? 'python3',
    probe: ['-c', 'import matplotlib, numpy'],
    args: [script('plots_matplotlib.py')],
  },
];

function present({ command, probe }) {
  return spawnSync(command, probe, { stdio: 'ignore' }).status === 0;
}

function main() {
  const { values } = parseArgs({
    options: { set: { type: 'string' }, count: { type: 'string', default: '60' }, out: { type: 'string' } },
  });
  const first = FIRST_SEED[values.set];
  const count = Number(values.count);
  if (first === undefined || !(count >= 1 && count <= SEEDS) || !values.out) {
    throw new Error('Usage: node test/plots/make.mjs --set dev|heldout --count N --out DIR');
  }
  mkdirSync(values.out, { recursive: true });
  const libraries = LIBRARIES.filter(present);
  const total = libraries.reduce((sum, library) => sum + library.share, 0);
  if (total === 0) throw new Error('No plotting library is installed: set PLOT_PYTHON to a Python with matplotlib.');
  let seed = first;
  for (const library of libraries) {
    const number = Math.round((count * library.share) / total);
    const done = spawnSync(library.command, [...library.args, values.out, String(seed), String(number)], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    if (done.status !== 0) throw new Error(`${library.command} ended with ${done.status ?? done.signal}`);
    seed += number;
  }
}

main();
