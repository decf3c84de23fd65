import * as vscode from 'vscode';
import { AGENT_TOOL_NAMES } from '../../daemon/agents/agentTools';
import type { Config } from '../config';
import type { Supervisor } from '../supervisor/supervisor';
import type { AgentPorts } from './agentPorts';
import { registerMcpServer } from './mcpServer';
import { MediaTool } from './mediaTool';
import { registerParticipant } from './participant/registerParticipant';

/**
 * Tools, chat participant and MCP server for the editor's agents. Each is left out where this VS Code, or a build of it
 * without chat, has no place for it; the rest of OneLens does not notice.
 */
export function registerAgents(
  context: vscode.ExtensionContext,
  supervisor: Supervisor,
  config: Config,
  log: vscode.LogOutputChannel,
): vscode.Disposable[] {
  const ports: AgentPorts = {
    daemon: () => supervisor.ready(),
    options: () => ({ model: config.model, maxTokens: config.maxTokens, temperature: config.temperature }),
    log: (line) => log.warn(line),
  };
  return [...registerTools(ports), ...registerParticipant(ports), ...registerMcpServer(context, config, log)];
}

function registerTools(ports: AgentPorts): vscode.Disposable[] {
  const { lm } = vscode as { lm?: Partial<typeof vscode.lm> };
  if (!lm?.registerTool) return [];
  return AGENT_TOOL_NAMES.map((name) => vscode.lm.registerTool(name, new MediaTool(name, ports)));
}
