import type { PanelTurn } from '../daemon/protocol/panelMessages';
import { h } from './dom';
import { EmptyState, type EmptyStateActions } from './emptyState';
import { type FollowUpActions, FollowUps } from './followUps';
import { t } from './l10n';
import { type PanelState, showsAttachments } from './state';
import { type TurnActions, TurnView } from './turnView';

/** Nearer to the end than this counts as at the end, in pixels. */
const STICKY = 32;

export interface ConversationActions extends TurnActions, EmptyStateActions, FollowUpActions {
  /** Files that came into sight, of which nothing is known yet. */
  inspect(ids: string[]): void;
}

/**
 * The turns, or what to do where there are none. Stays at the end while an answer grows, unless one scrolled away. Of
 * hundreds of turns only those that changed are looked at, and the browser lays out only those in sight (main.css).
 */
export class Conversation {
  readonly element = h('div', {
    class: 'conversation',
    role: 'log',
    'aria-live': 'polite',
    'aria-label': t('Conversation'),
    tabindex: '0',
  });
  private readonly list = h('div', { class: 'turns' });
  private isAtEnd = true;
  private shown: readonly PanelTurn[] = [];
  private views: TurnView[] = [];
  private readonly empty: EmptyState;
  private readonly followUps: FollowUps;
  private readonly inSight: IntersectionObserver;

  constructor(private readonly actions: ConversationActions) {
    this.empty = new EmptyState(actions);
    this.followUps = new FollowUps(actions);
    this.element.append(this.list);
    this.element.addEventListener('scroll', () => {
      const { scrollHeight, scrollTop, clientHeight } = this.element;
      this.isAtEnd = scrollHeight - scrollTop - clientHeight < STICKY;
    });
    // what one opens or closes stays where it is, in place of the end coming into view
    this.element.addEventListener('click', (event) => {
      if (event.target instanceof Element && event.target.closest('summary, button')) this.stayHere();
    });
    // a picture that arrives makes a turn longer without a message
    const observer = new ResizeObserver(() => this.isAtEnd && this.scrollToEnd());
    observer.observe(this.list);
    observer.observe(this.element);
    this.inSight = new IntersectionObserver((entries) => this.inspectSeen(entries), { root: this.element });
  }

  update(state: PanelState): void {
    if (!state.opened) return;
    const isNew = this.updateTurns(state.turns);
    this.empty.update(state.attachments);
    if (state.turns.length > 0) this.empty.element.remove();
    else if (!this.empty.element.isConnected) this.element.append(this.empty.element);
    this.followUps.update(state.turns);
    if (!this.followUps.element.isConnected) this.element.append(this.followUps.element);
    if (isNew || this.isAtEnd) this.scrollToEnd();
  }

  /** Returns whether there are turns that were not there before. */
  private updateTurns(turns: readonly PanelTurn[]): boolean {
    if (turns === this.shown) return false;
    const before = this.shown;
    this.shown = turns;
    const kept = sameTurns(before, turns);
    for (const view of this.views.splice(kept)) {
      this.inSight.unobserve(view.element);
      view.element.remove();
    }
    turns.forEach((turn, index) => {
      if (index < kept && turn === before[index] && turns[index - 1] === before[index - 1]) return;
      this.viewAt(index, turn).update(turn, showsAttachments(turns, index));
    });
    return turns.length > kept;
  }

  private viewAt(index: number, turn: PanelTurn): TurnView {
    const known = this.views[index];
    if (known !== undefined) return known;
    const view = new TurnView(turn, this.actions);
    this.views.push(view);
    this.list.append(view.element);
    this.inSight.observe(view.element);
    return view;
  }

  private inspectSeen(entries: readonly IntersectionObserverEntry[]): void {
    const seen = new Set(entries.filter((entry) => entry.isIntersecting).map((entry) => entry.target));
    if (seen.size === 0) return;
    const turns = this.shown.filter((_, index) => seen.has(this.views[index]!.element));
    const unknown = turns
      .filter(({ state }) => state !== 'waiting' && state !== 'streaming')
      .flatMap(({ attachments }) => attachments)
      .filter(({ report, error }) => report === undefined && error === undefined);
    const ids = [...new Set(unknown.map(({ id }) => id))];
    if (ids.length > 0) this.actions.inspect(ids);
  }

  private stayHere(): void {
    this.isAtEnd = false;
  }

  private scrollToEnd(): void {
    this.isAtEnd = true;
    this.element.scrollTop = this.element.scrollHeight;
  }
}

/** How many turns at the beginning are still the same ones; another conversation counts its turns alike. */
function sameTurns(before: readonly PanelTurn[], now: readonly PanelTurn[]): number {
  let count = 0;
  const isSame = (a: PanelTurn | undefined, b: PanelTurn | undefined) => a?.id === b?.id && a?.question === b?.question;
  while (count < before.length && count < now.length && isSame(before[count], now[count])) count += 1;
  return count;
}
