import { cpSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { convertCheckpoint } from '../../daemon/converter/convert';
import { TextTokenizer } from '../../daemon/runtime/textTokenizer';
import { writeRandomModel } from './randomOneLlm';

export const ROOT = join(import.meta.dirname, '../..');

/** As `esbuild.mjs` bundles for Node. */
const NODE_BUNDLE = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  logLevel: 'warning',
  external: ['onnxruntime-node', 'sharp', '@audio/decode-ape'],
  define: { 'import.meta.url': '__import_meta_url' },
  banner: { js: "const __import_meta_url = require('url').pathToFileURL(__filename).href;" },
} as const satisfies BuildOptions;

/** Bundles the fake daemon and its engine as the product's are; returns the daemon's script. */
export async function bundleFakeDaemon(): Promise<string> {
  const outdir = join(ROOT, 'out/test-daemon');
  await build({
    ...NODE_BUNDLE,
    entryPoints: {
      fakeDaemon: join(ROOT, 'test/support/fakeDaemonEntry.ts'),
      fakeEngine: join(ROOT, 'test/support/fakeEngineEntry.ts'),
    },
    outdir,
  });
  return join(outdir, 'fakeDaemon.js');
}

/** A small OneLLM of random weights: right in every respect but its answers. */
const RANDOM_PARAMS = {
  dim: 64,
  n_layers: 2,
  n_heads: 4,
  multiple_of: 16,
  max_seq_len: 4096,
  clip: { width: 32, layers: 1, heads: 2, patch: 16, image: 64 },
  resample_heads: 2,
  resample_layers: 1,
  resample_experts: 3,
  resample_tokens: 4,
  fmri_voxels: 16,
  fmri_tokens: 2,
  audio: { mels: 32, frames: 64, kernel: [16, 16], stride: [16, 16] },
  imu: { channels: 6, samples: 40, kernel: 10, stride: 10 },
  point: { points: 64, groups: 16, neighbours: 4, group_by: 'position', relative: true },
};

/**
 * The product as it is installed, in a folder of its own, with a model of random weights as the embedded one.
 * Returns the command line's script.
 */
export async function installUnderTest(): Promise<string> {
  const root = join(ROOT, 'out/test-installation');
  rmSync(root, { recursive: true, force: true });
  const dist = join(root, 'dist');
  const entry = (name: string) => join(ROOT, 'daemon', name);
  const entryPoints = {
    cli: entry('cli.ts'),
    mcp: entry('mcp/serveMcp.ts'),
    daemon: entry('main.ts'),
    engine: entry('engineEntry.ts'),
  };
  await build({ ...NODE_BUNDLE, entryPoints, outdir: dist });
  cpSync(join(ROOT, 'package.json'), join(root, 'package.json'));
  // what the build puts beside the bundles: the reader of text, and LAZ's WebAssembly
  for (const name of ['ocr', 'laz-perf.wasm']) cpSync(join(ROOT, 'dist', name), join(dist, name), { recursive: true });
  mkdirSync(join(root, 'checkpoint'));
  const tokenizer = join(ROOT, 'test/fixtures/preprocess/tokenizer.model');
  const vocab_size = TextTokenizer.fromBytes(readFileSync(tokenizer), tokenizer).size;
  const { checkpoint, paramsPath } = writeRandomModel(join(root, 'checkpoint'), { ...RANDOM_PARAMS, vocab_size });
  await convertCheckpoint({ checkpoint, paramsPath, out: join(dist, 'model'), tokenizer, dtype: 'fp32', id: 'random' });
  return join(dist, 'cli.js');
}
