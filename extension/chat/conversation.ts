import type { PanelTurn } from '../../daemon/protocol/panelMessages';
import type { FileAddress } from './attachments';

/** What is kept of a conversation, apart from how it is written down. Times are milliseconds since 1970. */
export interface Conversation {
  id: string;
  title: string;
  /** The person gave the title; it no longer follows the first question. */
  isNamed: boolean;
  created: number;
  updated: number;
  attachments: KeptAttachment[];
  /** Ids of the files that the next question is about. */
  attached: string[];
  /** Oldest first. */
  turns: KeptTurn[];
}

export interface KeptAttachment {
  id: string;
  name: string;
  /** null for pasted data. */
  address: FileAddress | null;
}

export interface KeptTurn {
  id: string;
  asked: number;
  question: string;
  /** Ids of `attachments`. */
  attachments: string[];
  /** Every answer that was given, oldest first; at least one. */
  answers: Answer[];
  /** Index of the one that is shown. */
  shown: number;
}

/** One answer of a turn, whole or not. */
export type Answer = Pick<PanelTurn, 'answer' | 'state' | 'error' | 'result' | 'interrupted'>;

export function answerOf({ answer, state, error, result, interrupted }: PanelTurn): Answer {
  return {
    answer,
    state,
    ...(error === undefined ? {} : { error }),
    ...(result === undefined ? {} : { result }),
    ...(interrupted === undefined ? {} : { interrupted }),
  };
}

/** The turn with this one of its answers. */
export function showAnswer(turn: PanelTurn, answers: readonly Answer[], shown: number): PanelTurn {
  const { error: _e, result: _r, interrupted: _i, answers: _a, sameAgain: _s, stage: _g, ...rest } = turn;
  const one = answers[shown];
  if (one === undefined) return turn;
  return { ...rest, ...one, ...(answers.length > 1 ? { answers: { count: answers.length, shown } } : {}) };
}

/** An answer that was on its way when everything ended: it is over now, with what had come. */
export function asInterrupted(answer: Answer): Answer {
  return isOver(answer) ? answer : { ...answer, state: 'stopped', interrupted: true };
}

export function isOver({ state }: Pick<PanelTurn, 'state'>): boolean {
  return state === 'done' || state === 'stopped' || state === 'failed';
}

const LONGEST_TITLE = 80;

/** By the first question and its file: "plot.png: What is the highest value?". */
export function titleOf(question: string, names: readonly string[]): string {
  const about = names.length === 0 ? '' : `${names[0]}${names.length > 1 ? ` and ${names.length - 1} more` : ''}: `;
  const title = `${about}${question.replace(/\s+/g, ' ').trim()}`;
  return title.length <= LONGEST_TITLE ? title : `${title.slice(0, LONGEST_TITLE - 1).trimEnd()}…`;
}
