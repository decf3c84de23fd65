import type { PanelAttachment } from '../daemon/protocol/panelMessages';
import { h, icon, textButton } from './dom';
import { t } from './l10n';
import { suggestionsFor } from './suggestions';

export interface EmptyStateActions {
  attach(): void;
  /** An example: asked at once where a file is attached, else put into the composer. */
  suggest(question: string): void;
}

/** What one can do here, while nothing was asked. */
export class EmptyState {
  readonly element: HTMLElement;
  private readonly examples = h('div', { class: 'examples', role: 'group', 'aria-label': t('Examples') });
  private shown = '';

  constructor(private readonly actions: EmptyStateActions) {
    this.element = h(
      'section',
      { class: 'empty-state', 'aria-label': t('What you can do') },
      h('div', { class: 'empty-icon' }, icon('eye')),
      h('h2', {}, t('Ask about a file')),
      h(
        'p',
        {},
        t('An image, a plot, a recording or a point cloud. The model runs on this machine; nothing leaves it.'),
      ),
      this.examples,
      h(
        'ul',
        { class: 'ways' },
        way('list-selection', t('Right-click a file and choose Describe This File')),
        way('attach', t('Attach a file, or paste an image')),
        way('move', t('Hold Shift and drop files here')),
      ),
    );
  }

  update(attachments: readonly PanelAttachment[]): void {
    const questions = suggestionsFor(attachments);
    const key = questions.join('\n');
    if (key === this.shown) return;
    this.shown = key;
    this.examples.replaceChildren(
      ...questions.map((question) => textButton(question, () => this.actions.suggest(question), 'example')),
    );
  }
}

function way(name: string, text: string): HTMLElement {
  return h('li', {}, icon(name), h('span', {}, text));
}
