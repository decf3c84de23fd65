import type { PanelTurn } from '../daemon/protocol/panelMessages';
import { createAnswerFooter } from './answerFooter';
import { createAttachmentCard } from './attachmentCard';
import { h, icon } from './dom';
import { createErrorBox, type ErrorActions } from './errorBox';
import { createFactsView } from './factsView';
import { t } from './l10n';
import { renderMarkdown } from './markdown';
import { stageText } from './stages';

export interface TurnActions extends Omit<ErrorActions, 'retry'> {
  ask(question: string): void;
  copy(text: string): void;
}

/** What the part under the answer is made of; a piece of the answer changes none of it. */
const SHOWN_BELOW = ['state', 'stage', 'error', 'result', 'attachments'] as const;

/** One question and its answer. Only what changed is drawn again. */
export class TurnView {
  readonly element: HTMLElement;
  private readonly cards = h('div', { class: 'cards' });
  private readonly answer = h('div', { class: 'answer', 'aria-live': 'off' });
  private readonly below = h('div', { class: 'below' });
  private shown: PanelTurn | null = null;
  private shownCards = false;

  constructor(
    turn: PanelTurn,
    private readonly actions: TurnActions,
  ) {
    this.element = h(
      'article',
      { class: 'turn', 'data-turn': turn.id, 'aria-label': turn.question },
      this.cards,
      h('div', { class: 'question' }, turn.question),
      this.answer,
      this.below,
    );
  }

  update(turn: PanelTurn, showCards: boolean): void {
    const before = this.shown;
    if (before === turn && this.shownCards === showCards) return;
    if (before?.attachments !== turn.attachments || this.shownCards !== showCards) this.updateCards(turn, showCards);
    if (before?.answer !== turn.answer) this.answer.replaceChildren(renderMarkdown(turn.answer));
    if (before === null || SHOWN_BELOW.some((key) => before[key] !== turn[key])) this.updateBelow(turn);
    this.element.setAttribute('aria-busy', String(turn.state === 'waiting' || turn.state === 'streaming'));
    this.element.dataset.state = turn.state;
    this.shown = turn;
    this.shownCards = showCards;
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
  if (turn.state === 'waiting') return [createStage(turn)];
  if (turn.state === 'streaming') return [];
  const media = turn.result?.media ?? turn.attachments.flatMap(({ report }) => (report === undefined ? [] : [report]));
  return [...new Set(media.flatMap((report) => report.warnings))]
    .map((warning) => createNote('warning', warning))
    .concat(
      [
        turn.state === 'stopped' ? createNote('circle-slash', t('Stopped.')) : null,
        turn.result?.stopped === 'length' ? createNote('info', t('Cut at the limit of tokens.')) : null,
        turn.error === undefined
          ? null
          : createErrorBox(turn.error, { ...actions, retry: () => actions.ask(turn.question) }),
        turn.answer === '' ? null : createAnswerFooter(turn, () => actions.copy(turn.answer)),
        createFactsView(media),
      ].filter((part) => part !== null),
    );
}

function createStage(turn: PanelTurn): HTMLElement {
  return h('div', { class: 'stage', role: 'status' }, icon('loading', 'codicon-modifier-spin'), stageText(turn.stage));
}

function createNote(name: string, text: string): HTMLElement {
  return h('div', { class: 'note' }, icon(name), h('span', {}, text));
}
