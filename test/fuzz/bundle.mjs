// Bundles the worker as the product's bundles are made, with pieces of a stream so small that every file has many.
import { copyFileSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

const ROOT = join(import.meta.dirname, '../..');
const PIECE = /const CHUNK_BYTES = [^;]+;/;

const smallPieces = {
  name: 'small pieces',
  setup({ onLoad }) {
    onLoad({ filter: /decoders[\\/]byteSource\.ts$/ }, ({ path }) => {
      const source = readFileSync(path, 'utf8');
      if (!PIECE.test(source)) throw new Error(`${path} has no CHUNK_BYTES to make small`);
      return { contents: source.replace(PIECE, 'const CHUNK_BYTES = 509;'), loader: 'ts' };
    });
  },
};

/** Returns the worker's script, in a folder of its own that goes with this process. */
export async function bundleWorker() {
  const outdir = join(ROOT, `out/fuzz/run-${process.pid}`);
  process.on('exit', () => rmSync(outdir, { recursive: true, force: true }));
  await build({
    entryPoints: [join(ROOT, 'test/fuzz/worker.ts')],
    outfile: join(outdir, 'worker.cjs'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    logLevel: 'warning',
    sourcemap: 'inline',
    external: ['sharp', 'onnxruntime-node', '@audio/decode-ape'],
    define: { 'import.meta.url': '__import_meta_url' },
    banner: { js: "const __import_meta_url = require('url').pathToFileURL(__filename).href;" },
    plugins: [smallPieces],
  });
  copyFileSync(join(ROOT, 'node_modules/laz-perf/lib/node/laz-perf.wasm'), join(outdir, 'laz-perf.wasm'));
  return join(outdir, 'worker.cjs');
}
