import { beforeEach, describe, expect, it, vi } from 'vitest';
import { type AgentVscode, agentVscode } from '../../../support/agentVscode';

vi.mock('vscode', () => agentVscode());
vi.mock('../../../../extension/supervisor/findNode', () => ({
  findNode: async (configured: string) => {
    if (configured === 'bad') throw new Error('it does not run');
    return { path: configured || 'node', version: '20.9.0', env: { ELECTRON_RUN_AS_NODE: '1' }, from: 'path' };
  },
}));
const vscode = (await import('vscode')) as unknown as AgentVscode;
const { registerAgents } = await import('../../../../extension/agents/registerAgents');

const log = { info: () => {}, warn: vi.fn() };
const context = {
  extensionUri: vscode.Uri.file('/extension'),
  extension: { packageJSON: { version: '1.2.3' } },
  asAbsolutePath: (path: string) => `/extension/${path}`,
};
const register = (config: object = { nodePath: '', home: '/store' }) =>
  registerAgents(context as never, {} as never, config as never, log as never);

interface Provider {
  provideMcpServerDefinitions(): Promise<object[]>;
}

/** An editor with everything, which keeps what is registered. */
function fullEditor() {
  const registered: Record<string, unknown> = {};
  const keep = (id: string, what: unknown) => {
    registered[id] = what;
    return { dispose: () => {} };
  };
  vscode.lm = { registerTool: keep, registerMcpServerDefinitionProvider: keep };
  vscode.chat = { createChatParticipant: (id: string, handler: unknown) => keep(id, handler) };
  vscode.McpStdioServerDefinition = class {
    readonly all: unknown[];
    constructor(...all: unknown[]) {
      this.all = all;
    }
  };
  return registered;
}

beforeEach(() => {
  vscode.lm = undefined;
  vscode.chat = undefined;
  vscode.McpStdioServerDefinition = undefined;
});

describe('registerAgents', () => {
  it('registers four tools, the participant and the MCP server', () => {
    const registered = fullEditor();
    register();
    expect(Object.keys(registered)).toEqual([
      'describe_media',
      'ask_media',
      'measure_media',
      'plot_data',
      'onelens.participant',
      'onelens.mcp',
    ]);
  });

  it('does nothing in an editor without any of it', () => {
    expect(register()).toEqual([]);
  });

  it('does nothing where the places are there but empty', () => {
    vscode.lm = {};
    vscode.chat = {};
    expect(register()).toEqual([]);
  });

  it('registers the tools alone in VS Code 1.100 without chat', () => {
    const registered = fullEditor();
    vscode.chat = undefined;
    vscode.McpStdioServerDefinition = undefined;
    register();
    expect(Object.keys(registered)).toEqual(['describe_media', 'ask_media', 'measure_media', 'plot_data']);
  });
});

describe('the MCP server', () => {
  it('is `onelens mcp`, run by the Node that runs the daemon, on the same store', async () => {
    const registered = fullEditor();
    register({ nodePath: '/opt/node', home: '/store' });
    expect(await (registered['onelens.mcp'] as Provider).provideMcpServerDefinitions()).toEqual([
      {
        all: [
          'OneLens',
          '/opt/node',
          ['/extension/dist/cli.js', 'mcp'],
          { ELECTRON_RUN_AS_NODE: '1', ONELENS_HOME: '/store' },
          '1.2.3',
        ],
      },
    ]);
  });

  it('is not offered in a workspace that nobody trusts', async () => {
    const registered = fullEditor();
    register({ nodePath: '/opt/node', home: '/store' });
    vscode.workspace.isTrusted = false;
    const offered = await (registered['onelens.mcp'] as Provider).provideMcpServerDefinitions();
    vscode.workspace.isTrusted = true;
    expect(offered).toEqual([]);
  });

  it('is not offered, and the log says why, where no Node will do', async () => {
    const registered = fullEditor();
    register({ nodePath: 'bad', home: '' });
    expect(await (registered['onelens.mcp'] as Provider).provideMcpServerDefinitions()).toEqual([]);
    expect(log.warn).toHaveBeenCalledWith(expect.stringContaining('it does not run'));
  });
});
