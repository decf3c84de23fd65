import * as vscode from 'vscode';
import type { Config } from '../config';
import { toFailure } from '../supervisor/failure';
import { findNode } from '../supervisor/findNode';
import { resolveHome } from '../supervisor/home';

export const MCP_PROVIDER_ID = 'onelens.mcp';

/** VS Code has these from 1.101 on; the oldest that OneLens runs in has not. */
interface McpApi {
  lm?: { registerMcpServerDefinitionProvider?(id: string, provider: McpProvider): vscode.Disposable };
  McpStdioServerDefinition?: new (
    label: string,
    command: string,
    args: string[],
    env: Record<string, string>,
    version: string,
  ) => object;
}

interface McpProvider {
  onDidChangeMcpServerDefinitions: vscode.Event<void>;
  provideMcpServerDefinitions(): Promise<object[]>;
}

/** Offers `onelens mcp` to the editor's agents, run by the Node that runs the daemon. Nothing where VS Code cannot. */
export function registerMcpServer(
  context: vscode.ExtensionContext,
  config: Config,
  log: vscode.LogOutputChannel,
): vscode.Disposable[] {
  const { lm, McpStdioServerDefinition: Definition } = vscode as unknown as McpApi;
  if (!lm?.registerMcpServerDefinitionProvider || !Definition) return [];
  const changed = new vscode.EventEmitter<void>();
  const { version } = context.extension.packageJSON as { version: string };
  const provider: McpProvider = {
    onDidChangeMcpServerDefinitions: changed.event,
    // called eagerly: it neither asks nor starts anything
    provideMcpServerDefinitions: async () => {
      // a server of its own would read what Restricted Mode withholds
      if (!vscode.workspace.isTrusted) return [];
      try {
        const node = await findNode(config.nodePath);
        const args = [context.asAbsolutePath('dist/cli.js'), 'mcp'];
        const env = { ...node.env, ONELENS_HOME: resolveHome(config.home) };
        return [new Definition('OneLens', node.path, args, env, version)];
      } catch (error) {
        log.warn(`The MCP server is not offered: ${toFailure(error).message}`);
        return [];
      }
    },
  };
  return [
    changed,
    vscode.workspace.onDidGrantWorkspaceTrust(() => changed.fire()),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('onelens.nodePath') || event.affectsConfiguration('onelens.home')) changed.fire();
    }),
    lm.registerMcpServerDefinitionProvider(MCP_PROVIDER_ID, provider),
  ];
}
