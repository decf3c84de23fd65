import { h } from './dom';
import { EmptyState, type EmptyStateActions } from './emptyState';
import { t } from './l10n';
import { type PanelState, showsAttachments } from './state';
import { type TurnActions, TurnView } from './turnView';

/** Nearer to the end than this counts as at the end, in pixels. */
const STICKY = 32;

/** The turns, or what to do where there are none. Stays at the end while an answer grows, unless one scrolled away. */
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
  private readonly views = new Map<string, TurnView>();
  private readonly empty: EmptyState;

  constructor(private readonly actions: TurnActions & EmptyStateActions) {
    this.empty = new EmptyState(actions);
    this.element.append(this.list);
    this.element.addEventListener('scroll', () => {
      const { scrollHeight, scrollTop, clientHeight } = this.element;
      this.isAtEnd = scrollHeight - scrollTop - clientHeight < STICKY;
    });
    // what one opens or closes stays where it is, in place of the end coming into view
    this.element.addEventListener('click', (event) => {
      if (event.target instanceof Element && event.target.closest('summary')) this.stayHere();
    });
    // a picture that arrives makes a turn longer without a message
    const observer = new ResizeObserver(() => this.isAtEnd && this.scrollToEnd());
    observer.observe(this.list);
    observer.observe(this.element);
  }

  update(state: PanelState): void {
    if (!state.opened) return;
    const isNew = state.turns.some((turn) => !this.views.has(turn.id));
    this.removeGone(state);
    state.turns.forEach((turn, index) => {
      this.viewOf(turn).update(turn, showsAttachments(state.turns, index));
    });
    this.empty.update(state.attachments);
    if (state.turns.length > 0) this.empty.element.remove();
    else if (!this.empty.element.isConnected) this.element.append(this.empty.element);
    if (isNew || this.isAtEnd) this.scrollToEnd();
  }

  private viewOf(turn: PanelState['turns'][number]): TurnView {
    const known = this.views.get(turn.id);
    if (known !== undefined) return known;
    const view = new TurnView(turn, this.actions);
    this.views.set(turn.id, view);
    this.list.append(view.element);
    return view;
  }

  private removeGone(state: PanelState): void {
    for (const [id, view] of this.views) {
      if (state.turns.some((turn) => turn.id === id)) continue;
      view.element.remove();
      this.views.delete(id);
    }
  }

  private stayHere(): void {
    this.isAtEnd = false;
  }

  private scrollToEnd(): void {
    this.isAtEnd = true;
    this.element.scrollTop = this.element.scrollHeight;
  }
}
