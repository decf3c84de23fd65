// Median time of a query, of an update and of the building of the search index, over made-up entries.
//   node test/bench/findMedia.mjs [--entries 10000] [--runs 200]
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const { values } = parseArgs({
  options: { entries: { type: 'string', default: '10000' }, runs: { type: 'string', default: '200' } },
});
const entries = Number(values.entries);
const runs = Number(values.runs);

/** The same numbers in every run, 0..1. */
let state = 42;
const random = () => {
  state = (state * 48271) % 2147483647;
  return state / 2147483647;
};
const syllables =
  'ba be bi bo bu da de di do du fa fi ga go ka ke ki ko la le li lo ma me mi mo na ne ni no pa re ri ro sa se si so ta te ti to va vi'.split(
    ' ',
  );
const words = Array.from({ length: 8000 }, () =>
  Array.from({ length: 2 + Math.floor(3 * random()) }, () => syllables[Math.floor(syllables.length * random())]).join(
    '',
  ),
);
/** Few words are common and many are rare, as in any text. */
const word = () => words[Math.floor(words.length * random() ** 3)];
const text = (count) => Array.from({ length: count }, word).join(' ');

const made = () => ({
  name: `${word()}_${Math.floor(1000 * random())}.png`,
  folder: `${word()}/${word()}`,
  kind: ['picture image', 'sound audio recording', 'plot chart graph', 'point cloud'][Math.floor(4 * random())],
  title: random() < 0.3 ? text(6) : '',
  text: random() < 0.5 ? text(25) : '',
  description: text(14),
  facts: text(8),
});

const folder = mkdtempSync(join(tmpdir(), 'onelens-bench-'));
const outfile = join(folder, 'searchIndex.mjs');
await build({
  entryPoints: ['extension/find/searchIndex.ts'],
  outfile,
  bundle: true,
  format: 'esm',
  logLevel: 'error',
});
const { SearchIndex } = await import(outfile);
rmSync(folder, { recursive: true });

const timed = (work) => {
  const start = performance.now();
  work();
  return performance.now() - start;
};
const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];
const ms = (value) => `${value.toFixed(2)} ms`;

const fields = Array.from({ length: entries }, made);
const index = new SearchIndex();
const before = process.memoryUsage().heapUsed;
const building = timed(() => {
  for (const [i, one] of fields.entries()) index.put(`file:///w/${i}`, one);
});
globalThis.gc?.();
const memory = (process.memoryUsage().heapUsed - before) / 2 ** 20;

const queries = {
  'one word': () => word(),
  'three words': () => text(3),
  'a kind and a word': () => `picture ${word()}`,
  'two letters': () => word().slice(0, 2),
};
console.log(
  `${entries} entries: built in ${ms(building)} (${ms(building / entries)} an entry), about ${memory.toFixed(0)} MiB`,
);
for (const [name, query] of Object.entries(queries)) {
  const times = Array.from({ length: runs }, () => {
    const words = query();
    return timed(() => index.search(words, 50));
  });
  console.log(`${name.padEnd(20)} median ${ms(median(times))}, slowest ${ms(Math.max(...times))}`);
}
const updates = Array.from({ length: runs }, (_, i) => timed(() => index.put(`file:///w/${i}`, made())));
console.log(`${'an update'.padEnd(20)} median ${ms(median(updates))}, slowest ${ms(Math.max(...updates))}`);
