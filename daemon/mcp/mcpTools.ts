import type { Tool } from '@modelcontextprotocol/sdk/types.js';
import { AGENT_TOOLS, type AgentToolName } from '../agents/agentTools';
import type { ObjectSchema } from '../agents/jsonSchema';

const PICTURE = {
  type: 'boolean',
  description: 'Also return the pictures that the model was shown: of an image, a video or a map.',
} as const;

/** As the tools of the editor; over MCP those that ask the model can also show what it saw. */
export function mcpInput(name: AgentToolName): ObjectSchema {
  const { input } = AGENT_TOOLS[name];
  if (name !== 'describe_media' && name !== 'ask_media') return input;
  return { ...input, properties: { ...input.properties, picture: PICTURE } };
}

/** A tool as `tools/list` has it: it reads, changes nothing, and touches nothing but this machine. */
export function mcpTool(name: AgentToolName): Tool {
  const { title, description, output } = AGENT_TOOLS[name];
  const annotations = { title, readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false };
  return { name, title, description, inputSchema: mcpInput(name), outputSchema: output, annotations } as Tool;
}
