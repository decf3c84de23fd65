import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';

const ROOT = join(import.meta.dirname, '../..');

/** The ids of all formats, as the product has them. */
export async function listFormats() {
  const outfile = join(ROOT, 'out/fuzz/formats.cjs');
  await build({
    stdin: { contents: "export { formats } from './daemon/decoders/formats';", resolveDir: ROOT, loader: 'ts' },
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    logLevel: 'warning',
    external: ['sharp', '@audio/decode-ape'],
    define: { 'import.meta.url': '__import_meta_url' },
    banner: { js: "const __import_meta_url = require('url').pathToFileURL(__filename).href;" },
  });
  return createRequire(import.meta.url)(outfile).formats.map(({ id }) => id);
}
