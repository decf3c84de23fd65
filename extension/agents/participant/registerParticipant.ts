import * as vscode from 'vscode';
import { toFailure } from '../../supervisor/failure';
import { abortSignalOf } from '../abortSignalOf';
import type { AgentPorts } from '../agentPorts';
import { answer, describe } from './answer';
import { compare } from './compare';
import { followups } from './followups';
import { plotTable } from './plotTable';
import { referencedFiles } from './referencedFiles';
import type { Turn, TurnResult } from './turn';

export const PARTICIPANT_ID = 'onelens.participant';

type Run = (turn: Turn) => Promise<TurnResult>;

/** The commands of `package.json`; a contract test holds the two equal. */
export const PARTICIPANT_COMMANDS: Readonly<Record<string, Run>> = { describe, data: plotTable, compare };

/** `@onelens` in the editor's chat; nothing where there is no chat. */
export function registerParticipant(ports: AgentPorts): vscode.Disposable[] {
  const { chat } = vscode as { chat?: Partial<typeof vscode.chat> };
  if (!chat?.createChatParticipant) return [];
  const participant = vscode.chat.createChatParticipant(PARTICIPANT_ID, (request, context, stream, token) =>
    handle(request, context, stream, token, ports),
  );
  // a picture file would keep its colour in a dark theme
  participant.iconPath = new vscode.ThemeIcon('eye');
  participant.followupProvider = { provideFollowups: (result) => followups(result.metadata ?? {}) };
  return [participant];
}

async function handle(
  request: vscode.ChatRequest,
  { history }: vscode.ChatContext,
  stream: vscode.ChatResponseStream,
  token: vscode.CancellationToken,
  ports: AgentPorts,
): Promise<vscode.ChatResult> {
  try {
    const files = await referencedFiles(request, history);
    const missing = refusal(request.command, files.length);
    if (missing) {
      stream.markdown(missing);
      return {};
    }
    for (const { uri } of files) if (uri) stream.reference(uri);
    const turn = { request, history, files, stream, signal: abortSignalOf(token), ports };
    return await (PARTICIPANT_COMMANDS[request.command ?? ''] ?? answer)(turn);
  } catch (error) {
    const failure = toFailure(error);
    if (token.isCancellationRequested || failure.code === 'CANCELLED') return {};
    ports.log(`@onelens: error[${failure.code}]: ${failure.message}`);
    return { errorDetails: { message: failure.message } };
  }
}

function refusal(command: string | undefined, files: number): string | undefined {
  if (files === 0)
    return vscode.l10n.t(
      'Attach a picture, plot, recording, video, point cloud or depth map (with the paper clip, by `#file`, by dropping or pasting it), or write its path, and ask again.',
    );
  if (command === 'compare' && files < 2)
    return vscode.l10n.t('`/compare` needs two files or more; attach another one and ask again.');
  return undefined;
}
