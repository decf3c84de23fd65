import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** The oldest Node that the native packages run on. */
export const OLDEST_NODE = [20, 9] as const;

export interface NodeChoice {
  command: string;
  /** To be added to the child's environment. */
  env: Record<string, string>;
  reason: string;
}

export interface NodeSearch {
  /** A path that the user has set; ONELENS_NODE. */
  configured?: string | undefined;
  path: string;
  /** The present program and whether it is VS Code's Electron. */
  execPath: string;
  electron: boolean;
  /** "20.20.2", or undefined when the program is absent or no Node. */
  versionOf(command: string): Promise<string | undefined>;
}

/**
 * A real Node where there is one: Electron's refuses allocations over 2 GiB and so crashes on large weights
 * (microsoft/onnxruntime #29763). Else the present program, which runs as Node with ELECTRON_RUN_AS_NODE.
 */
export async function locateNode(search: NodeSearch = presentSearch()): Promise<NodeChoice> {
  const { configured, execPath, electron } = search;
  if (configured && isNewEnough(await search.versionOf(configured)))
    return { command: configured, env: {}, reason: 'the configured Node' };
  if (!electron) return { command: execPath, env: {}, reason: 'the Node that runs this program' };
  for (const folder of search.path.split(delimiter).filter(Boolean)) {
    const command = join(folder, process.platform === 'win32' ? 'node.exe' : 'node');
    if (isNewEnough(await search.versionOf(command))) return { command, env: {}, reason: `found on PATH: ${command}` };
  }
  return { command: execPath, env: { ELECTRON_RUN_AS_NODE: '1' }, reason: 'no Node 20.9 or newer was found on PATH' };
}

export function isNewEnough(version: string | undefined): boolean {
  const match = /^v?(\d+)\.(\d+)/.exec(version ?? '');
  if (!match) return false;
  const [major, minor] = [Number(match[1]), Number(match[2])];
  return major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1]);
}

function presentSearch(): NodeSearch {
  return {
    configured: process.env.ONELENS_NODE,
    path: process.env.PATH ?? '',
    execPath: process.execPath,
    electron: process.versions.electron !== undefined,
    versionOf,
  };
}

/** Asks the program itself, for two seconds at most. */
async function versionOf(command: string): Promise<string | undefined> {
  const there = await access(command, constants.X_OK).then(
    () => true,
    () => false,
  );
  if (!there) return undefined;
  return new Promise((resolve) => {
    execFile(command, ['--version'], { timeout: 2000 }, (error, stdout) => resolve(error ? undefined : stdout.trim()));
  });
}
