// The README's table of formats and list of facts, from the tables in the code.
//   node scripts/formatTable.mjs [--write]        prints both; --write puts them between the markers of README.md
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { build } from 'esbuild';

const ROOT = join(import.meta.dirname, '..');
const KINDS = {
  image: 'image',
  video: 'video',
  audio: 'sound',
  point: 'points, mesh',
  rgbd: 'depth map',
  rgbn: 'normal map',
  imu: 'inertial (IMU)',
  fmri: 'fMRI',
};
/** What a format is called where its id in capitals would not do. */
const NAMES = {
  webp: 'WebP',
  'animated-gif': 'GIF, animated',
  'animated-webp': 'WebP, animated',
  webm: 'WebM',
  vorbis: 'Ogg Vorbis',
  opus: 'Ogg Opus',
  gltf: 'glTF',
  kitti: 'KITTI scan',
};

async function tables() {
  const outfile = join(ROOT, 'out/formatTable/tables.cjs');
  await build({
    stdin: {
      contents: `export { formats } from './daemon/decoders/formats';
        export { STREAM_ABOVE_BYTES } from './daemon/decoders/format';
        export { SAMPLE_POINTS } from './daemon/decoders/points/limits';
        export { factNames, fileFactNames } from './daemon/facts/factNames';`,
      resolveDir: ROOT,
      loader: 'ts',
    },
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
  return createRequire(import.meta.url)(outfile);
}

const bytes = (n) => {
  const [unit, size] = n >= 2 ** 30 ? ['GiB', 2 ** 30] : n >= 2 ** 20 ? ['MiB', 2 ** 20] : ['KiB', 2 ** 10];
  return `${Number((n / size).toFixed(1))} ${unit}`;
};

/** One row a format, in the order of the kinds. */
export function formatTable({ formats, STREAM_ABOVE_BYTES, SAMPLE_POINTS }) {
  const rows = Object.keys(KINDS).flatMap((kind) =>
    formats.filter((format) => format.kind === kind).map((format) => row(format, KINDS[kind])),
  );
  return `| kind | format | extensions | first bytes | limits |
|---|---|---|---|---|
${rows.join('\n')}

Streamed: above ${bytes(STREAM_ABOVE_BYTES)} a file is read piece by piece, and ${SAMPLE_POINTS / 1e6} million of its points are kept.`;
}

function row({ id, extensions, magic, limits, maxBytes, decodeStream }, kind) {
  const size = `${bytes(maxBytes)}${decodeStream ? ', streamed' : ''}`;
  // a depth map in a PNG has the id png-depth
  const plain = id.replace(/-(depth|normals)$/, '');
  const cells = [kind, NAMES[plain] ?? plain.toUpperCase(), extensions.join(' '), magic, `${limits}; ${size}`];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('<', '&lt;')).join(' | ')} |`;
}

/** The facts of each kind, folded; kinds with the same facts together. */
export function factList({ factNames, fileFactNames }) {
  const groups = new Map();
  for (const [kind, facts] of Object.entries(factNames)) {
    const text = list(facts, kind === 'video' ? factNames.audio : {});
    groups.set(text, [...(groups.get(text) ?? []), KINDS[kind]]);
  }
  const folded = [...groups].map(
    ([text, kinds]) => `<details><summary>${kinds.join(', ')}</summary>\n\n${text}\n\n</details>`,
  );
  return `Every file: ${list(fileFactNames, {})}\n\n${folded.join('\n')}`;
}

/** `also`: facts that are told elsewhere. */
function list(facts, also) {
  const own = Object.entries(facts).filter(([name]) => !(name in also));
  const items = own.map(([name, [meaning, unit]]) => `\`${name}\` ${meaning}${unit ? ` (${unit})` : ''}`);
  const rest =
    own.length < Object.keys(facts).length
      ? '; and of its sound track, where that was decoded, the `audio.` facts'
      : '';
  return `${items.join('; ')}${rest}.`;
}

/** The README with both parts renewed. */
export function renewed(readme, parts) {
  return Object.entries(parts).reduce((text, [name, content]) => {
    const marked = new RegExp(`(<!-- ${name} -->)[\\s\\S]*?(<!-- /${name} -->)`);
    if (!marked.test(text)) throw new Error(`README.md has no <!-- ${name} --> ... <!-- /${name} -->`);
    return text.replace(marked, (_, open, close) => `${open}\n${content}\n${close}`);
  }, readme);
}

const found = await tables();
const parts = { formats: formatTable(found), facts: factList(found) };
if (process.argv.includes('--write')) {
  const file = join(ROOT, 'README.md');
  writeFileSync(file, renewed(readFileSync(file, 'utf8'), parts));
} else
  console.log(
    `<!-- formats -->\n${parts.formats}\n<!-- /formats -->\n\n<!-- facts -->\n${parts.facts}\n<!-- /facts -->`,
  );
