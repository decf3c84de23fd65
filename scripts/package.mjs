// `npm run package`: a VSIX for this platform, out/onelens-<version>-<target>.vsix. Stages what is shipped and lets vsce
// zip it; vsce is fetched by npx, so this needs the npm registry and is no part of `npm test`.
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stageExtension } from './stage.mjs';

// the newest that runs on Node 20
const VSCE = '@vscode/vsce@3.9.2';
// those that onnxruntime-node ships binaries for
const TARGETS = ['linux-x64', 'linux-arm64', 'darwin-arm64', 'win32-x64', 'win32-arm64'];

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const stage = join(root, 'out/package');
const target = `${process.platform}-${process.arch}`;

if (!TARGETS.includes(target)) fail(`There is no VSIX for ${target}; there is one for ${TARGETS.join(', ')}.`);
run('npm', ['run', '--silent', 'build'], root);
stageExtension(stage);
const { version } = editJson('package.json', shippedManifest);
// its other dependencies serve its install script, which never runs
editJson('node_modules/onnxruntime-node/package.json', ({ dependencies, ...manifest }) => ({
  ...manifest,
  dependencies: { 'onnxruntime-common': dependencies['onnxruntime-common'] },
}));
const vsix = join(root, `out/onelens-${version}-${target}.vsix`);
run(
  'npx',
  [
    '--yes',
    VSCE,
    'package',
    '--target',
    target,
    '--out',
    vsix,
    '--allow-missing-repository',
    '--no-rewrite-relative-links',
  ],
  stage,
);
console.log(`${vsix} (${(statSync(vsix).size / 2 ** 20).toFixed(1)} MiB)`);

/** What development needs is no part of what is installed. */
function shippedManifest({ scripts: _, devDependencies: __, private: ___, ...manifest }) {
  return manifest;
}

function editJson(path, change) {
  const file = join(stage, path);
  const changed = change(JSON.parse(readFileSync(file, 'utf8')));
  writeFileSync(file, `${JSON.stringify(changed, null, 2)}\n`);
  return changed;
}

function run(command, args, cwd) {
  const { status } = spawnSync(command, args, { cwd, stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) fail(`${command} ${args[0]} ended with ${status}.`);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
