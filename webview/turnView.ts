import type { PanelTurn } from '../daemon/protocol/panelMessages';
import { type AnswerActions, createAnswerChoice, createAnswerFooter } from './answerFooter';
import { AnswerText, type AnswerTextActions } from './answerText';
import { createAttachmentCard } from './attachmentCard';
import { h, icon, iconButton, textButton } from './dom';
import { createErrorBox, type ErrorActions } from './errorBox';
import { createFactsView } from './factsView';
import { t } from './l10n';
import { QuestionView } from './questionView';
import { stageText } from './stages';

export interface TurnActions extends Omit<ErrorActions, 'retry'>, AnswerActions, AnswerTextActions {
  resend(id: string, question: string): void;
  stop(id: string): void;
  openTemperature(): void;
}

/** What the part under the answer is made of; a piece of the answer changes none of it. */
const SHOWN_BELOW = ['state', 'stage', 'error', 'result', 'answers', 'sameAgain', 'interrupted'] as const;

/** One question and its answer. Only what changed is drawn again. */
export class TurnView {
  readonly element: HTMLElement;
  private readonly cards = h('div', { class: 'cards' });
  private readonly answer: AnswerText;
  private readonly below = h('div', { class: 'below' });
  private shown: PanelTurn | null = null;
  private shownCards = false;

  constructor(
    turn: PanelTurn,
    private readonly actions: TurnActions,
  ) {
    this.answer = new AnswerText(actions);
    this.element = h(
      'article',
      { class: 'turn', 'data-turn': turn.id, 'aria-label': turn.question },
      this.cards,
      new QuestionView(turn.question, (question) => actions.resend(turn.id, question)).element,
      this.answer.element,
      this.below,
    );
  }

  update(turn: PanelTurn, showCards: boolean): void {
    const before = this.shown;
    if (before === turn && this.shownCards === showCards) return;
    if (before?.attachments !== turn.attachments || this.shownCards !== showCards) this.updateCards(turn, showCards);
    const isBusy = turn.state === 'waiting' || turn.state === 'streaming';
    this.answer.update(turn.answer, !isBusy);
    if (before === null || this.changesBelow(before, turn)) this.updateBelow(turn);
    this.element.setAttribute('aria-busy', String(isBusy));
    this.element.dataset.state = turn.state;
    this.shown = turn;
    this.shownCards = showCards;
  }

  private changesBelow(before: PanelTurn, turn: PanelTurn): boolean {
    if (SHOWN_BELOW.some((key) => before[key] !== turn[key])) return true;
    // without a result the facts and errors are those of the files
    if (before.attachments === turn.attachments) return false;
    return turn.result === undefined || errorsOf(before).join() !== errorsOf(turn).join();
  }

  private updateCards(turn: PanelTurn, show: boolean): void {
    const same = JSON.stringify(this.shown?.attachments) === JSON.stringify(turn.attachments);
    if (same && this.shownCards === show) return;
    this.cards.replaceChildren(...(show ? turn.attachments.map(createAttachmentCard) : []));
  }

  private updateBelow(turn: PanelTurn): void {
    this.below.replaceChildren(...partsBelow(turn, this.actions).filter((part) => part !== null));
  }
}

function partsBelow(turn: PanelTurn, actions: TurnActions): (HTMLElement | null)[] {
  if (turn.state === 'waiting') return [createStage(turn, actions)];
  if (turn.state === 'streaming') return [h('div', { class: 'stage' }, createStop(turn, actions))];
  const media = turn.result?.media ?? turn.attachments.flatMap(({ report }) => (report === undefined ? [] : [report]));
  const warnings = new Set(media.flatMap((report) => report.warnings));
  return [
    ...[...warnings].map((warning) => createNote('warning', warning)),
    ...errorsOf(turn).map((error) => createNote('warning', error)),
    turn.state === 'stopped' ? createStopped(turn, actions) : null,
    turn.result?.stopped === 'length' ? createNote('info', t('Cut at the limit of tokens.')) : null,
    turn.sameAgain === undefined ? null : createSameAgain(turn.sameAgain, actions),
    turn.error === undefined
      ? null
      : createErrorBox(turn.error, { ...actions, retry: () => actions.regenerate(turn.id) }),
    turn.answer === '' ? createAnswerChoice(turn, actions) : createAnswerFooter(turn, actions),
    createFactsView(media),
  ];
}

/** Of files that are not what they were; what the answer already says is not said twice. */
function errorsOf({ attachments, error }: PanelTurn): string[] {
  return attachments.map((one) => one.error).filter((text) => text !== undefined && text !== error?.text) as string[];
}

function createStage(turn: PanelTurn, actions: TurnActions): HTMLElement {
  return h(
    'div',
    { class: 'stage' },
    h('span', { class: 'stage-text', role: 'status' }, icon('loading', 'codicon-modifier-spin'), stageText(turn.stage)),
    createStop(turn, actions),
  );
}

function createStop({ id }: PanelTurn, { stop }: TurnActions): HTMLElement {
  return iconButton('debug-stop', t('Stop this answer'), () => stop(id), 'stop-turn');
}

function createStopped({ id, interrupted }: PanelTurn, { regenerate }: TurnActions): HTMLElement {
  const text = interrupted ? t('Interrupted: the window closed before the answer was whole.') : t('Stopped.');
  const note = createNote('circle-slash', text);
  note.append(textButton(t('Regenerate'), () => regenerate(id), 'small'));
  return note;
}

function createSameAgain(why: NonNullable<PanelTurn['sameAgain']>, { openTemperature }: TurnActions): HTMLElement {
  if (why === 'chance') return createNote('info', t('Other words were drawn by chance, and the answer is the same.'));
  const note = createNote('info', t('The same answer: at temperature 0 the likeliest word is taken each time.'));
  note.append(textButton(t('Change temperature'), openTemperature, 'small'));
  return note;
}

function createNote(name: string, text: string): HTMLElement {
  return h('div', { class: 'note' }, icon(name), h('span', {}, text));
}
