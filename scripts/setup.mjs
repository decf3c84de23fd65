// `npm run setup`: installs what package-lock.json says, where it is not installed yet. Safe when called twice at once,
// quiet when there is nothing to do. `npm run build`, `demo` and `test` call it first, so a fresh clone needs no other step.
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const LOCK_LIMIT_MS = 15 * 60_000;
const INSTALL_LIMIT_MS = 10 * 60_000;

/** @param {string} folder of package.json */
export function setup(folder = root) {
  checkNode();
  if (isInstalled(folder)) return;
  const unlock = lock(join(folder, '.setup.lock'));
  try {
    // another setup may have done it while this one waited
    if (!isInstalled(folder)) install(folder);
  } finally {
    unlock();
  }
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 9))
    throw new SetupError(
      `OneLens needs Node 20.9 or newer; this is ${process.versions.node}.`,
      'Install a newer Node and try again.',
    );
}

/** npm writes node_modules/.package-lock.json last; a lock file changed since then asks for another install. */
export function isInstalled(folder) {
  const done = statSync(join(folder, 'node_modules/.package-lock.json'), { throwIfNoEntry: false });
  if (!done) return false;
  if (done.mtimeMs >= statSync(join(folder, 'package-lock.json')).mtimeMs) return true;
  // a checkout gives the lock file a new time without changing it: compare what it asks for
  return sameVersions(folder);
}

function sameVersions(folder) {
  const packages = (file) => JSON.parse(readFileSync(join(folder, file), 'utf8')).packages;
  const wanted = packages('package-lock.json');
  const have = packages('node_modules/.package-lock.json');
  return Object.entries(wanted).every(
    ([name, entry]) =>
      name === '' || entry.optional || (have[name]?.version === entry.version && existsSync(join(folder, name))),
  );
}

/**
 * `npm ci`, and where that finds the lock file incomplete (npm leaves out the optional packages of platforms that the
 * registry of whoever wrote the lock does not carry), `npm install --no-save`, which takes the locked versions too.
 */
function install(folder) {
  console.log('Installing dependencies (npm ci) ...');
  const clean = npm(folder, ['ci']);
  if (clean.status === 0) return;
  const run = /EUSAGE|in sync/.test(clean.stderr) ? npm(folder, ['install', '--no-save']) : clean;
  if (run.status !== 0)
    throw new SetupError(`npm failed (exit code ${run.status}):\n${shorten(run.stderr)}`, 'Check the network.');
}

function npm(folder, args) {
  const run = spawnSync('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    timeout: INSTALL_LIMIT_MS,
    shell: process.platform === 'win32',
  });
  if (run.error?.code === 'ENOENT') throw new SetupError('npm is not on PATH.', 'Install Node with npm and try again.');
  if (run.error?.code === 'ETIMEDOUT')
    throw new SetupError('npm did not end within 10 minutes.', 'Check the network and try again.');
  return run;
}

/** npm explains all its options after an error. */
const shorten = (text) => text.trim().split('\n').slice(0, 12).join('\n');

/** Waits for another setup; takes over from one whose process is gone. */
function lock(file) {
  const deadline = Date.now() + LOCK_LIMIT_MS;
  for (;;) {
    try {
      const fd = openSync(file, 'wx');
      writeFileSync(fd, String(process.pid));
      closeSync(fd);
      return () => rmSync(file, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST')
        throw new SetupError(`${file} cannot be written (${error.code}).`, 'Check that you may write there.');
    }
    if (isStale(file)) rmSync(file, { force: true });
    else if (Date.now() > deadline)
      throw new SetupError('Another setup is still running.', `Stop it, or remove ${file}.`);
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  }
}

function isStale(file) {
  try {
    const pid = Number(readFileSync(file, 'utf8'));
    // an empty file is being written at this moment, unless it is old
    if (!pid) return Date.now() - statSync(file).mtimeMs > 5000;
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

class SetupError extends Error {
  constructor(what, remedy) {
    super(`${what} ${remedy}`);
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    setup();
  } catch (error) {
    console.error(`error[SETUP]: ${error.message}`);
    process.exitCode = 1;
  }
}
