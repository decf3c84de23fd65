/**
 * Measures the plot reader on a drawn set: how often it is right, bar by bar, and every failure by file.
 *   node test/plots/measure.mjs DIR [--json FILE] [--limit N] [--library L] [--kind K] [--text-cache DIR] [--every N]
 *   node test/plots/measure.mjs DIR --self-check      scores readings made from the truth instead: tests this script
 */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { cachedTextReader, decodePicture, loadProduct, openTextReader } from './measure/product.mjs';
import { failures, report } from './measure/report.mjs';
import { scorePlot } from './measure/score.mjs';
import { selfCheck } from './measure/selfCheck.mjs';

/** First seed of the held-out sets, as in make.mjs. */
const HELD_OUT = 5_000_001;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'string' },
    limit: { type: 'string' },
    every: { type: 'string' },
    library: { type: 'string' },
    kind: { type: 'string' },
    'text-cache': { type: 'string' },
    'self-check': { type: 'boolean' },
  },
});

/** Truths of a folder and its folders, filtered as asked. */
function truthsOf(folder) {
  const files = readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith('.json'))
    .sort();
  const all = files
    .map((name) => ({ at: path.join(folder, name), truth: JSON.parse(readFileSync(path.join(folder, name), 'utf8')) }))
    .filter(({ truth }) => truth.file && truth.panels)
    .filter(
      ({ truth }) =>
        (!values.library || truth.library === values.library) && (!values.kind || truth.kind === values.kind),
    );
  const thinned = all.filter((_, i) => i % Number(values.every ?? 1) === 0);
  return thinned.slice(0, Number(values.limit ?? thinned.length));
}

async function measure(entry, product, reader) {
  const file = path.join(path.dirname(entry.at), entry.truth.file);
  const image = await decodePicture(product, file);
  const start = performance.now();
  try {
    const reading = await product.readPlot(image, reader, new AbortController().signal);
    const milliseconds = performance.now() - start;
    return { truth: entry.truth, checks: scorePlot(entry.truth, reading), milliseconds, reading };
  } catch (error) {
    const crash = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return {
      truth: entry.truth,
      checks: scorePlot(entry.truth, undefined),
      milliseconds: performance.now() - start,
      crash,
    };
  }
}

async function main() {
  const folder = positionals[0];
  if (!folder || !statSync(folder).isDirectory()) throw new Error('Usage: node test/plots/measure.mjs DIR [options]');
  const entries = truthsOf(folder);
  if (entries.length === 0) throw new Error(`No plots with truth in ${folder} that match.`);
  if (values['self-check']) return checkItself(entries);
  const product = await loadProduct();
  const reader = cachedTextReader(openTextReader(product), values['text-cache']);
  const plots = [];
  for (const entry of entries) {
    plots.push(await measure(entry, product, reader));
    if (plots.length % 20 === 0) process.stderr.write(`${plots.length} of ${entries.length}\n`);
  }
  // nobody tunes on held-out plots: of them the shares are shown, not the failures
  const lists = failures(plots.filter((plot) => plot.truth.seed < HELD_OUT));
  for (const [bar, lines] of Object.entries(lists))
    console.log(`\n### ${bar}: ${lines.length} failures\n${lines.join('\n')}`);
  console.log(`\n${report(plots)}`);
  if (values.json) writeFileSync(values.json, JSON.stringify({ failures: lists, plots: plots.map(slim) }));
}

const slim = ({ truth, checks, milliseconds, crash }) => ({
  file: truth.file,
  library: truth.library,
  kind: truth.kind,
  milliseconds,
  crash,
  checks,
});

function checkItself(entries) {
  const problems = selfCheck(entries.map((entry) => entry.truth));
  console.log(problems.join('\n'));
  console.log(`${entries.length} truths, ${problems.length} problems`);
  process.exitCode = problems.length ? 1 : 0;
}

await main();
