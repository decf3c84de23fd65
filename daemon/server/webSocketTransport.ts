import {
  AbstractMessageReader,
  AbstractMessageWriter,
  type DataCallback,
  type Disposable,
  type Message,
  type MessageReader,
  type MessageWriter,
} from 'vscode-jsonrpc/node';
import type { RawData, WebSocket } from 'ws';

/** One JSON-RPC message a text frame. */
export class WebSocketMessageReader extends AbstractMessageReader implements MessageReader {
  constructor(private readonly socket: WebSocket) {
    super();
    socket.on('close', () => this.fireClose());
    socket.on('error', (error) => this.fireError(error));
  }

  listen(callback: DataCallback): Disposable {
    const onMessage = (data: RawData) => {
      try {
        callback(JSON.parse(data.toString()) as Message);
      } catch (error) {
        // what is not JSON is no client of ours
        this.fireError(error);
        this.socket.close(1007, 'not JSON');
      }
    };
    this.socket.on('message', onMessage);
    return { dispose: () => this.socket.off('message', onMessage) };
  }
}

export class WebSocketMessageWriter extends AbstractMessageWriter implements MessageWriter {
  constructor(private readonly socket: WebSocket) {
    super();
    socket.on('close', () => this.fireClose());
  }

  /** A message to a socket that is closing is lost; its closing is what the connection hears. */
  write(message: Message): Promise<void> {
    return new Promise((resolve) => {
      if (this.socket.readyState !== this.socket.OPEN) return resolve();
      this.socket.send(JSON.stringify(message), (error) => {
        if (error) this.fireError(error, message);
        resolve();
      });
    });
  }

  end(): void {
    this.socket.close();
  }
}
