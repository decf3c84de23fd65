import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { errors } from '../common/errors';
import { readDaemonFile } from '../daemonRecord';
import type { Installation } from '../installation';
import { locateNode } from '../locateNode';
import type { DaemonFile } from '../protocol/daemonFile';
import { methods, type RetireResult } from '../protocol/messages';
import { PROTOCOL_VERSION } from '../protocol/version';
import { makeFolder } from '../store/atomicFile';
import { DaemonConnection } from './connection';

const START_LIMIT_MS = 30_000;
const RETIRE_LIMIT_MS = 10_000;
const POLL_MS = 40;
/** A daemon that lost the race to another ends with 5; the other needs a moment to write its file. */
const RACE_GRACE_MS = 5000;

export interface ReachOptions {
  home: string;
  installation: Pick<Installation, 'build' | 'daemonScript'>;
  signal: AbortSignal;
}

/** The machine's daemon, started where none answers. Throws DAEMON_UNREACHABLE, DAEMON_VERSION, CANCELLED. */
export async function reachDaemon(options: ReachOptions): Promise<DaemonConnection> {
  const running = readDaemonFile(options.home);
  if (running) {
    const connection = await connectOrReplace(running, options);
    if (connection) return connection;
  }
  return startAndConnect(options);
}

/** Undefined when nobody answers there, or when it made room for ours. */
async function connectOrReplace(file: DaemonFile, options: ReachOptions): Promise<DaemonConnection | undefined> {
  const connection = await DaemonConnection.open(file).catch(() => undefined);
  if (!connection) return undefined;
  const sameProtocol = file.protocol === PROTOCOL_VERSION;
  if ((!sameProtocol || file.build !== options.installation.build) && (await madeRoom(connection, file, options))) {
    return undefined;
  }
  if (!sameProtocol) {
    connection.close();
    throw errors.protocolMismatch(file.protocol, PROTOCOL_VERSION);
  }
  // another build that others are using goes on answering; it speaks our protocol
  return initialized(connection);
}

async function initialized(connection: DaemonConnection): Promise<DaemonConnection> {
  try {
    await connection.initialize();
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** Asks the daemon of another build to end, and waits until it has; false where others use it. */
async function madeRoom(connection: DaemonConnection, file: DaemonFile, options: ReachOptions): Promise<boolean> {
  const answer = await connection.within<RetireResult>(2000, methods.retire, {}).catch(() => ({ now: false }));
  if (!answer.now) return false;
  connection.close();
  const deadline = Date.now() + RETIRE_LIMIT_MS;
  while (Date.now() < deadline && readDaemonFile(options.home)?.pid === file.pid) await pause(options.signal);
  return true;
}

async function startAndConnect(options: ReachOptions): Promise<DaemonConnection> {
  const { home, installation } = options;
  if (!existsSync(installation.daemonScript))
    throw errors.daemonUnreachable(`${installation.daemonScript} is missing (run 'npm run build')`);
  const child = await spawnDaemon(home, installation.daemonScript);
  const deadline = Date.now() + START_LIMIT_MS;
  let endedAt: number | undefined;
  while (Date.now() < deadline) {
    const file = readDaemonFile(home);
    const connection = file && (await DaemonConnection.open(file).catch(() => undefined));
    if (connection) return initialized(connection);
    if (child.ended) {
      endedAt ??= Date.now();
      // 5: another daemon was there first
      if (child.code !== 5 || Date.now() - endedAt > RACE_GRACE_MS) throw errors.daemonUnreachable(child.lastWords());
    }
    await pause(options.signal);
  }
  throw errors.daemonUnreachable(`it did not answer within ${START_LIMIT_MS / 1000} seconds`);
}

interface Spawned {
  ended: boolean;
  code: number | null;
  lastWords(): string;
}

/** Detached: it outlives this command. What it writes before it has a log of its own goes to a file. */
async function spawnDaemon(home: string, script: string): Promise<Spawned> {
  const node = await locateNode();
  const log = join(home, 'logs', 'daemon-start.log');
  await makeFolder(join(home, 'logs'));
  const output = openSync(log, 'w', 0o600);
  const state: Spawned = { ended: false, code: null, lastWords: () => lastLine(log) };
  try {
    const child = spawn(node.command, [script], {
      cwd: homedir(),
      detached: true,
      stdio: ['ignore', output, output],
      env: { ...process.env, ...node.env, ONELENS_HOME: home },
      windowsHide: true,
    });
    const end = (code: number | null) => {
      state.ended = true;
      state.code = code;
    };
    child.on('exit', end);
    child.on('error', () => end(null));
    child.unref();
  } finally {
    closeSync(output);
  }
  return state;
}

function lastLine(file: string): string {
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '' && !/^\s+at /.test(line));
  const line = lines.find((l) => /^error\[|^\w*Error/.test(l)) ?? lines.at(-1) ?? 'it ended at once';
  return `it ended while it started (${line.trim().slice(0, 300)})`;
}

async function pause(signal: AbortSignal): Promise<void> {
  await sleep(POLL_MS, undefined, { signal }).catch(() => {
    throw errors.cancelled();
  });
}
