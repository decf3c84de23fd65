import { randomBytes } from 'node:crypto';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Disposable, Disposables } from './common/disposables';
import { errors } from './common/errors';
import { FileLogger, type Logger, teeLogger } from './common/logger';
import { readDaemonFile, removeDaemonFile, writeDaemonFile } from './daemonRecord';
import { EngineHost } from './engine/engineHost';
import { forkEngine } from './engine/engineProcess';
import { PROTOCOL_VERSION } from './protocol/version';
import { Clients } from './server/clients';
import { listen } from './server/listen';
import { serveClient } from './server/session';
import { ChatService } from './services/chatService';
import { FactsService } from './services/factsService';
import { Lifetime } from './services/lifetime';
import { ModelsService } from './services/modelsService';
import { StatusService } from './services/statusService';
import { makeFolder } from './store/atomicFile';
import { Catalog } from './store/catalog';
import { storePaths } from './store/home';
import { type Lock, tryLock } from './store/locks';

export interface DaemonOptions {
  /** The store's folder: models, cache, logs, lock and daemon.json. Made with mode 0700. */
  home: string;
  /** 0 = any free one. */
  port: number;
  /** Milliseconds without a client and without work; 0 = stays until stopped. */
  idleMs: number;
  version: string;
  build: string;
  engineScript: string;
  /** The folder of the embedded model pack; may be absent. */
  embeddedPack: string;
  /** Called once when it decides to end by itself; the caller disposes. */
  onIdle(reason: string): void;
}

export interface Daemon extends Disposable {
  url: string;
  tokenFile: string;
  log: Logger;
}

/** Puts the daemon together and starts it. Throws DAEMON_RUNNING or DAEMON_PORT_TAKEN and leaves nothing behind then. */
export async function startDaemon(options: DaemonOptions): Promise<Daemon> {
  const ending = new Disposables();
  try {
    return await start(options, ending);
  } catch (error) {
    await ending.dispose();
    throw error;
  }
}

async function start(options: DaemonOptions, ending: Disposables): Promise<Daemon> {
  const { home, version, build } = options;
  await makeFolder(home);
  if (process.platform !== 'win32') chmodSync(home, 0o700);
  const lock = await takeLock(home);
  ending.defer(() => lock.release());

  const clients = new Clients();
  const log = teeLogger(new FileLogger(join(home, 'logs', 'daemon.log')), clients);
  let shown = Promise.resolve();
  const changed = () => {
    lifetime.changed();
    // one after the other, so that the last status told is the last there was
    shown = shown.then(async () => clients.status(await status.status()));
  };
  const engine = new EngineHost(
    () => forkEngine(options.engineScript, home, log),
    log,
    () => changed(),
  );
  const models = new ModelsService(new Catalog({ home, embedded: options.embeddedPack }), storePaths(home).models, () =>
    changed(),
  );
  const status = new StatusService(engine, () => models.inUse(), version);
  const lifetime = new Lifetime(
    options.idleMs,
    () => engine.status.state === 'busy' || engine.status.state === 'starting',
    options.onIdle,
  );
  ending.add(lifetime);
  ending.add(engine);
  const chat = new ChatService(engine, (id) => models.choose(id));
  const services = { chat, facts: new FactsService(engine), models, status, lifetime };

  const token = randomBytes(32).toString('base64url');
  const listener = await listen(options.port, token, (socket) =>
    serveClient(socket, { services, clients, version, log }),
  );
  ending.defer(() => listener.close());
  const startedAt = new Date().toISOString();
  writeDaemonFile(home, {
    url: listener.url,
    token,
    pid: process.pid,
    version,
    build,
    protocol: PROTOCOL_VERSION,
    startedAt,
  });
  ending.defer(() => removeDaemonFile(home));
  log.log(
    'info',
    `daemon ${version} (process ${process.pid}, Node ${process.versions.node}) listens on ${listener.url}`,
  );

  return {
    url: listener.url,
    tokenFile: storePaths(home).daemonFile,
    log,
    dispose: async () => {
      log.log('info', 'daemon stops');
      await ending.dispose();
    },
  };
}

/** A daemon that is ending has no daemon.json any more, one that is starting has none yet; both are soon over. */
const LOCK_WAIT_MS = 5000;

/** Throws DAEMON_RUNNING. */
async function takeLock(home: string): Promise<Lock> {
  const deadline = Date.now() + LOCK_WAIT_MS;
  for (;;) {
    const result = tryLock(storePaths(home).daemonLock);
    if (result.held) return result.lock;
    const running = readDaemonFile(home);
    if (running?.pid === result.pid) throw errors.daemonRunning(result.pid, running.url);
    if (Date.now() > deadline) throw errors.daemonRunning(result.pid, 'which does not answer');
    await sleep(30);
  }
}
