import type * as vscode from 'vscode';
import type { ChatTurn } from '../../../daemon/protocol/messages';
import type { AgentPorts } from '../agentPorts';
import type { ReferencedFile } from './referencedFiles';

/** One request to the participant. */
export interface Turn {
  request: vscode.ChatRequest;
  history: vscode.ChatContext['history'];
  files: ReferencedFile[];
  stream: vscode.ChatResponseStream;
  signal: AbortSignal;
  ports: AgentPorts;
}

/** Kept by the editor with the answer: what the next question may follow. */
export interface TurnMetadata {
  /** Of the files, in order. */
  keys: string[];
  /** '' for none. */
  command: string;
  question: string;
  /** The model's own words; absent where the model was not asked. */
  answer?: string;
  /** Of the first file. */
  modality?: string;
  isPlot?: boolean;
}

export interface TurnResult extends vscode.ChatResult {
  metadata: TurnMetadata;
}

const MOST_TURNS = 6;

/** The latest turns in a row about exactly these files, oldest first. */
export function earlierTurns(history: vscode.ChatContext['history'], keys: readonly string[]): ChatTurn[] {
  const turns: ChatTurn[] = [];
  for (const turn of [...history].reverse()) {
    const metadata = 'result' in turn ? (turn.result.metadata as Partial<TurnMetadata> | undefined) : undefined;
    if (metadata === undefined) continue;
    if (!sameKeys(metadata.keys ?? [], keys) || turns.length === MOST_TURNS) break;
    if (metadata.answer && metadata.question) turns.unshift({ question: metadata.question, answer: metadata.answer });
  }
  return turns;
}

function sameKeys(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((key, i) => key === b[i]);
}
