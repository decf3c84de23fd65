import { h, icon, textButton } from './dom';
import { t } from './l10n';

export interface ErrorActions {
  retry(): void;
  restartEngine(): void;
  showLog(): void;
}

/** A restart helps where the engine or the daemon failed, not where a file is damaged. */
export function offersRestart(code: string): boolean {
  return /^(ENGINE|DAEMON|MODEL|NODE|TIMED|INTERNAL)/.test(code);
}

/** What failed and what to do now, with the buttons that do it. */
export function createErrorBox(error: { code: string; text: string }, actions: ErrorActions): HTMLElement {
  return h(
    'div',
    { class: 'error-box', role: 'alert' },
    icon('error'),
    h(
      'div',
      { class: 'error-body' },
      h('p', { title: t('Error {0}', error.code) }, error.text),
      h(
        'div',
        { class: 'error-actions' },
        textButton(t('Try again'), actions.retry),
        offersRestart(error.code) && textButton(t('Restart engine'), actions.restartEngine),
        textButton(t('Show log'), actions.showLog),
      ),
    ),
  );
}
