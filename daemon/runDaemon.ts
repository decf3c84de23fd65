import { type Daemon, type DaemonOptions, startDaemon } from './startDaemon';

export interface RunOptions extends Omit<DaemonOptions, 'onIdle'> {
  /** Told once it listens. */
  onListening(daemon: Daemon): void;
}

/** Serves until SIGTERM, SIGINT or idleness. Resolves once everything is given back; never calls `process.exit`. */
export async function runDaemon(options: RunOptions): Promise<void> {
  let stop!: (reason: string) => void;
  const stopped = new Promise<string>((resolve) => {
    stop = resolve;
  });
  const onSignal = (signal: NodeJS.Signals) => stop(signal);
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  try {
    const daemon = await startDaemon({ ...options, onIdle: stop });
    process.on('uncaughtException', (error) => daemon.log.log('error', `uncaught: ${error.stack ?? error.message}`));
    process.on('unhandledRejection', (reason) => daemon.log.log('error', `unhandled: ${String(reason)}`));
    options.onListening(daemon);
    daemon.log.log('info', `ending: ${await stopped}`);
    await daemon.dispose();
  } finally {
    process.off('SIGTERM', onSignal);
    process.off('SIGINT', onSignal);
  }
}
