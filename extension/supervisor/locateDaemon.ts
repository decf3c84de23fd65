import { setTimeout as sleep } from 'node:timers/promises';
import type { DaemonFile } from '../../daemon/protocol/daemonFile';
import { PROTOCOL_VERSION } from '../../daemon/protocol/version';
import { connect, type Transports } from './connect';
import { readLiveDaemonFile } from './daemonFile';
import { failures } from './failure';
import { findNode } from './findNode';
import { buildOf, retireDaemon } from './retireDaemon';
import { type SpawnedDaemon, spawnDaemon } from './spawnDaemon';

export interface LocateOptions {
  home: string;
  /** The setting; '' to look for one. */
  nodePath: string;
  /** dist/daemon.js */
  script: string;
  /** Where a daemon that we start writes before it has a log of its own. */
  logFile: string;
  limitMs: number;
  log(line: string): void;
  signal: AbortSignal;
}

const POLL_MS = 60;
/** A child that lost the race to another window's ends; the winner may need this long to write its file. */
const RACE_GRACE_MS = 5000;
const END_GRACE_MS = 300;
const RETIRE_LIMIT_MS = 10_000;

/**
 * Finds the machine's one daemon, starts it where none answers, and connects. Rejects with a Failure: NODE_UNUSABLE,
 * DAEMON_EXITED, DAEMON_SLOW (after `limitMs`), DAEMON_VERSION, CANCELLED.
 */
export async function locateDaemon(options: LocateOptions): Promise<Transports> {
  const running = await connectToRunning(options);
  if (running !== null) return running;
  const node = await findNode(options.nodePath);
  options.log(`Starting the daemon with Node ${node.version} (${node.path}, from ${node.from}) in ${options.home}`);
  const child = spawnDaemon(node, options.script, options.home, options.logFile);
  return waitForDaemon(options, child);
}

/** Null where no daemon runs; a file that nobody answers for counts as none. */
async function connectToRunning(options: LocateOptions): Promise<Transports | null> {
  const file = await readLiveDaemonFile(options.home);
  if (file === null) return null;
  const connection = await connect(file).catch(() => null);
  if (connection === null) return null;
  if (sameProtocol(file) && file.build === buildOf(options.script)) return connection;
  options.log(`A daemon of another build is running (process ${file.pid}, version ${file.version})`);
  return (await madeRoom(connection, file, options)) ? null : await connectToOther(file);
}

/** One that others are using goes on answering, if it speaks our protocol; else DAEMON_VERSION. */
async function connectToOther(file: DaemonFile): Promise<Transports> {
  if (!sameProtocol(file)) throw failures.protocolMismatch(file.protocol, PROTOCOL_VERSION);
  return connect(file);
}

/** The daemon ends at once if ours is the only connection; waits until it has. */
async function madeRoom(connection: Transports, file: DaemonFile, options: LocateOptions): Promise<boolean> {
  if (!(await retireDaemon(connection))) return false;
  await gone(file, options);
  return true;
}

async function gone(file: DaemonFile, options: LocateOptions): Promise<void> {
  const deadline = Date.now() + RETIRE_LIMIT_MS;
  while (Date.now() < deadline && (await readLiveDaemonFile(options.home))?.pid === file.pid) await sleep(POLL_MS);
}

async function waitForDaemon(options: LocateOptions, child: SpawnedDaemon): Promise<Transports> {
  const deadline = Date.now() + options.limitMs;
  let endedAt: number | null = null;
  while (Date.now() < deadline) {
    if (options.signal.aborted) throw failures.cancelled();
    const connection = await connectToRunning(options);
    if (connection !== null) return connection;
    const ended = child.ended();
    if (ended !== null) endedAt ??= Date.now();
    if (ended !== null && Date.now() - endedAt! >= (ended.raced ? RACE_GRACE_MS : END_GRACE_MS)) {
      throw failures.daemonExited(ended.how, await child.lastWords());
    }
    await sleep(POLL_MS);
  }
  throw failures.daemonSlow(Math.round(options.limitMs / 1000));
}

function sameProtocol(file: DaemonFile): boolean {
  return file.protocol.split('.')[0] === PROTOCOL_VERSION.split('.')[0];
}
