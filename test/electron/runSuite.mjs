// Starts a desktop VS Code on the samples, with the staged extension, the suite in its extension host, and a home, user
// data and extensions folder of its own; leaves nothing behind.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { stageExtension } from '../../scripts/stage.mjs';
import { makeWorkspace } from '../e2e/files.mjs';
import { stopDaemon } from '../e2e/workbench.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const RUN_LIMIT_MS = 12 * 60_000;
const CLOSE_LIMIT_MS = 10_000;

/** @returns {Promise<boolean>} whether every test of the suite passed */
export async function runSuite({ testElectron, executable }) {
  // short names: the user data folder holds a socket, whose path has a limit of about 100 bytes
  const folder = mkdtempSync(join(tmpdir(), 'onelens-'));
  const home = join(folder, 'home');
  const stopWatching = closeAfter(RUN_LIMIT_MS);
  try {
    const staged = join(folder, 'staged');
    stageExtension(staged);
    await testElectron.runTests({
      vscodeExecutablePath: executable,
      extensionDevelopmentPath: staged,
      extensionTestsPath: await bundleSuite(join(staged, 'test/suite.js')),
      extensionTestsEnv: { ONELENS_HOME: home },
      launchArgs: [
        makeWorkspace(join(folder, 'workspace')),
        `--user-data-dir=${join(folder, 'user')}`,
        `--extensions-dir=${join(folder, 'extensions')}`,
        '--disable-telemetry',
      ],
    });
    return !stopWatching();
  } catch (error) {
    console.error(error.message);
    return false;
  } finally {
    stopWatching();
    stopDaemon(home);
    await sleep(500);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

/** Next to the extension, so that VS Code hands it the extension's `vscode`. */
async function bundleSuite(outfile) {
  await build({
    entryPoints: [join(here, 'suite.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['vscode'],
    logLevel: 'error',
  });
  return outfile;
}

/**
 * Closes VS Code after `limitMs` the way Ctrl+C does: runTests keeps its process to itself, and takes the first SIGINT
 * as "close", the second as "kill". Being heard here too, a Ctrl+C leaves the cleaning up to this file.
 * @returns {() => boolean} ends the watch; true where the run was interrupted
 */
function closeAfter(limitMs) {
  let interrupted = false;
  const onInterrupt = () => {
    interrupted = true;
  };
  process.on('SIGINT', onInterrupt);
  const timers = [limitMs, limitMs + CLOSE_LIMIT_MS].map((ms) => setTimeout(() => process.emit('SIGINT'), ms));
  return () => {
    process.off('SIGINT', onInterrupt);
    timers.forEach(clearTimeout);
    return interrupted;
  };
}
