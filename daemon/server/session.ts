import { type CancellationToken, createMessageConnection, ErrorCodes, ResponseError } from 'vscode-jsonrpc/node';
import type { WebSocket } from 'ws';
import { errors, isOneLensError, toOneLensError } from '../common/errors';
import type { Logger } from '../common/logger';
import { ONELENS_ERROR, PROTOCOL_VERSION } from '../protocol/version';
import type { Clients } from './clients';
import { handlers } from './handlers';
import { parse } from './params';
import type { Services } from './services';
import { WebSocketMessageReader, WebSocketMessageWriter } from './webSocketTransport';

export interface ServerContext {
  services: Services;
  clients: Clients;
  version: string;
  log: Logger;
}

/** LSP's order: nothing before `initialize`, nothing but `exit` after `shutdown`. */
type Phase = 'new' | 'initialized' | 'shutdown';

/** LSP `ErrorCodes.ServerNotInitialized`. */
const SERVER_NOT_INITIALIZED = -32002;

/** Serves one client until its socket closes; then its requests are cancelled. */
export function serveClient(socket: WebSocket, context: ServerContext): void {
  const connection = createMessageConnection(new WebSocketMessageReader(socket), new WebSocketMessageWriter(socket));
  const gone = new AbortController();
  let phase: Phase = 'new';

  connection.onRequest('initialize', (...args: unknown[]) =>
    answered(context.log, () => {
      if (phase !== 'new') throw new ResponseError(ErrorCodes.InvalidRequest, 'initialize was called before');
      const { protocol } = parse.initialize(args[0]);
      if (protocol !== undefined && protocol !== PROTOCOL_VERSION)
        throw errors.protocolMismatch(PROTOCOL_VERSION, protocol);
      phase = 'initialized';
      context.clients.add(connection);
      return {
        capabilities: { experimental: { protocol: PROTOCOL_VERSION } },
        serverInfo: { name: 'onelens', version: context.version },
      };
    }),
  );
  connection.onNotification('initialized', () => {});
  connection.onRequest('shutdown', () => {
    phase = 'shutdown';
    return null;
  });
  // the daemon is shared: a client's exit ends its connection and nothing else
  connection.onNotification('exit', () => socket.close(1000));

  for (const [method, handler] of Object.entries(handlers))
    connection.onRequest(method, (...args: unknown[]) =>
      answered(context.log, () => {
        if (phase !== 'initialized' && !handler.always) throw outOfOrder(phase);
        const token = args[args.length - 1] as CancellationToken;
        const signal = AbortSignal.any([gone.signal, signalOf(token)]);
        return handler.run(args.length > 1 ? args[0] : undefined, { services: context.services, signal, connection });
      }),
    );

  context.services.lifetime.connected(1);
  connection.onError(([error]) => context.log.log('warn', `connection: ${error.message}`));
  connection.onClose(() => {
    gone.abort();
    context.clients.remove(connection);
    context.services.lifetime.connected(-1);
    connection.dispose();
  });
  connection.listen();
}

function outOfOrder(phase: Phase): ResponseError<void> {
  return phase === 'new'
    ? new ResponseError(SERVER_NOT_INITIALIZED, 'initialize comes first')
    : new ResponseError(ErrorCodes.InvalidRequest, 'the client has shut down');
}

function signalOf(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}

/** Every failure leaves as a JSON-RPC error: ours with their data, unexpected ones logged and without their stack. */
async function answered<T>(log: Logger, run: () => T | Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (thrown) {
    if (thrown instanceof ResponseError) throw thrown;
    if (!isOneLensError(thrown)) log.log('error', (thrown instanceof Error && thrown.stack) || String(thrown));
    const error = toOneLensError(thrown);
    throw new ResponseError(ONELENS_ERROR, error.message, error.toJSON());
  }
}
