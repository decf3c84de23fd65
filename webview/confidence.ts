import { confidencePercent } from '../daemon/protocol/confidence';
import { h } from './dom';
import { t } from './l10n';

export interface ConfidenceText {
  level: 'high' | 'medium' | 'low';
  text: string;
  explanation: string;
}

const TEXTS = {
  high: (percent: number) => t('High confidence, {0} %', percent),
  medium: (percent: number) => t('Medium confidence, {0} %', percent),
  low: (percent: number) => t('Low confidence, {0} %', percent),
};
const CALIBRATED = (percent: number) =>
  t('Of answers of which the model was this sure, about {0} % were right on files that it had never seen.', percent);
const UNCALIBRATED = (percent: number) =>
  t(
    'On average the model gave {0} % of its belief to each piece of text that it chose (geometric mean of the tokens’ probabilities). It tells how sure the model is of its words, not how likely it is right.',
    percent,
  );

/** Of an answer's confidence, 0..1. */
export function confidenceText(confidence: number, calibrated = false): ConfidenceText {
  const level = confidence >= 0.75 ? 'high' : confidence >= 0.45 ? 'medium' : 'low';
  const percent = confidencePercent(confidence);
  return {
    level,
    text: TEXTS[level](percent),
    explanation: (calibrated ? CALIBRATED : UNCALIBRATED)(percent),
  };
}

export function createConfidenceBadge(confidence: number, calibrated = false): HTMLElement {
  const { level, text, explanation } = confidenceText(confidence, calibrated);
  return h(
    'span',
    {
      class: `confidence ${level}`,
      title: explanation,
      tabindex: '0',
      role: 'note',
      'aria-label': `${text}. ${explanation}`,
    },
    h('span', { class: 'bars', 'aria-hidden': 'true' }, h('i'), h('i'), h('i')),
    h('span', { 'aria-hidden': 'true' }, text),
  );
}
