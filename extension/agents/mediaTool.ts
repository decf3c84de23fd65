import * as vscode from 'vscode';
import { AgentProblem } from '../../daemon/agents/agentProblem';
import type { AgentToolName } from '../../daemon/agents/agentTools';
import { problemText } from '../../daemon/agents/problemText';
import { type AgentFile, runAgentTool } from '../../daemon/agents/runAgentTool';
import { attachableFromUri } from '../chat/attachable';
import { orAborted } from '../chat/waiting';
import { type Failure, toFailure } from '../supervisor/failure';
import { abortSignalOf } from './abortSignalOf';
import type { AgentPorts } from './agentPorts';
import { confirmation, invocationMessage, type NamedFile } from './toolTexts';
import { workspaceFile } from './workspaceFile';

/** JSON has about three characters a token; a caller that says how much room it has gets facts that fit. */
const CHARACTERS_PER_TOKEN = 3;

/** The part of any tool's input that a person is asked about; not yet checked. */
interface NamingInput {
  file?: unknown;
  files?: unknown;
  photo?: unknown;
  question?: unknown;
}

/** One of the four tools, for VS Code's agents. What fails is the result's text, so that the agent can mend its call. */
export class MediaTool implements vscode.LanguageModelTool<object> {
  constructor(
    private readonly name: AgentToolName,
    private readonly ports: AgentPorts,
  ) {}

  async prepareInvocation({
    input,
  }: vscode.LanguageModelToolInvocationPrepareOptions<object>): Promise<vscode.PreparedToolInvocation | undefined> {
    const { question } = (input ?? {}) as NamingInput;
    const files = await Promise.all(pathsOf(input).map(named));
    // the call will fail and say why: nothing is read, so nothing is asked
    if (files.length === 0) return undefined;
    return {
      invocationMessage: invocationMessage(this.name, files),
      confirmationMessages: confirmation(this.name, files, typeof question === 'string' ? question : undefined),
    };
  }

  async invoke(
    { input, tokenizationOptions }: vscode.LanguageModelToolInvocationOptions<object>,
    token: vscode.CancellationToken,
  ): Promise<vscode.LanguageModelToolResult> {
    const signal = abortSignalOf(token);
    try {
      const budget = tokenizationOptions && tokenizationOptions.tokenBudget * CHARACTERS_PER_TOKEN;
      const options = defined(this.ports.options());
      const report = await runAgentTool(this.name, input, {
        use: async (work) => work(await orAborted(this.ports.daemon(), signal)),
        open,
        onProgress: () => {},
        signal,
        options,
        ...(budget === undefined ? {} : { budget }),
      });
      if (token.isCancellationRequested) throw new vscode.CancellationError();
      return textResult(JSON.stringify(report));
    } catch (error) {
      if (token.isCancellationRequested) throw new vscode.CancellationError();
      const problem: AgentProblem | Failure = error instanceof AgentProblem ? error : toFailure(error);
      this.ports.log(`${this.name}: error[${problem.code}]: ${problem.message}`);
      return textResult(problemText(problem));
    }
  }
}

function textResult(text: string): vscode.LanguageModelToolResult {
  return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
}

async function open(path: string): Promise<AgentFile> {
  const { uri, shown } = await workspaceFile(path);
  return { file: shown, source: await attachableFromUri(uri).load() };
}

function pathsOf(input: object | undefined): string[] {
  const { file, files, photo } = (input ?? {}) as NamingInput;
  return [file, ...(Array.isArray(files) ? files : []), photo].filter((path) => typeof path === 'string');
}

async function named(path: string): Promise<NamedFile> {
  const found = await workspaceFile(path).catch(() => undefined);
  // what cannot be found is not read; the call says so
  if (found === undefined) return { path, outside: false };
  return { path: found.outside ? found.shown : path, outside: found.outside };
}

function defined<T extends object>(values: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as never;
}
