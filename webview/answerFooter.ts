import type { AskResult } from '../daemon/protocol/messages';
import type { PanelTurn } from '../daemon/protocol/panelMessages';
import { createConfidenceBadge } from './confidence';
import { h, iconButton } from './dom';
import { numberText } from './factText';
import { t } from './l10n';
import { createTimings, secondsText } from './timings';
import { createToolbar } from './toolbar';

export interface AnswerActions {
  copy(text: string): void;
  insert(text: string): void;
  regenerate(id: string): void;
  chooseAnswer(id: string, index: number): void;
}

/** What can be done with an answer, how sure the model was, and what it took. */
export function createAnswerFooter(turn: PanelTurn, actions: AnswerActions): HTMLElement {
  const { id, answer, result } = turn;
  // of an answer that was cut off there is no whole to be sure of
  const whole = result === undefined || result.stopped === 'cancelled' ? undefined : result;
  const timings = whole === undefined ? null : createTimings(whole);
  const toolbar = createToolbar(
    t('Answer'),
    iconButton('copy', t('Copy answer'), () => actions.copy(answer)),
    iconButton('insert', t('Insert at cursor'), () => actions.insert(answer)),
    // a stopped turn offers it in words
    turn.state === 'stopped' ? null : iconButton('refresh', t('Regenerate'), () => actions.regenerate(id)),
  );
  return h(
    'div',
    { class: 'answer-end' },
    h(
      'div',
      { class: 'answer-footer' },
      whole === undefined ? null : createConfidenceBadge(whole.confidence, whole.calibrated),
      whole === undefined || timings === null ? null : createCost(whole, timings),
      createAnswerChoice(turn, actions),
      toolbar,
    ),
    timings,
  );
}

/** "2 of 3", where the question was answered more than once; null elsewhere. */
export function createAnswerChoice(
  { id, answers }: PanelTurn,
  { chooseAnswer }: Pick<AnswerActions, 'chooseAnswer'>,
): HTMLElement | null {
  if (answers === undefined) return null;
  const { count, shown } = answers;
  const step = (icon: string, label: string, index: number) => {
    const button = iconButton(icon, label, () => chooseAnswer(id, index), 'small');
    button.disabled = index < 0 || index >= count;
    return button;
  };
  return h(
    'span',
    { class: 'answer-choice', role: 'group', 'aria-label': t('Answers') },
    step('chevron-left', t('Previous answer'), shown - 1),
    h('span', {}, t('{0} of {1}', shown + 1, count)),
    step('chevron-right', t('Next answer'), shown + 1),
  );
}

/** How long it took; more of it on request. */
function createCost(result: AskResult, timings: HTMLElement): HTMLElement {
  const time = costText(result.timings.totalMs);
  const toggle = () => {
    timings.hidden = !timings.hidden;
    button.setAttribute('aria-expanded', String(!timings.hidden));
  };
  const button = h(
    'button',
    {
      type: 'button',
      class: 'cost',
      title: costDetails(result),
      'aria-label': t('Timings: {0}', time),
      'aria-expanded': 'false',
      on: { click: toggle },
    },
    time,
  );
  return button;
}

/** Short: it stands in one line with the confidence and the buttons. */
function costText(ms: number): string {
  return ms < 100 ? secondsText(ms) : `${(ms / 1000).toFixed(1)} s`;
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
