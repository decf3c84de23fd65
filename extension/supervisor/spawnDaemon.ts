import { spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname } from 'node:path';
import type { NodeProgram } from './findNode';

/** A daemon on its way up. It outlives this window: detached, its output goes to a file and not to a pipe of ours. */
export interface SpawnedDaemon {
  /** How it ended, or null while it runs. */
  ended(): DaemonEnd | null;
  /** The last line it wrote that says something, for an error message. */
  lastWords(): Promise<string>;
}

export interface DaemonEnd {
  /** "exit code 1", "signal SIGKILL" */
  how: string;
  /** It ended because another daemon was there first (exit code 5, the contract's). */
  raced: boolean;
}

export function spawnDaemon(node: NodeProgram, script: string, home: string, logFile: string): SpawnedDaemon {
  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, 'w', 0o600);
  let ended: DaemonEnd | null = null;
  try {
    const child = spawn(node.path, [script], {
      cwd: homedir(),
      detached: true,
      stdio: ['ignore', log, log],
      env: daemonEnvironment(process.env, node, home),
      windowsHide: true,
    });
    child.on('exit', (code, signal) => {
      ended = { how: signal === null ? `exit code ${code}` : `signal ${signal}`, raced: code === 5 };
    });
    child.on('error', (error) => {
      ended = { how: error.message, raced: false };
    });
    child.unref();
  } finally {
    closeSync(log);
  }
  return { ended: () => ended, lastWords: () => lastLine(logFile) };
}

/** Ours, without what VS Code set for its own processes. */
export function daemonEnvironment(
  env: NodeJS.ProcessEnv,
  node: Pick<NodeProgram, 'env'>,
  home: string,
): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$|NODE_CHANNEL_)/.test(name));
  return { ...Object.fromEntries(kept), ...node.env, ONELENS_HOME: home };
}

async function lastLine(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const lines = text.split('\n').filter((line) => line.trim() !== '' && !/^\s+at |^Node\.js v/.test(line));
  const line = lines.find((candidate) => /^(\w*Error|error\[)/.test(candidate)) ?? lines.at(-1) ?? '';
  return line.trim().replace(/\.$/, '').slice(0, 300);
}
