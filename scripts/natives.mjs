// The production dependencies as another platform would install them, in out/native/<target>/node_modules: what
// package-lock.json says, by npm, without any install script.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const LIMIT_MS = 10 * 60_000;

/** @param {string} target "darwin-arm64" @returns {string} the folder that holds node_modules; kept until the lock file changes */
export function nativesFor(target) {
  const [os, cpu] = target.split('-');
  const folder = join(root, 'out/native', target);
  const stamp = join(folder, 'installed');
  const lock = readFileSync(join(root, 'package-lock.json'), 'utf8');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return folder;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of ['package.json', 'package-lock.json', '.npmrc'])
    copyFileSync(join(root, name), join(folder, name));
  const options = [`--os=${os}`, `--cpu=${cpu}`, ...(os === 'linux' ? ['--libc=glibc'] : [])];
  const { status, stderr } = spawnSync(
    'npm',
    ['ci', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ...options],
    { cwd: folder, encoding: 'utf8', timeout: LIMIT_MS, shell: process.platform === 'win32' },
  );
  if (status !== 0) throw new Error(`npm could not fetch what ${target} needs: ${(stderr ?? '').slice(-600)}`);
  writeFileSync(stamp, lock);
  return folder;
}
