import type { MessageConnection } from 'vscode-jsonrpc/node';
import type { Logger, LogLevel } from '../common/logger';
import { type LogMessage, methods, type StatusInfo } from '../protocol/messages';
import { tell } from './tell';

/** The clients that have finished `initialize`: those who are told what happens. */
export class Clients implements Logger {
  private readonly connections = new Set<MessageConnection>();

  add(connection: MessageConnection): void {
    this.connections.add(connection);
  }

  remove(connection: MessageConnection): void {
    this.connections.delete(connection);
  }

  status(status: StatusInfo): void {
    this.tell(methods.status, status);
  }

  log(level: LogLevel, text: string): void {
    this.tell(methods.log, { level, text } satisfies LogMessage);
  }

  private tell(method: string, params: object): void {
    for (const connection of this.connections) tell(connection, method, params);
  }
}
