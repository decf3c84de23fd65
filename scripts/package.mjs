// `npm run package`: a VSIX for this platform, out/onelens-<version>-<target>.vsix; `-- --target win32-x64` for another,
// `-- --all` for each. Stages what is shipped and lets vsce zip it; vsce and other platforms' binaries come from the npm
// registry, so this is no part of `npm test` but for the VSIX of Linux x64.
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { nativesFor } from './natives.mjs';
import { stageExtension } from './stage.mjs';
import { HERE, TARGETS } from './targets.mjs';

// the newest that runs on Node 20
const VSCE = '@vscode/vsce@3.9.2';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** @param {string} target of TARGETS; the bundles are built already @returns {string} the VSIX */
export function packageFor(target) {
  const limit = TARGETS[target];
  if (limit === undefined)
    throw new Error(`There is no VSIX for ${target}; there is one for ${Object.keys(TARGETS).join(', ')}.`);
  const stage = join(root, 'out/package', target);
  stageFor(target, stage);
  const { version } = JSON.parse(readFileSync(join(stage, 'package.json'), 'utf8'));
  const vsix = join(root, `out/onelens-${version}-${target}.vsix`);
  const options = ['--target', target, '--out', vsix, '--allow-missing-repository', '--no-rewrite-relative-links'];
  run('npx', ['--yes', VSCE, 'package', ...options], stage);
  const size = statSync(vsix).size / 2 ** 20;
  console.log(`${vsix} (${size.toFixed(1)} MiB, at most ${limit})`);
  if (size > limit)
    throw new Error(`The VSIX for ${target} has ${size.toFixed(1)} MiB; scripts/targets.mjs allows ${limit}.`);
  return vsix;
}

/** The folder that is zipped, with the manifests as they are shipped. */
export function stageFor(target, stage) {
  const [platform, arch] = target.split('-');
  stageExtension(stage, { platform, arch, ...(target === HERE ? {} : { modules: nativesFor(target) }) });
  editJson(join(stage, 'package.json'), ({ scripts: _, devDependencies: __, private: ___, ...manifest }) => manifest);
  // its other dependencies serve its install script, which never runs
  editJson(join(stage, 'node_modules/onnxruntime-node/package.json'), ({ dependencies, ...manifest }) => ({
    ...manifest,
    dependencies: { 'onnxruntime-common': dependencies['onnxruntime-common'] },
  }));
}

function editJson(file, change) {
  writeFileSync(file, `${JSON.stringify(change(JSON.parse(readFileSync(file, 'utf8'))), null, 2)}\n`);
}

function run(command, args, cwd) {
  const { status } = spawnSync(command, args, {
    cwd,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error(`${command} ${args[0]} ended with ${status}.`);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({ options: { target: { type: 'string' }, all: { type: 'boolean' } } });
  try {
    run('npm', ['run', '--silent', 'build'], root);
    for (const target of values.all ? Object.keys(TARGETS) : [values.target ?? HERE]) packageFor(target);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
