import { h, iconButton } from './dom';
import { t } from './l10n';
import { renderMarkdown, settledEnd } from './markdown';

export interface AnswerTextActions {
  copy(text: string): void;
  openLink(href: string): void;
}

/** An answer as it grows: what is settled stays the same nodes, only its last part is drawn again. */
export class AnswerText {
  readonly element = h('div', { class: 'answer', 'aria-live': 'off' });
  private shown = '';
  private isWhole = false;
  /** Letters, and nodes, that are settled. */
  private settled = { letters: 0, nodes: 0 };

  constructor(private readonly actions: AnswerTextActions) {
    this.element.addEventListener('click', (event) => this.follow(event), { capture: true });
  }

  update(text: string, isWhole: boolean): void {
    if (text === this.shown && isWhole === this.isWhole) return;
    const grows = !isWhole && !this.isWhole && text.startsWith(this.shown);
    if (!grows) this.settled = { letters: 0, nodes: 0 };
    this.shown = text;
    this.isWhole = isWhole;
    while (this.element.childNodes.length > this.settled.nodes) this.element.lastChild?.remove();
    if (!isWhole) this.settle(text);
    this.element.append(this.render(text.slice(this.settled.letters)));
  }

  private settle(text: string): void {
    const end = settledEnd(text);
    if (end <= this.settled.letters) return;
    this.element.append(this.render(text.slice(this.settled.letters, end)));
    this.settled = { letters: end, nodes: this.element.childNodes.length };
  }

  private render(text: string): DocumentFragment {
    const nodes = renderMarkdown(text);
    for (const pre of nodes.querySelectorAll('pre')) pre.replaceWith(this.codeBlock(pre));
    for (const link of nodes.querySelectorAll('a')) link.title = link.getAttribute('href') ?? '';
    return nodes;
  }

  private codeBlock(pre: HTMLPreElement): HTMLElement {
    const code = (pre.textContent ?? '').replace(/\n$/, '');
    const language = pre.dataset.language ?? '';
    const copy = iconButton('copy', t('Copy code'), () => this.actions.copy(code));
    const block = h('div', { class: 'code-block' }, h('div', { class: 'code-head' }, h('span', {}, language), copy));
    const scrolls = h('pre', { tabindex: '0', 'aria-label': language === '' ? t('Code') : t('Code, {0}', language) });
    scrolls.append(...pre.childNodes);
    block.append(scrolls);
    return block;
  }

  /** VS Code would open a link by itself, without a word about where it leads. */
  private follow(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    if (link === null) return;
    event.preventDefault();
    event.stopPropagation();
    this.actions.openLink(link.getAttribute('href') ?? '');
  }
}
