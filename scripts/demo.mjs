// `npm run demo`: on a fresh clone installs, builds, starts a daemon with a store of its own, asks one question about
// each sample and prints the streamed answers with the measured facts. `-- --editor` opens the samples in an editor.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { setup } from './setup.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const samples = join(root, 'media/samples');
const START_LIMIT_MS = 30_000;
const STOP_LIMIT_MS = 5000;
/** What the bundles and the embedded model are made of. */
const SOURCES = [
  'daemon',
  'extension',
  'webview',
  'media/model',
  'scripts/build-model.mjs',
  'esbuild.mjs',
  'package-lock.json',
];

const { values: options } = parseArgs({ options: { editor: { type: 'boolean' } } });
try {
  setup(root);
  build();
  process.exitCode = options.editor ? await openEditor() : await askAboutSamples();
} catch (error) {
  console.error(`error[DEMO]: ${error.message}`);
  process.exitCode = 1;
}

function build() {
  const built = join(root, 'dist/cli.js');
  const isFresh = existsSync(built) && existsSync(join(root, 'dist/model/manifest.json'));
  if (isFresh && newest(SOURCES.map((path) => join(root, path))) <= statSync(built).mtimeMs) return;
  console.log('Building ...');
  const run = spawnSync('npm', ['run', '--silent', 'build'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (run.status !== 0) throw new Error(`The build failed (exit code ${run.status}). See the messages above.`);
}

function newest(paths) {
  const times = paths.filter(existsSync).map((path) => {
    const stats = statSync(path);
    if (!stats.isDirectory()) return stats.mtimeMs;
    return newest(readdirSync(path).map((name) => join(path, name)));
  });
  return Math.max(0, ...times);
}

/** A daemon of its own for the length of the demo, in a store that is thrown away. */
async function askAboutSamples() {
  const home = mkdtempSync(join(tmpdir(), 'onelens-demo-'));
  const env = { ...process.env, ONELENS_HOME: home };
  const daemon = spawn(process.execPath, [join(root, 'dist/cli.js'), 'serve'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const stop = () => stopProcess(daemon);
  process.once('SIGINT', stop);
  try {
    console.log(await firstLine(daemon));
    return await run(['demo'], env);
  } finally {
    await stop();
    process.off('SIGINT', stop);
    rmSync(home, { recursive: true, force: true });
  }
}

/** One command line, with its output as it comes; resolves to its exit code. */
function run(args, env) {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(root, 'dist/cli.js'), ...args], { cwd: root, env, stdio: 'inherit' });
    child.on('error', () => resolve(1));
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

/** What the daemon says when it listens. */
function firstLine(child) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('The daemon did not start within 30 seconds.')), START_LIMIT_MS);
    const settle = (how) => (value) => {
      clearTimeout(timer);
      how(value);
    };
    createInterface({ input: child.stdout }).once('line', settle(resolve));
    child.once('error', settle(reject));
    child.once('exit', (code) => settle(reject)(new Error(`The daemon ended at once (exit code ${code}).`)));
  });
}

function stopProcess(child) {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_LIMIT_MS);
    child.once('exit', () => {
      clearTimeout(timer);
      resolve();
    });
    child.kill('SIGTERM');
  });
}

/** VS Code where it is installed, else the workbench in the browser until Ctrl-C. */
async function openEditor() {
  if (hasCode()) {
    const args = [`--extensionDevelopmentPath=${root}`, '--new-window', samples];
    const opened = spawnSync('code', args, { stdio: 'inherit', shell: process.platform === 'win32' });
    console.log(`VS Code was opened on ${samples} with the extension.`);
    return opened.status ?? 1;
  }
  const { startWorkbench } = await import('../test/e2e/workbench.mjs');
  const home = mkdtempSync(join(tmpdir(), 'onelens-editor-'));
  const workbench = await startWorkbench({ workspace: samples, home });
  console.log(`\nOpen ${workbench.url} in a browser. Right-click a file: "Describe this file". Ctrl-C ends.`);
  await new Promise((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
  await workbench.stop();
  rmSync(home, { recursive: true, force: true });
  return 0;
}

function hasCode() {
  const probe = spawnSync('code', ['--version'], {
    stdio: 'ignore',
    timeout: 10_000,
    shell: process.platform === 'win32',
  });
  return probe.status === 0;
}
