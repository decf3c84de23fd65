import { setTimeout as sleep } from 'node:timers/promises';
import type { DaemonFile } from '../../daemon/protocol/daemonFile';
import { PROTOCOL_VERSION } from '../../daemon/protocol/version';
import { connect, type Transports } from './connect';
import { readLiveDaemonFile } from './daemonFile';
import { failures } from './failure';
import { findNode } from './findNode';
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
  checkProtocol(file);
  try {
    return await connect(file);
  } catch (error) {
    options.log(`The daemon of ${options.home}/daemon.json does not answer: ${String(error)}`);
    return null;
  }
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

function checkProtocol(file: DaemonFile): void {
  const major = (version: string) => version.split('.')[0];
  if (major(file.protocol) !== major(PROTOCOL_VERSION)) {
    throw failures.protocolMismatch(file.protocol, PROTOCOL_VERSION);
  }
}
