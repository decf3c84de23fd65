import { h } from './dom';

export interface ConfidenceText {
  level: 'high' | 'medium' | 'low';
  text: string;
  explanation: string;
}

const CALIBRATED = (percent: number) =>
  `Of answers of which the model was this sure, about ${percent} % were right on files that it had never seen.`;
const UNCALIBRATED = (percent: number) =>
  `On average the model gave ${percent} % of its belief to each piece of text that it chose (geometric mean of the ` +
  'tokens’ probabilities). It tells how sure the model is of its words, not how likely it is right.';

/** Of an answer's confidence, 0..1. */
export function confidenceText(confidence: number, calibrated = false): ConfidenceText {
  const level = confidence >= 0.75 ? 'high' : confidence >= 0.45 ? 'medium' : 'low';
  const percent = Math.round(confidence * 100);
  return {
    level,
    text: `${level[0]!.toUpperCase()}${level.slice(1)} confidence, ${percent} %`,
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
