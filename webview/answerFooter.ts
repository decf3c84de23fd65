import type { AskResult } from '../daemon/protocol/messages';
import type { PanelTurn } from '../daemon/protocol/panelMessages';
import { createConfidenceBadge } from './confidence';
import { h, iconButton } from './dom';
import { numberText } from './factText';
import { t } from './l10n';

/** Copy, how sure the model was, and what it took. */
export function createAnswerFooter(turn: PanelTurn, onCopy: () => void): HTMLElement {
  const { result } = turn;
  return h(
    'div',
    { class: 'answer-footer' },
    iconButton('copy', t('Copy answer'), onCopy),
    // of an answer that was cut off there is no whole to be sure of
    result === undefined || result.stopped === 'cancelled'
      ? null
      : createConfidenceBadge(result.confidence, result.calibrated),
    result === undefined || result.stopped === 'cancelled' ? null : createCost(result),
  );
}

function createCost(result: AskResult): HTMLElement {
  return h('span', { class: 'cost', title: costDetails(result) }, secondsText(result.timings.totalMs));
}

function costDetails({ model, device, usage, timings, cached }: AskResult): string {
  return [
    t('Model: {0}', model),
    t('Device: {0}', device),
    t(
      'First word after {0}, {1} tokens a second',
      secondsText(timings.firstTokenMs),
      numberText(timings.tokensPerSecond),
    ),
    t(
      cached.media ? 'Reading the file {0}, encoding {1} (kept from before)' : 'Reading the file {0}, encoding {1}',
      secondsText(timings.decodeMs),
      secondsText(timings.encodeMs),
    ),
    t(
      'Tokens: {0} asked, of these {1} for the files; {2} answered',
      usage.promptTokens,
      usage.mediaTokens,
      usage.completionTokens,
    ),
  ].join('\n');
}

function secondsText(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
