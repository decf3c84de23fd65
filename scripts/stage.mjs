// Puts what a user's machine gets (and nothing else) into a folder: manifest, bundles, media, the two native packages
// with this platform's binaries only. The end-to-end tests run this folder; packaging zips it.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const SHIPPED = [
  ...['package.json', 'package.nls.json', 'package.nls.de.json', 'package.nls.ja.json', 'package.nls.zh-cn.json'],
  ...[
    'README.md',
    'CHANGELOG.md',
    'LICENSE',
    'dist',
    'l10n',
    'docs',
    'media/icons',
    'media/samples',
    'media/walkthrough',
  ],
];

/** @param {string} target a folder that is replaced  @param {{platform?: string, arch?: string}} [options] */
export function stageExtension(target, { platform = process.platform, arch = process.arch } = {}) {
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  for (const path of SHIPPED.filter((p) => existsSync(join(root, p)))) {
    cpSync(join(root, path), join(target, path), { recursive: true, filter: (source) => !source.endsWith('.map') });
  }
  for (const name of nativeClosure()) {
    const from = join(root, 'node_modules', name);
    cpSync(from, join(target, 'node_modules', name), {
      recursive: true,
      filter: (source) => !isForeignBinary(source, platform, arch),
    });
  }
}

/** The production dependencies and theirs, as far as they are installed. */
function nativeClosure() {
  const seen = new Set();
  const visit = (name) => {
    const manifest = join(root, 'node_modules', name, 'package.json');
    if (seen.has(name) || !existsSync(manifest)) return;
    seen.add(name);
    const { dependencies = {}, optionalDependencies = {} } = JSON.parse(readFileSync(manifest, 'utf8'));
    // onnxruntime-node's other dependencies (adm-zip, global-agent) serve its install script alone
    const wanted =
      name === 'onnxruntime-node' ? ['onnxruntime-common'] : Object.keys({ ...dependencies, ...optionalDependencies });
    for (const next of wanted) visit(next);
  };
  for (const name of Object.keys(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).dependencies))
    visit(name);
  return seen;
}

/** onnxruntime-node carries every platform's binaries in bin/napi-v6/<platform>/<arch>. */
function isForeignBinary(source, platform, arch) {
  const match = /onnxruntime-node[/\\]bin[/\\]napi-v\d+[/\\]([^/\\]+)(?:[/\\]([^/\\]+))?/.exec(source);
  if (!match) return false;
  return match[1] !== platform || (match[2] !== undefined && match[2] !== arch);
}
