import {
  CancellationTokenSource,
  createMessageConnection,
  type MessageConnection,
  ResponseError,
} from 'vscode-jsonrpc/node';
import WebSocket from 'ws';
import { deserializeError, errors, type OneLensError, type SerializedError, toOneLensError } from '../common/errors';
import type { DaemonFile } from '../protocol/daemonFile';
import type { AskProgress, InitializeResult } from '../protocol/messages';
import { ONELENS_ERROR, PROTOCOL_VERSION } from '../protocol/version';
import { WebSocketMessageReader, WebSocketMessageWriter } from '../server/webSocketTransport';

const HANDSHAKE_MS = 5000;

/** A client's end of the socket. Every method rejects with OneLensError only. */
export class DaemonConnection {
  private asks = 0;
  private readonly listeners = new Map<string, (value: AskProgress) => void>();

  private constructor(private readonly rpc: MessageConnection) {
    rpc.onNotification('$/progress', ({ token, value }: { token: string; value: AskProgress }) =>
      this.listeners.get(token)?.(value),
    );
    rpc.onError(() => {});
    rpc.listen();
  }

  /** Opens the socket with the token; `initialize` comes next. Throws DAEMON_UNREACHABLE. */
  static async open(file: Pick<DaemonFile, 'url' | 'token'>): Promise<DaemonConnection> {
    const socket = new WebSocket(file.url, {
      headers: { Authorization: `Bearer ${file.token}` },
      handshakeTimeout: HANDSHAKE_MS,
      perMessageDeflate: false,
      maxPayload: 64 << 20,
    });
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', (error) => reject(errors.daemonUnreachable(error.message)));
    });
    return new DaemonConnection(
      createMessageConnection(new WebSocketMessageReader(socket), new WebSocketMessageWriter(socket)),
    );
  }

  async initialize(): Promise<InitializeResult> {
    const params = { processId: process.pid, capabilities: {}, initializationOptions: { protocol: PROTOCOL_VERSION } };
    const result = await this.within<InitializeResult>(HANDSHAKE_MS, 'initialize', params);
    void this.rpc.sendNotification('initialized', {});
    return result;
  }

  /** Aborting sends `$/cancelRequest`; the answer is then what the method answers to that. */
  async request<R>(method: string, params: object, signal?: AbortSignal): Promise<R> {
    const source = new CancellationTokenSource();
    const cancel = () => source.cancel();
    if (signal?.aborted) cancel();
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      return await this.rpc.sendRequest<R>(method, params, source.token);
    } catch (error) {
      throw errorOf(error);
    } finally {
      signal?.removeEventListener('abort', cancel);
    }
  }

  /** A request whose answer must come soon. Throws DAEMON_UNREACHABLE. */
  async within<R>(limitMs: number, method: string, params: object): Promise<R> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_resolve, reject) => {
      const error = errors.daemonUnreachable(`it did not answer within ${limitMs / 1000} seconds`);
      timer = setTimeout(() => reject(error), limitMs);
    });
    try {
      return await Promise.race([this.request<R>(method, params), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  /** A request that streams by `partialResultToken`. */
  async stream<R>(
    method: string,
    params: object,
    onProgress: (value: AskProgress) => void,
    signal?: AbortSignal,
  ): Promise<R> {
    const partialResultToken = `cli-${process.pid}-${++this.asks}`;
    this.listeners.set(partialResultToken, onProgress);
    try {
      return await this.request<R>(method, { ...params, partialResultToken }, signal);
    } finally {
      this.listeners.delete(partialResultToken);
    }
  }

  close(): void {
    this.rpc.end();
    this.rpc.dispose();
  }
}

function errorOf(error: unknown): OneLensError {
  if (!(error instanceof ResponseError)) return errors.daemonUnreachable(toOneLensError(error).what.replace(/\.$/, ''));
  if (error.code === ONELENS_ERROR && error.data) return deserializeError(error.data as SerializedError);
  // the connection broke under the request, or was closed before it
  if (error.code <= -32096 && error.code >= -32099) return errors.daemonUnreachable('the connection broke');
  if (error.code === -32602) return errors.usage(`The request was refused: ${error.message}.`);
  return errors.internal(error.message);
}
