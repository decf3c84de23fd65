import { once } from 'node:events';
import {
  AbstractMessageReader,
  AbstractMessageWriter,
  type DataCallback,
  type Disposable,
  type Message,
  type MessageReader,
  type MessageWriter,
} from 'vscode-jsonrpc/node';
import WebSocket from 'ws';
import type { DaemonFile } from '../../daemon/protocol/daemonFile';
import { failures } from './failure';

const HANDSHAKE_MS = 5000;
/** Answers carry text and small previews; anything larger is not ours. */
const MAX_MESSAGE_BYTES = 64 * 1024 * 1024;

/** Both ends of one open socket, as vscode-languageclient wants them. */
export interface Transports {
  reader: MessageReader;
  writer: MessageWriter;
  close(): void;
}

/** Opens the daemon's socket with its token. Rejects with DAEMON_UNREACHABLE within 5 seconds. */
export async function connect(daemon: Pick<DaemonFile, 'url' | 'token'>): Promise<Transports> {
  const socket = new WebSocket(daemon.url, {
    headers: { Authorization: `Bearer ${daemon.token}` },
    handshakeTimeout: HANDSHAKE_MS,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
  });
  const reader = new SocketReader(socket);
  try {
    await once(socket, 'open');
  } catch (error) {
    socket.terminate();
    throw failures.daemonUnreachable(error instanceof Error ? error.message : String(error));
  }
  return { reader, writer: new SocketWriter(socket), close: () => socket.close() };
}

/** One JSON-RPC message a text frame; what arrives before `listen` waits. */
export class SocketReader extends AbstractMessageReader {
  private waiting: Message[] = [];
  private deliver: DataCallback | null = null;

  constructor(socket: WebSocket) {
    super();
    socket.on('message', (data) => this.receive(String(data)));
    socket.on('error', (error) => this.fireError(error));
    socket.on('close', () => this.fireClose());
  }

  listen(callback: DataCallback): Disposable {
    this.deliver = callback;
    for (const message of this.waiting.splice(0)) callback(message);
    return {
      dispose: () => {
        this.deliver = null;
      },
    };
  }

  private receive(text: string): void {
    let message: Message;
    try {
      message = JSON.parse(text) as Message;
    } catch (error) {
      this.fireError(error);
      return;
    }
    if (this.deliver === null) this.waiting.push(message);
    else this.deliver(message);
  }
}

export class SocketWriter extends AbstractMessageWriter implements MessageWriter {
  private errors = 0;

  constructor(private readonly socket: WebSocket) {
    super();
    socket.on('close', () => this.fireClose());
  }

  write(message: Message): Promise<void> {
    return new Promise((resolve, reject) => {
      this.socket.send(JSON.stringify(message), (error) => {
        if (!error) return resolve();
        this.errors += 1;
        this.fireError(error, message, this.errors);
        reject(error);
      });
    });
  }

  end(): void {
    this.socket.close();
  }
}
