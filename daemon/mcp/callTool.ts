import type { CallToolResult, ImageContent } from '@modelcontextprotocol/sdk/types.js';
import { AgentProblem } from '../agents/agentProblem';
import type { AgentToolName } from '../agents/agentTools';
import { checkInput } from '../agents/checkInput';
import { problemText } from '../agents/problemText';
import { type AgentCall, type AgentReport, runAgentTool } from '../agents/runAgentTool';
import { toOneLensError } from '../common/errors';
import type { AskProgress } from '../protocol/messages';
import { mcpInput } from './mcpTools';
import { shownPictures } from './shownPictures';

/** One call: its report as structured content and as text. Never rejects: a failure is an answer that the agent reads. */
export async function callTool(
  name: AgentToolName,
  given: Record<string, unknown> | undefined,
  call: AgentCall,
  log: (line: string) => void,
): Promise<CallToolResult> {
  try {
    checkInput(name, mcpInput(name), given);
    const { picture, ...input } = given ?? {};
    let pictures: ImageContent[] = [];
    const onProgress = (value: AskProgress) => {
      if (value.kind === 'media' && picture) pictures = shownPictures(value.media);
      call.onProgress(value);
    };
    return succeeded(await runAgentTool(name, input, { ...call, onProgress }), pictures);
  } catch (error) {
    return failed(name, error, log);
  }
}

/** The text is the same JSON, for clients that do not know structured content. */
function succeeded(report: AgentReport, pictures: ImageContent[]): CallToolResult {
  return { content: [{ type: 'text', text: JSON.stringify(report) }, ...pictures], structuredContent: { ...report } };
}

function failed(name: string, thrown: unknown, log: (line: string) => void): CallToolResult {
  const problem = thrown instanceof AgentProblem ? thrown : toOneLensError(thrown);
  if (problem.code !== 'CANCELLED') log(`${name}: error[${problem.code}]`);
  return { isError: true, content: [{ type: 'text', text: problemText(problem) }] };
}
