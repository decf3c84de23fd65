import type { PanelTurn } from '../daemon/protocol/panelMessages';
import { h } from './dom';
import { t } from './l10n';
import { renderMarkdown } from './markdown';
import { endOfSentences } from './sentences';
import type { PanelState } from './state';

/** Sentences that stay in the page; a screen reader has long queued the older ones. */
const MOST_KEPT = 20;

/**
 * Tells screen readers an answer while it is written, one sentence after the other: growing text would be read over and
 * over, a whole answer only after its end.
 */
export class Announcer {
  readonly element = h('div', { class: 'sr-only', role: 'status', 'aria-live': 'polite', 'aria-atomic': 'false' });
  private states = new Map<string, PanelTurn['state']>();
  private seen: readonly PanelTurn[] = [];
  /** How much of each running answer was told, in characters. */
  private readonly told = new Map<string, number>();

  update({ turns }: PanelState): void {
    if (turns === this.seen) return;
    this.seen = turns;
    for (const turn of turns) {
      const before = this.states.get(keyOf(turn));
      if (turn.state === 'streaming') this.tellSentences(turn);
      else if (before !== undefined && before !== turn.state) this.tellEnd(turn);
    }
    this.states = new Map(turns.map((turn) => [keyOf(turn), turn.state]));
  }

  private tellSentences(turn: PanelTurn): void {
    const from = this.told.get(keyOf(turn)) ?? 0;
    const end = endOfSentences(turn.answer, from);
    if (end === from) return;
    this.tell(turn.answer.slice(from, end), from === 0);
    this.told.set(keyOf(turn), end);
  }

  private tellEnd(turn: PanelTurn): void {
    const from = this.told.get(keyOf(turn)) ?? 0;
    this.told.delete(keyOf(turn));
    if (turn.state === 'stopped') this.say(t('The answer was stopped.'));
    // a failure is an alert of its own
    else if (turn.state === 'done') this.tell(turn.answer.slice(from), from === 0);
  }

  /** Without the marks of Markdown. */
  private tell(markdown: string, isFirst: boolean): void {
    const text = (renderMarkdown(markdown).textContent ?? '').replace(/\s+/g, ' ').trim();
    if (text !== '') this.say(isFirst ? t('Answer: {0}', text) : text);
  }

  private say(text: string): void {
    this.element.append(h('p', {}, text));
    while (this.element.childElementCount > MOST_KEPT) this.element.firstElementChild?.remove();
  }
}

/** Another conversation counts its turns alike. */
function keyOf({ id, question }: PanelTurn): string {
  return `${id} ${question}`;
}
