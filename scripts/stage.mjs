// Puts what a user's machine gets (and nothing else) into a folder: manifest, bundles, media, the two native packages
// with one platform's binaries only. The end-to-end tests run this folder; packaging zips it.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { noticesOf } from './notices.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const SHIPPED = [
  'package.json',
  'package.nls.json',
  'package.nls.de.json',
  'package.nls.ja.json',
  'package.nls.zh-cn.json',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
  'dist',
  'l10n',
  'docs',
  'media/icons',
  'media/samples',
  'media/screenshots',
  'media/walkthrough',
  'media/model/MODEL_CARD.md',
];
/** Of development only. */
const LEFT_OUT = /\.map$|\.stamp$|logo\.svg$/;

/**
 * @param {string} target a folder that is replaced
 * @param {{platform?: string, arch?: string, modules?: string}} [options] `modules`: the folder whose node_modules have
 * the platform's packages; the repository's where absent
 */
export function stageExtension(target, { platform = process.platform, arch = process.arch, modules = root } = {}) {
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  for (const path of SHIPPED.filter((p) => existsSync(join(root, p)))) {
    cpSync(join(root, path), join(target, path), { recursive: true, filter: (source) => !LEFT_OUT.test(source) });
  }
  for (const name of nativeClosure(modules)) {
    const from = join(modules, 'node_modules', name);
    cpSync(from, join(target, 'node_modules', name), {
      recursive: true,
      filter: (source) => !isForeignBinary(source, platform, arch) && !isOfDevelopment(source),
    });
  }
  writeFileSync(join(target, 'THIRD_PARTY_NOTICES.md'), noticesOf(target));
  writeFileSync(join(target, 'README.md'), withoutDeadLinks(target, readFileSync(join(root, 'README.md'), 'utf8')));
}

/** The production dependencies and theirs, as far as they are installed. */
function nativeClosure(modules) {
  const seen = new Set();
  const visit = (name) => {
    const manifest = join(modules, 'node_modules', name, 'package.json');
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

/** Sources that a package is built from, its types and maps, its install script. */
function isOfDevelopment(source) {
  return (
    /\.(d\.[cm]?ts|map)$/.test(source) ||
    /onnxruntime-node[/\\](script|lib)$/.test(source) ||
    /onnxruntime-common[/\\]lib$/.test(source) ||
    /node_modules[/\\]sharp[/\\](src|install)$/.test(source)
  );
}

/** A link to a file that is not shipped becomes its words. */
function withoutDeadLinks(target, markdown) {
  return markdown.replace(/(?<!!)\[([^\]]+)\]\(([^)#:]+)\)/g, (link, words, path) =>
    existsSync(join(target, path)) ? link : words,
  );
}
