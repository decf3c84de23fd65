import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { mcpServer } from './mcpServer';
import { type DaemonLink, SharedDaemon } from './sharedDaemon';

export interface McpOptions {
  version: string;
  connect(): Promise<DaemonLink>;
  folders: readonly string[];
  cwd: string;
  /** Ends serving. */
  signal: AbortSignal;
  log(line: string): void;
}

/**
 * Serves one client on standard input and output until it closes them, or until `signal`. Nothing but protocol messages
 * goes to standard output. An input check needs no daemon; it is found or started by the first call that does.
 */
export async function serveMcp({ connect, signal, log, ...options }: McpOptions): Promise<void> {
  const shared = new SharedDaemon(connect);
  const server = mcpServer({ ...options, log, use: (work) => shared.use(work) });
  const ended = new Promise<void>((resolve) => {
    server.onclose = resolve;
    process.stdin.once('end', resolve).once('close', resolve);
    signal.addEventListener('abort', () => resolve(), { once: true });
    if (signal.aborted) resolve();
  });
  server.onerror = (error) => log(`protocol: ${error.message.split('\n')[0]}`);
  await server.connect(new StdioServerTransport());
  await ended;
  await server.close();
  await shared.close();
}
