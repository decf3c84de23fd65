import type { FolderRow } from '../../daemon/protocol/folderMessages';
import { h, icon, textButton } from '../dom';
import { t } from '../l10n';

export interface DetailsEvents {
  onOpen(key: string): void;
  onAsk(key: string): void;
  onAgain(key: string): void;
}

/** The current row in full, with what can be done with it. */
export function createDetails(row: FolderRow | undefined, events: DetailsEvents): HTMLElement {
  if (row === undefined) return h('section', { class: 'details', hidden: true });
  const { key, error, description, facts } = row;
  return h(
    'section',
    { class: 'details', 'aria-label': t('Details of {0}', row.path) },
    h(
      'div',
      { class: 'details-head' },
      h('h2', {}, row.path),
      textButton(t('Open'), () => events.onOpen(key)),
      textButton(t('Ask in Chat'), () => events.onAsk(key)),
      textButton(error === undefined ? t('Describe Again') : t('Try Again'), () => events.onAgain(key)),
    ),
    error !== undefined && h('p', { class: 'problem' }, icon('error'), h('code', {}, error.code), ` ${error.text}`),
    description !== undefined &&
      h(
        'p',
        {},
        h('span', { class: 'quiet' }, `${row.isGuess ? t('The model, guessing:') : t('The model:')} `),
        description,
      ),
    facts.length > 0 && h('p', {}, h('span', { class: 'quiet' }, `${t('Measured:')} `), facts.join(' · ')),
  );
}
