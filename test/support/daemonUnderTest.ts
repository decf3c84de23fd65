import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DaemonFile } from '../../daemon/protocol/daemonFile';

export interface DaemonUnderTest {
  home: string;
  file: DaemonFile;
  child: ChildProcess;
  /** Resolves to the exit code, or the signal's name. */
  ended: Promise<number | string>;
  log(): string;
  stop(): Promise<void>;
}

/** A store of its own, for a test that cleans up by `removeHome`. */
export const makeHome = (): string => mkdtempSync(join(tmpdir(), 'onelens-daemon-'));
export const removeHome = (home: string): void => rmSync(home, { recursive: true, force: true, maxRetries: 5 });

/** Starts `script` and waits until its daemon.json is there. */
export async function startDaemonProcess(
  script: string,
  home = makeHome(),
  env: Record<string, string> = {},
): Promise<DaemonUnderTest> {
  const { child, ended } = spawnNode([script], { ONELENS_HOME: home, ...env });
  const path = join(home, 'daemon.json');
  const started = until(() => existsSync(path) && JSON.parse(readFileSync(path, 'utf8')).pid === child.pid);
  const outcome = await Promise.race([started, ended]);
  if (outcome !== undefined) throw new Error(`the daemon ended at once: ${outcome}`);
  return {
    home,
    file: JSON.parse(readFileSync(path, 'utf8')) as DaemonFile,
    child,
    ended,
    log: () => readFileSync(join(home, 'logs/daemon.log'), 'utf8'),
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      removeHome(home);
    },
  };
}

export function spawnNode(args: string[], env: Record<string, string>, cwd?: string) {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(cwd === undefined ? {} : { cwd }),
  });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text;
  });
  const ended = new Promise<number | string>((resolve) => {
    child.once('close', (code, signal) => resolve(signal ?? code ?? -1));
  });
  return { child, ended, output };
}

/** Waits for a condition, 15 seconds at most. */
export async function until(condition: () => boolean | Promise<boolean>, what = 'the condition'): Promise<void> {
  const deadline = Date.now() + 15_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`${what} did not come true within 15 seconds`);
    await sleep(20);
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
