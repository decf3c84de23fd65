import { t } from './l10n';

/** What the daemon, or the session before it, is doing, in words for people. */
const STAGES: Record<string, () => string> = {
  queued: () => t('Waiting for the answer before…'),
  starting: () => t('Starting the engine…'),
  loading: () => t('Loading the model…'),
  decoding: () => t('Reading the file…'),
  encoding: () => t('Encoding…'),
  prefill: () => t('Thinking…'),
};

export function stageText(stage: string | undefined): string {
  return STAGES[stage ?? '']?.() ?? t('Working…');
}
