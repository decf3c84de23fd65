// Time and peak memory of reading large point clouds piece by piece, facts included; a process for each file.
//   node test/bench/pointClouds.mjs [points] [folder]     10 million points in the system's temporary folder
// With a .laz file in the folder, that one is read as well.
import { execFileSync } from 'node:child_process';
import { closeSync, copyFileSync, existsSync, mkdirSync, openSync, readdirSync, statSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';

const ROOT = join(import.meta.dirname, '../..');
const count = Number(process.argv[2] ?? 10_000_000);
const folder = process.argv[3] ?? join(tmpdir(), 'onelens-bench');
mkdirSync(folder, { recursive: true });

/** A wavy ground of 1 km by 1 km, in pieces of `rows` points. */
function write(file, head, stride, put) {
  if (existsSync(file)) return;
  const handle = openSync(file, 'w');
  writeSync(handle, head);
  const rows = 100_000;
  for (let done = 0; done < count; done += rows) {
    const points = Math.min(rows, count - done);
    const place = (i) => {
      const [x, y] = [((done + i) * 0.6180339887) % 1, ((done + i) * 0.7548776662) % 1];
      return [1000 * x, 1000 * y, 20 * Math.sin(9 * x) * Math.cos(7 * y)];
    };
    if (stride === 0) writeSync(handle, Array.from({ length: points }, (_, i) => put(place(i))).join(''));
    else {
      const bytes = Buffer.alloc(points * stride);
      for (let i = 0; i < points; i++) put(place(i), bytes, i * stride);
      writeSync(handle, bytes);
    }
  }
  closeSync(handle);
}

const header = `ply\nformat binary_little_endian 1.0\nelement vertex ${count}\nproperty float x\nproperty float y\nproperty float z\nproperty uchar red\nproperty uchar green\nproperty uchar blue\nend_header\n`;
write(join(folder, 'cloud.ply'), header, 15, ([x, y, z], bytes, at) => {
  bytes.writeFloatLE(x, at);
  bytes.writeFloatLE(y, at + 4);
  bytes.writeFloatLE(z, at + 8);
  bytes[at + 13] = 200;
});
const las = Buffer.alloc(227);
las.write('LASF');
las.set([1, 2], 24);
las.writeUInt16LE(227, 94);
las.writeUInt32LE(227, 96);
las.set([2, 26, 0], 104);
las.writeUInt32LE(count, 107);
for (const [i, value] of [0.001, 0.001, 0.001, 500_000, 4_600_000, 0].entries()) las.writeDoubleLE(value, 131 + 8 * i);
write(join(folder, 'cloud.las'), las, 26, (place, bytes, at) => {
  for (const [axis, value] of place.entries()) bytes.writeInt32LE(Math.round(1000 * value), at + 4 * axis);
  bytes[at + 15] = 2;
});
write(join(folder, 'cloud.xyz'), '', 0, (place) => `${place.map((value) => value.toFixed(3)).join(' ')}\n`);

const entry = `
  import { open } from 'node:fs/promises';
  import { decodeSource } from ${JSON.stringify(join(ROOT, 'daemon/decoders/decode.ts'))};
  import { measureFacts } from ${JSON.stringify(join(ROOT, 'daemon/facts/index.ts'))};
  (async () => {
    const file = process.argv[2];
    const handle = await open(file);
    const { size } = await handle.stat();
    const source = { size, read: async (offset, length) => {
      const bytes = new Uint8Array(Math.max(0, Math.min(length, size - offset)));
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, offset);
      return bytes.subarray(0, bytesRead);
    } };
    const before = process.resourceUsage().maxRSS;
    const start = performance.now();
    const { media } = await decodeSource(source, file);
    const decoded = performance.now();
    const peak = process.resourceUsage().maxRSS;
    const facts = await measureFacts(media, { name: file, bytes: size });
    const s = (ms) => (ms / 1000).toFixed(1).padStart(6) + ' s';
    const mb = (kb) => (kb / 1024).toFixed(0).padStart(5) + ' MiB';
    console.log('read' + s(decoded - start) + '  facts' + s(performance.now() - decoded) + '  peak RSS' +
      mb(process.resourceUsage().maxRSS) + '  before' + mb(before) + '  after reading' + mb(peak) + '  ' + (media.total ?? media.count) + ' points, ' + facts.length + ' facts');
  })();`;
const script = join(ROOT, 'out/bench/pointClouds.cjs');
await build({
  stdin: { contents: entry, resolveDir: ROOT, loader: 'ts' },
  outfile: script,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  logLevel: 'warning',
  external: ['sharp', 'onnxruntime-node', '@audio/decode-ape'],
  define: { 'import.meta.url': '__import_meta_url' },
  banner: { js: "const __import_meta_url = require('url').pathToFileURL(__filename).href;" },
});
copyFileSync(join(ROOT, 'node_modules/laz-perf/lib/node/laz-perf.wasm'), join(ROOT, 'out/bench/laz-perf.wasm'));
for (const name of readdirSync(folder)) {
  if (!/\.(ply|las|laz|xyz)$/.test(name)) continue;
  const file = join(folder, name);
  const size = `${(statSync(file).size / 2 ** 20).toFixed(0)} MiB`.padStart(9);
  console.log(name.padEnd(10), size, execFileSync('node', [script, file], { encoding: 'utf8' }).trim());
}
