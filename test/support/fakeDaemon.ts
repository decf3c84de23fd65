import { createMessageConnection, type MessageConnection } from 'vscode-jsonrpc/node';
import { type WebSocket, WebSocketServer } from 'ws';
import { connect, SocketReader, SocketWriter, type Transports } from '../../extension/supervisor/connect';

/** A WebSocket server on loopback that speaks JSON-RPC as `serve` says, and lets in only those with the token. */
export interface FakeDaemon {
  url: string;
  token: string;
  transports(): Promise<Transports>;
  close(): Promise<void>;
}

export async function fakeDaemon(
  serve: (connection: MessageConnection, socket: WebSocket) => void,
): Promise<FakeDaemon> {
  const token = 'secret';
  const server = new WebSocketServer({
    host: '127.0.0.1',
    port: 0,
    verifyClient: ({ req }: { req: { headers: { authorization?: string } } }) =>
      req.headers.authorization === `Bearer ${token}`,
  });
  server.on('connection', (socket) => {
    const connection = createMessageConnection(...wrap(socket));
    serve(connection, socket);
    connection.listen();
  });
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  const url = `ws://127.0.0.1:${port}`;
  return {
    url,
    token,
    transports: () => connect({ url, token }),
    close: async () => {
      for (const client of server.clients) client.terminate();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The server's half, by the client's own classes: they know nothing of a direction. */
function wrap(socket: WebSocket) {
  return [new SocketReader(socket), new SocketWriter(socket)] as const;
}
