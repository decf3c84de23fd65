// Another extension, as an agent is: it finds OneLens's tools and calls them through VS Code. It takes requests as files
// in AGENT_PROBE (a folder of the test's) and answers beside them. It also stands for the chat that VS Code needs before
// it lets a participant answer, and says nothing of its own.
const { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const vscode = require('vscode');

exports.activate = (context) => {
  const folder = process.env.AGENT_PROBE;
  const timer = setInterval(() => poll(folder), 100);
  context.subscriptions.push(
    { dispose: () => clearInterval(timer) },
    vscode.chat.createChatParticipant('agent-probe.default', (_request, _context, stream) => {
      stream.markdown('The probe answers nothing.');
    }),
    vscode.lm.registerLanguageModelChatProvider('agent-probe', {
      provideLanguageModelChatInformation: () => [model],
      provideLanguageModelChatResponse: async () => {},
      provideTokenCount: async () => 1,
    }),
  );
};

const model = {
  id: 'probe-model',
  name: 'Probe Model',
  family: 'probe',
  version: '1',
  maxInputTokens: 1000,
  maxOutputTokens: 1000,
  isUserSelectable: true,
  isDefault: true,
  capabilities: { toolCalling: true },
};

function poll(folder) {
  if (!folder || !existsSync(folder)) return;
  for (const name of readdirSync(folder).filter((n) => n.startsWith('request-'))) {
    const request = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    renameSync(join(folder, name), join(folder, `taken-${name}`));
    ACTIONS[request.action](request).then(
      (value) => answer(folder, name, { value }),
      (error) => answer(folder, name, { error: `${error?.name}: ${error?.message ?? error}` }),
    );
  }
}

/** Whole before it is seen. */
function answer(folder, name, outcome) {
  const file = join(folder, name.replace('request-', 'answer-'));
  writeFileSync(`${file}.part`, JSON.stringify(outcome));
  renameSync(`${file}.part`, file);
}

const ACTIONS = {
  tools: async () => vscode.lm.tools.map(({ name, description, inputSchema, tags }) => ({ name, description, inputSchema, tags })),
  invoke: async ({ name, input, cancelAfterMs }) => {
    const source = new vscode.CancellationTokenSource();
    if (cancelAfterMs !== undefined) setTimeout(() => source.cancel(), cancelAfterMs);
    const result = await vscode.lm.invokeTool(name, { input, toolInvocationToken: undefined }, source.token);
    return result.content.map((part) => part.value).join('');
  },
  models: async () => (await vscode.lm.selectChatModels({ vendor: 'agent-probe' })).map(({ id }) => id),
  theme: ({ name }) => Promise.resolve(vscode.workspace.getConfiguration('workbench').update('colorTheme', name, true)),
  // as a client is told to start it
  mcp: async () => vscode.lm.mcpServerDefinitions?.map(({ label, command, args, env }) => ({ label, command, args, env })),
  command: async ({ id, args }) => {
    await vscode.commands.executeCommand(id, ...(args ?? []));
    return true;
  },
};
