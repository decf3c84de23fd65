// Brings @vscode/test-electron (from npm) and a desktop VS Code (from Microsoft) into test/electron/.cache, each once.
// Needs nothing of the repository's node_modules, so that it can say "not possible here" before anything is built.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const cache = join(here, '.cache');
const PACKAGE = '@vscode/test-electron';
const INSTALL_LIMIT_MS = 2 * 60_000;
/** Without a byte for so long, a request is given up. */
const SILENCE_LIMIT_MS = 15_000;
const DOWNLOAD_LIMIT_MS = 10 * 60_000;

/**
 * @returns {Promise<{testElectron: typeof import('@vscode/test-electron'), executable: string}>}
 * @throws {Error} whose message is one line
 */
export async function fetchVsCode() {
  installTestElectron();
  const testElectron = createRequire(join(cache, 'package.json'))(PACKAGE);
  const download = testElectron.downloadAndUnzipVSCode({
    version: 'stable',
    cachePath: join(cache, 'vscode'),
    timeout: SILENCE_LIMIT_MS,
    reporter: new testElectron.SilentReporter(),
  });
  try {
    return { testElectron, executable: await withinLimit(download) };
  } catch (error) {
    throw new Error(oneLine(error));
  }
}

function installTestElectron() {
  const manifest = readFileSync(join(here, 'package.json'), 'utf8');
  const installed = join(cache, 'node_modules', PACKAGE, 'package.json');
  const wanted = JSON.parse(manifest).dependencies[PACKAGE];
  if (existsSync(installed) && JSON.parse(readFileSync(installed, 'utf8')).version === wanted) return;
  rmSync(join(cache, 'node_modules'), { recursive: true, force: true });
  mkdirSync(join(cache, 'vscode'), { recursive: true });
  writeFileSync(join(cache, 'package.json'), manifest);
  const run = spawnSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: cache,
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    timeout: INSTALL_LIMIT_MS,
    shell: process.platform === 'win32',
  });
  if (run.status === 0) return;
  const code = /npm (?:error|ERR!) code (\S+)/.exec(run.stderr ?? '')?.[1] ?? run.error?.code ?? `exit ${run.status}`;
  throw new Error(`npm could not install ${PACKAGE}: ${code}`);
}

async function withinLimit(download) {
  let timer;
  const limit = new Promise((_, reject) => {
    const minutes = DOWNLOAD_LIMIT_MS / 60_000;
    timer = setTimeout(() => reject(new Error(`not done within ${minutes} minutes`)), DOWNLOAD_LIMIT_MS);
  });
  return Promise.race([download, limit]).finally(() => clearTimeout(timer));
}

/** The package also rejects with strings, and Node with errors that have a code alone. */
function oneLine(error) {
  const text = (error instanceof Error ? error.message || error.code : String(error)) || 'unknown error';
  return text.split('\n')[0].trim();
}
