import { statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createMessageConnection } from 'vscode-jsonrpc/node';
import { methods, type RetireResult } from '../../daemon/protocol/messages';
import type { Transports } from './connect';

const ANSWER_LIMIT_MS = 2000;

/** The build of our own daemon, as it writes it into `daemon.json`: size and time of its two bundles. */
export function buildOf(daemonScript: string): string {
  return [daemonScript, join(dirname(daemonScript), 'engine.js')].map(stamp).join('-');
}

function stamp(file: string): string {
  const stats = statSync(file, { throwIfNoEntry: false });
  return stats ? `${stats.size.toString(36)}.${Math.round(stats.mtimeMs).toString(36)}` : '0';
}

/** Asks a daemon of another build to end; true when it does so now. Closes the connection. */
export async function retireDaemon(transports: Transports): Promise<boolean> {
  const connection = createMessageConnection(transports.reader, transports.writer);
  connection.listen();
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<RetireResult>((resolve) => {
    timer = setTimeout(() => resolve({ now: false }), ANSWER_LIMIT_MS);
  });
  const answer = connection.sendRequest<RetireResult>(methods.retire, {}).catch(() => ({ now: false }));
  const { now } = await Promise.race([answer, silence]);
  clearTimeout(timer);
  connection.dispose();
  transports.close();
  return now;
}
