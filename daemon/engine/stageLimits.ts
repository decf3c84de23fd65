import type { AskProgress } from '../protocol/messages';

/** What an engine is doing for a request; "streaming" is the time from one piece to the next. */
export type Stage = Extract<AskProgress, { kind: 'stage' }>['stage'] | 'streaming';

/**
 * Seconds that each stage may take without a sign of progress before the engine is killed. Decoding is the strict
 * one (a hostile file must not hold the engine); the model's are so long that only a hang reaches them.
 */
export const STAGE_LIMITS_SECONDS = {
  starting: 60,
  decoding: 60,
  loading: 900,
  encoding: 300,
  prefill: 900,
  streaming: 180,
} satisfies Record<Stage, number>;

/** From fork to the engine's "ready". */
export const START_LIMIT_SECONDS = 30;

/** From a cancel to the engine's word that it has stopped; loading a model is let finish instead. */
export const CANCEL_LIMIT_SECONDS = 10;

export const STAGE_NAMES = {
  starting: 'Starting the engine',
  decoding: 'Decoding the file',
  loading: 'Loading the model',
  encoding: 'Encoding the file',
  prefill: 'Reading the question',
  streaming: 'The next piece of the answer',
} satisfies Record<Stage, string>;

/** The stage that follows a progress message; undefined = unchanged. */
export function stageAfter(progress: AskProgress): Stage | undefined {
  if (progress.kind === 'stage') return progress.stage;
  return progress.kind === 'piece' ? 'streaming' : undefined;
}
