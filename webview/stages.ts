/** What the daemon, or the session before it, is doing, in words for people. */
const STAGES: Record<string, string> = {
  queued: 'Waiting for the answer before…',
  starting: 'Starting the engine…',
  loading: 'Loading the model…',
  decoding: 'Reading the file…',
  encoding: 'Encoding…',
  prefill: 'Thinking…',
};

export function stageText(stage: string | undefined): string {
  return STAGES[stage ?? ''] ?? 'Working…';
}
