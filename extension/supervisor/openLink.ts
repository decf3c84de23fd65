import * as vscode from 'vscode';
import { CloseAction, ErrorAction, LanguageClient, RevealOutputChannelOn } from 'vscode-languageclient/node';
import { type LogMessage, methods, type StatusInfo } from '../../daemon/protocol/messages';
import { PROTOCOL_VERSION } from '../../daemon/protocol/version';
import type { Config } from '../config';
import type { Transports } from './connect';
import { failureOf, RemoteDaemon } from './daemonApi';
import { failures } from './failure';
import { resolveHome } from './home';
import { locateDaemon } from './locateDaemon';
import type { Link, LinkEvents, OpenLink } from './supervisor';

const START_LIMIT_MS = 30_000;
const HANDSHAKE_LIMIT_MS = 20_000;
const STOP_LIMIT_MS = 2000;

/** How this window reaches the daemon: find or start it, then vscode-languageclient over its WebSocket. */
export function linkOpener(context: vscode.ExtensionContext, config: Config, log: vscode.LogOutputChannel): OpenLink {
  return async (events, signal) => {
    const transports = await locateDaemon({
      home: resolveHome(config.home),
      nodePath: config.nodePath,
      script: context.asAbsolutePath('dist/daemon.js'),
      logFile: vscode.Uri.joinPath(context.logUri, 'daemon-start.log').fsPath,
      limitMs: START_LIMIT_MS,
      log: (line) => log.info(line),
      signal,
    });
    return startClient(transports, events, log);
  };
}

/** The client is used once: a connection that breaks gets a new one, so that only the supervisor decides on restarts. */
async function startClient(transports: Transports, events: LinkEvents, log: vscode.LogOutputChannel): Promise<Link> {
  const client = new LanguageClient('onelens', 'OneLens', () => Promise.resolve(transports), {
    documentSelector: [],
    initializationOptions: { protocol: PROTOCOL_VERSION },
    outputChannel: log,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    initializationFailedHandler: () => false,
    errorHandler: {
      error: (error) => ({ action: ErrorAction.Continue, handled: true, message: `Connection: ${error.message}` }),
      closed: () => {
        events.closed();
        return { action: CloseAction.DoNotRestart, handled: true, message: 'The connection to the daemon closed.' };
      },
    },
  });
  client.onNotification(methods.status, (status: StatusInfo) => events.status(status));
  client.onNotification(methods.log, (message: LogMessage) => log[message.level](message.text));
  try {
    await withinLimit(client.start());
  } catch (error) {
    transports.close();
    throw failureOf(error);
  }
  return {
    api: new RemoteDaemon(client),
    close: () => client.dispose(STOP_LIMIT_MS),
  };
}

async function withinLimit(start: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(failures.daemonSlow(HANDSHAKE_LIMIT_MS / 1000)), HANDSHAKE_LIMIT_MS);
  });
  await Promise.race([start, limit]).finally(() => clearTimeout(timer));
}
