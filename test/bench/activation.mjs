// How long activation takes: node test/bench/activation.mjs [runs]. Each run is a fresh process that reads dist/extension.js
// and calls activate() with a stand-in for VS Code; medians in ms. `npm run build` comes first.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const LIMIT_MS = 50;
const script = fileURLToPath(new URL('../support/fakeEditor.cjs', import.meta.url));
const runs = Array.from({ length: Number(process.argv[2] ?? 21) }, () =>
  JSON.parse(execFileSync(process.execPath, [script], { encoding: 'utf8' })),
);
const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];
const load = median(runs.map(({ loadMs }) => loadMs));
const activate = median(runs.map(({ activateMs }) => activateMs));
const all = median(runs.map(({ loadMs, activateMs }) => loadMs + activateMs));
console.log(`reading ${load.toFixed(1)} ms, activate() ${activate.toFixed(1)} ms, together ${all.toFixed(1)} ms`);
console.log(`medians of ${runs.length}; Node ${process.versions.node}; at most ${LIMIT_MS} ms is wanted`);
process.exitCode = all < LIMIT_MS ? 0 : 1;
