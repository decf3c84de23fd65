import { execFile } from 'node:child_process';
import { t } from '../l10n';
import { failures } from './failure';

/** A program that runs JavaScript, and what its environment needs for that. */
export interface NodeProgram {
  path: string;
  /** "22.15.0" */
  version: string;
  /** VS Code's own binary behaves as Node only with this set. */
  env: Record<string, string>;
  from: 'setting' | 'path' | 'editor';
}

const OLDEST = [20, 9] as const;
const PROBE_MS = 5000;

/**
 * The Node that runs the daemon: the one configured (an error if it will not do), else `node` on PATH, else VS Code's
 * own. A real Node comes first because Electron's allocator refuses single allocations of 2 GiB
 * (microsoft/onnxruntime #29763).
 */
export async function findNode(configured: string, probe = nodeVersion): Promise<NodeProgram> {
  if (configured !== '') return checkedSetting(configured, probe);
  const version = await probe('node').catch(() => null);
  if (version !== null && isNewEnough(version)) return { path: 'node', version, env: {}, from: 'path' };
  const env: Record<string, string> = process.versions.electron === undefined ? {} : { ELECTRON_RUN_AS_NODE: '1' };
  return { path: process.execPath, version: process.versions.node, env, from: 'editor' };
}

async function checkedSetting(path: string, probe: typeof nodeVersion): Promise<NodeProgram> {
  const version = await probe(path).catch((error: Error) => {
    throw failures.nodeUnusable(path, error.message);
  });
  if (!isNewEnough(version))
    throw failures.nodeUnusable(path, t('it is version {0}, 20.9 or newer is needed', version));
  return { path, version, env: {}, from: 'setting' };
}

export function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

/** What `path --version` says, without the v. Rejects with a message for people, within 5 seconds. */
export function nodeVersion(path: string): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(path, ['--version'], { timeout: PROBE_MS, windowsHide: true }, (error, stdout) => {
      if (error)
        return reject(
          new Error(
            (error as NodeJS.ErrnoException).code === 'ENOENT' ? t('there is no such program') : t('it does not run'),
          ),
        );
      const match = /^v(\d+\.\d+\.\d+)/.exec(stdout.trim());
      if (match === null) return reject(new Error(t('it is not Node.js')));
      resolve(match[1]!);
    });
  });
}
