import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import {
  CallToolRequestSchema,
  type CallToolResult,
  ErrorCode,
  ListToolsRequestSchema,
  McpError,
  type Tool,
} from '@modelcontextprotocol/sdk/types.js';
import { AgentProblem } from '../agents/agentProblem';
import { AGENT_TOOL_NAMES, AGENT_TOOLS, isAgentToolName } from '../agents/agentTools';
import { problemText } from '../agents/problemText';
import { type AgentDaemon, type AgentReport, runAgentTool } from '../agents/runAgentTool';
import { toOneLensError } from '../common/errors';
import { clientRoots } from './clientRoots';
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
  server.setRequestHandler(ListToolsRequestSchema, () => ({ tools: AGENT_TOOL_NAMES.map(listed) }));
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
    try {
      const open = (path: string) => files.open(path);
      return succeeded(await runAgentTool(name, params.arguments, { use: ports.use, open, onProgress, signal }));
    } catch (error) {
      return failed(name, error, ports.log);
    }
  });
  return server;
}

function listed(name: keyof typeof AGENT_TOOLS): Tool {
  const { title, description, input, output } = AGENT_TOOLS[name];
  const annotations = { title, readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false };
  return { name, title, description, inputSchema: input, outputSchema: output, annotations } as Tool;
}

/** The text is the same JSON, for clients that do not know structured content. */
function succeeded(report: AgentReport): CallToolResult {
  return { content: [{ type: 'text', text: JSON.stringify(report) }], structuredContent: { ...report } };
}

/** A failed call is an answer that the agent reads, not an error of the protocol. */
function failed(name: string, thrown: unknown, log: (line: string) => void): CallToolResult {
  const problem = thrown instanceof AgentProblem ? thrown : toOneLensError(thrown);
  if (problem.code !== 'CANCELLED') log(`${name}: error[${problem.code}]`);
  return { isError: true, content: [{ type: 'text', text: problemText(problem) }] };
}
