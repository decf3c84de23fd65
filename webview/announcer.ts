import type { PanelTurn } from '../daemon/protocol/panelMessages';
import { h } from './dom';
import { t } from './l10n';
import type { PanelState } from './state';

/** Tells screen readers an answer once, when it is whole; growing text would be read over and over. */
export class Announcer {
  readonly element = h('div', { class: 'sr-only', role: 'status', 'aria-live': 'polite' });
  private states = new Map<string, PanelTurn['state']>();
  private seen: readonly PanelTurn[] = [];

  update({ turns }: PanelState): void {
    if (turns === this.seen) return;
    this.seen = turns;
    for (const turn of turns) {
      const before = this.states.get(keyOf(turn));
      if (before !== undefined && before !== turn.state) this.element.textContent = words(turn);
    }
    this.states = new Map(turns.map((turn) => [keyOf(turn), turn.state]));
  }
}

/** Another conversation counts its turns alike. */
function keyOf({ id, question }: PanelTurn): string {
  return `${id} ${question}`;
}

function words(turn: PanelTurn): string {
  if (turn.state === 'done') return t('Answer: {0}', turn.answer);
  if (turn.state === 'stopped') return t('The answer was stopped.');
  // a failure is an alert of its own
  return '';
}
