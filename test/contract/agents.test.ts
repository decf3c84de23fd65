/** What package.json tells VS Code of tools and participant is what the code does. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test, vi } from 'vitest';
import { AGENT_TOOL_NAMES, AGENT_TOOLS } from '../../daemon/agents/agentTools';

vi.mock('vscode', () => ({}));
const { PARTICIPANT_COMMANDS, PARTICIPANT_ID } = await import('../../extension/agents/participant/registerParticipant');
const { MCP_PROVIDER_ID } = await import('../../extension/agents/mcpServer');

const root = fileURLToPath(new URL('../../', import.meta.url));
const { contributes, engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

test('the tools have the names, texts and inputs of the table', () => {
  const stated = contributes.languageModelTools.map(
    ({ name, modelDescription, inputSchema }: Record<string, unknown>) => ({ name, modelDescription, inputSchema }),
  );
  const known = AGENT_TOOL_NAMES.map((name) => ({
    name,
    modelDescription: AGENT_TOOLS[name].description,
    inputSchema: AGENT_TOOLS[name].input,
  }));
  expect(stated).toEqual(known);
});

test('each tool has what VS Code asks of one that people can name', () => {
  const references = contributes.languageModelTools.map(
    (tool: { toolReferenceName: string }) => tool.toolReferenceName,
  );
  expect(new Set(references).size).toBe(references.length);
  for (const tool of contributes.languageModelTools) {
    expect(tool.name).toMatch(/^(?!copilot_|vscode_)[\w-]+$/);
    expect(tool.toolReferenceName).toMatch(/^[\w-]+$/);
    expect(tool).toMatchObject({ canBeReferencedInPrompt: true, icon: expect.stringMatching(/^\$\([a-z-]+\)$/) });
    for (const text of [tool.displayName, tool.userDescription]) expect(text).toMatch(/\S/);
    for (const tag of tool.tags) expect(tag).not.toMatch(/^(copilot|vscode)_/);
  }
});

test('the participant has the commands that are handled', () => {
  expect(contributes.chatParticipants).toMatchObject([{ id: PARTICIPANT_ID, name: 'onelens', isSticky: true }]);
  const [participant] = contributes.chatParticipants;
  expect(participant.commands.map(({ name }: { name: string }) => name)).toEqual(Object.keys(PARTICIPANT_COMMANDS));
  expect(participant.disambiguation[0].examples.length).toBeGreaterThan(2);
});

test('the MCP server’s provider is the one that is registered, and the oldest editor stays the same', () => {
  expect(contributes.mcpServerDefinitionProviders).toMatchObject([{ id: MCP_PROVIDER_ID }]);
  expect(engines.vscode).toBe('^1.100.0');
});
