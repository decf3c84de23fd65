import { errors } from '../common/errors';
import type { ModelConfig } from '../common/modelConfig';
import type { Segment } from './sequence';

export interface Turn {
  question: string;
  answer: string;
}

export interface PromptRequest {
  /** In the order in which they were attached; see `mediaSegment`. */
  media: Segment[];
  /** Earlier turns, oldest first. */
  history: readonly Turn[];
  question: string;
  /** Measured facts, lines that end with a blank one. Left out unless the model asks for them (`prompt.facts`), or where they do not fit. */
  facts?: string;
  /** Positions that the answer should find free. */
  maxTokens: number;
}

export interface Prompt {
  /** BOS, each medium between its tags, then the text. */
  segments: Segment[];
  /** Oldest turns that did not fit and were left out. */
  droppedTurns: number;
}

interface Encoder {
  readonly bosId: number;
  encode(text: string): number[];
}

type PromptConfig = Pick<ModelConfig, 'prompt' | 'max_seq_len'>;

/** An answer is not begun with less room than this (or maxTokens, if that is less). */
const LEAST_ROOM = 16;

/**
 * Lays out a question as OneLLM was taught: BOS, [start tag, media, end tag] for each medium, system text and turns.
 * Media stand before the system text, as in the official code (the paper puts them first of all).
 * What does not fit is left out by whole turns, oldest first, then the facts; media and the question never are.
 * Throws PROMPT_TOO_LONG when those alone do not fit.
 */
export function buildPrompt(tokenizer: Encoder, config: PromptConfig, request: PromptRequest): Prompt {
  const { history, maxTokens } = request;
  const facts = config.prompt.facts ? (request.facts ?? '') : '';
  const fixed = 1 + request.media.reduce((sum, m) => sum + (m.kind === 'media' ? m.count : m.ids.length), 0);
  const encodeFrom = (turn: number) =>
    tokenizer.encode(promptText(config.prompt, history.slice(turn), request.question, facts));
  const wanted = config.max_seq_len - Math.min(maxTokens, Math.floor(config.max_seq_len / 2));
  const droppedTurns = firstThat(history.length, (turn) => fixed + encodeFrom(turn).length <= wanted);
  const ids = encodeFrom(droppedTurns);
  const limit = config.max_seq_len - Math.min(maxTokens, LEAST_ROOM);
  if (fixed + ids.length > limit && facts !== '') return buildPrompt(tokenizer, config, { ...request, facts: '' });
  if (fixed + ids.length > limit) throw errors.promptTooLong(fixed + ids.length, limit);
  return {
    segments: [{ kind: 'tokens', ids: [tokenizer.bosId] }, ...request.media, { kind: 'tokens', ids }],
    droppedTurns,
  };
}

/**
 * `conv_templates["v1"]`: system, blank line, "###Human: Q\n###Assistant: A\n" a turn, and the open turn without text.
 * Style "train" has a space after ###, as the instruction data had. An empty system text takes its blank line along.
 */
export function promptText(
  prompt: Pick<ModelConfig['prompt'], 'style' | 'system'>,
  history: readonly Turn[],
  question: string,
  facts = '',
): string {
  const mark = prompt.style === 'train' ? '### ' : '###';
  const system = prompt.system === '' ? '' : prompt.system + '\n\n';
  const turns = [...history, { question, answer: undefined }].map(
    (t) =>
      `${mark}Human: ${sanitize(t.question)}\n${mark}Assistant:${t.answer === undefined ? '' : ` ${sanitize(t.answer)}\n`}`,
  );
  return system + facts + turns.join('');
}

/**
 * Three or more # would end a turn and could open a forged one, so a user's text (a Markdown heading, say) keeps two.
 * White space at both ends goes.
 */
export function sanitize(text: string): string {
  return text.trim().replace(/#{3,}/g, '##');
}

/** Smallest n in 0..last with `holds(n)`, which stays true once it is; `last` where it never is. Binary search. */
function firstThat(last: number, holds: (n: number) => boolean): number {
  let low = 0;
  let high = last;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
