import type { MediaReport } from '../daemon/protocol/messages';
import { h } from './dom';
import { factText } from './factText';
import { t } from './l10n';

/** What was measured, folded under the answer: apart from what the model says, and with how each was found. */
export function createFactsView(media: readonly MediaReport[]): HTMLElement | null {
  const count = media.reduce((sum, report) => sum + report.facts.length, 0);
  if (count === 0) return null;
  const view = h(
    'details',
    { class: 'facts' },
    h('summary', {}, `${t('Measured facts')} `, h('span', { class: 'count' }, `(${count})`)),
  );
  whenOpened(view, () => view.append(...media.map((report) => createTable(report, media.length > 1))));
  return view;
}

/** Once. A conversation of hundreds of answers has tens of thousands of rows that nobody looks at. */
function whenOpened(details: HTMLDetailsElement, fill: () => void): void {
  const observer = new MutationObserver(() => {
    observer.disconnect();
    fill();
  });
  observer.observe(details, { attributes: true, attributeFilter: ['open'] });
}

function createTable(report: MediaReport, named: boolean): HTMLElement {
  return h(
    'table',
    { 'aria-label': t('Measured facts of {0}', fileName(report.file)) },
    named && h('caption', {}, fileName(report.file)),
    h(
      'thead',
      { class: 'sr-only' },
      h('tr', {}, ...[t('Name'), t('Value'), t('How')].map((name) => h('th', { scope: 'col' }, name))),
    ),
    h('tbody', {}, ...report.facts.map(createRow)),
  );
}

function createRow(fact: MediaReport['facts'][number]): HTMLElement {
  const { label, value, how, colors } = factText(fact);
  return h(
    'tr',
    {},
    h('th', { scope: 'row', title: fact.name }, label),
    h('td', { class: 'value' }, ...colors.map(createSwatch), value),
    h('td', { class: 'how' }, how),
  );
}

/** Set through the object model: a style attribute in markup is what the page's policy forbids. */
function createSwatch(color: string): HTMLElement {
  const swatch = h('span', { class: 'swatch', 'aria-hidden': 'true' });
  swatch.style.backgroundColor = color;
  return swatch;
}

export function fileName(path: string): string {
  return path.split(/[/\\]/).at(-1) ?? path;
}
