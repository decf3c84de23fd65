import type { MessageConnection } from 'vscode-jsonrpc/node';

/** Sends a notification. A client that has gone is no failure here; its session hears of it by the closed socket. */
export function tell(connection: MessageConnection, method: string, params: object): void {
  try {
    connection.sendNotification(method, params).catch(() => {});
  } catch {
    // the connection is closed or disposed
  }
}
