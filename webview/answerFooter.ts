import type { AskResult } from '../daemon/protocol/messages';
import type { PanelTurn } from '../daemon/protocol/panelMessages';
import { createConfidenceBadge } from './confidence';
import { h, iconButton } from './dom';
import { numberText } from './factText';

/** Copy, how sure the model was, and what it took. */
export function createAnswerFooter(turn: PanelTurn, onCopy: () => void): HTMLElement {
  const { result } = turn;
  return h(
    'div',
    { class: 'answer-footer' },
    iconButton('copy', 'Copy answer', onCopy),
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
    `Model: ${model}`,
    `Device: ${device}`,
    `First word after ${secondsText(timings.firstTokenMs)}, ${numberText(timings.tokensPerSecond)} tokens a second`,
    `Reading the file ${secondsText(timings.decodeMs)}, encoding ${secondsText(timings.encodeMs)}${cached.media ? ' (kept from before)' : ''}`,
    `Tokens: ${usage.promptTokens} asked, of these ${usage.mediaTokens} for the files; ${usage.completionTokens} answered`,
  ].join('\n');
}

function secondsText(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}
