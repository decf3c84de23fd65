import type { AskProgress } from '../protocol/messages';

const STAGES = {
  starting: 'starting the engine',
  loading: 'loading the model',
  decoding: 'decoding the file',
  encoding: 'looking at it',
  prefill: 'reading the question',
} satisfies Record<Extract<AskProgress, { kind: 'stage' }>['stage'], string>;

/** Answers come token by token; a client needs no more than a few notices a second. */
const PAUSE_MS = 250;
const SHOWN = 80;

export interface Notice {
  /** Grows with each notice; how much there will be is not known. */
  progress: number;
  message: string;
}

/** From what the daemon says of an answer to progress notifications: each stage, then the answer's end as it grows. */
export function progressReporter(
  notify: (notice: Notice) => void,
  now: () => number = Date.now,
): (value: AskProgress) => void {
  let progress = 0;
  let answer = '';
  let last = Number.NEGATIVE_INFINITY;
  const send = (message: string) => notify({ progress: ++progress, message });
  return (value) => {
    if (value.kind === 'stage') send(STAGES[value.stage]);
    if (value.kind === 'media') send(`measured ${value.media.map((m) => m.modality).join(', ')}`);
    if (value.kind !== 'piece') return;
    answer += value.text;
    if (now() - last < PAUSE_MS) return;
    last = now();
    send(`answering: ${answer.slice(-SHOWN).trim()}`);
  };
}
