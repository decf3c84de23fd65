import { createServer, STATUS_CODES } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { errors } from '../common/errors';
import { authorize } from './authorize';

/** 64 MiB of bytes as base64, and some JSON round it. */
export const MAX_MESSAGE_BYTES = 92 << 20;

export interface Listener {
  port: number;
  url: string;
  close(): Promise<void>;
}

/** Binds 127.0.0.1:`port` (0 = any free one). Throws DAEMON_PORT_TAKEN. Every socket it hands out is authorized. */
export async function listen(port: number, token: string, onSocket: (socket: WebSocket) => void): Promise<Listener> {
  const http = createServer((_request, response) => {
    response.writeHead(426, { Connection: 'close', 'Content-Type': 'text/plain' }).end('OneLens speaks WebSocket.\n');
  });
  const sockets = new WebSocketServer({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, perMessageDeflate: false });
  http.on('upgrade', (request, stream, head) => {
    const verdict = authorize(request.headers, token);
    if (verdict.allowed) sockets.handleUpgrade(request, stream, head, onSocket);
    else refuse(stream, verdict.status, verdict.reason);
  });
  await new Promise<void>((resolve, reject) => {
    http.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? errors.portTaken(port) : errors.daemonUnreachable(error.message)),
    );
    http.listen(port, '127.0.0.1', resolve);
  });
  const bound = (http.address() as AddressInfo).port;
  return {
    port: bound,
    url: `ws://127.0.0.1:${bound}`,
    close: () => {
      for (const socket of sockets.clients) socket.terminate();
      http.closeAllConnections();
      return new Promise((resolve) => http.close(() => resolve()));
    },
  };
}

function refuse(stream: Duplex, status: number, reason: string): void {
  stream.on('error', () => {});
  stream.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Type: text/plain\r\n` +
      `Content-Length: ${reason.length + 1}\r\n\r\n${reason}\n`,
  );
}
