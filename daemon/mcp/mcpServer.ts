import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { CallToolRequestSchema, ErrorCode, ListToolsRequestSchema, McpError } from '@modelcontextprotocol/sdk/types.js';
import { AGENT_TOOL_NAMES, isAgentToolName } from '../agents/agentTools';
import type { AgentDaemon } from '../agents/runAgentTool';
import { callTool } from './callTool';
import { clientRoots } from './clientRoots';
import { mcpTool } from './mcpTools';
import { progressReporter } from './progressReporter';
import { ReadableFiles } from './readableFiles';

export interface McpPorts {
  version: string;
  /** Lends the daemon for one call. */
  use<T>(work: (daemon: AgentDaemon) => Promise<T>): Promise<T>;
  /** Only files inside these are read; empty: the client's roots alone decide. */
  folders: readonly string[];
  cwd: string;
  /** One line about a call that failed; never file contents. */
  log(line: string): void;
}

const INSTRUCTIONS =
  'OneLens sees and hears files for you, on this machine: describe_media and ask_media give the words of a small local model (they may be wrong), ' +
  'measure_media and plot_data give exact facts and numbers computed from the file. Prefer measure_media and plot_data where a number, a size, a duration or a text is wanted.';

/** The four tools over MCP. The transport is the caller's. */
export function mcpServer(ports: McpPorts): Server {
  const server = new Server(
    { name: 'onelens', title: 'OneLens', version: ports.version },
    { capabilities: { tools: {} }, instructions: INSTRUCTIONS },
  );
  const files = new ReadableFiles(clientRoots(server), ports.folders, ports.cwd);
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: AGENT_TOOL_NAMES.map(mcpTool) }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }, { signal, _meta, sendNotification }) => {
    const { name } = params;
    if (!isAgentToolName(name))
      throw new McpError(
        ErrorCode.InvalidParams,
        `There is no tool "${name}"; there are ${AGENT_TOOL_NAMES.join(', ')}`,
      );
    const progressToken = _meta?.progressToken;
    const onProgress = progressReporter((notice) => {
      if (progressToken === undefined || signal.aborted) return;
      void sendNotification({ method: 'notifications/progress', params: { progressToken, ...notice } }).catch(() => {});
    });
    const open = (path: string) => files.open(path);
    return callTool(name, params.arguments, { use: ports.use, open, onProgress, signal }, ports.log);
  });
  return server;
}
