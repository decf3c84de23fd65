import { h, icon, textButton } from './dom';
import { t } from './l10n';

export interface ErrorActions {
  retry(): void;
  restartEngine(): void;
  showLog(): void;
  manageTrust(): void;
}

/** A restart helps where the engine or the daemon failed, not where a file is damaged. */
export function offersRestart(code: string): boolean {
  return /^(ENGINE|DAEMON|MODEL|NODE|TIMED|INTERNAL)/.test(code);
}

/** What failed and what to do now, with the buttons that do it. */
export function createErrorBox(error: { code: string; text: string }, actions: ErrorActions): HTMLElement {
  // a rule that was kept is no failure
  const isRule = error.code === 'RESTRICTED';
  return h(
    'div',
    { class: `error-box${isRule ? ' is-rule' : ''}`, role: 'alert' },
    icon(isRule ? 'shield' : 'error'),
    h(
      'div',
      { class: 'error-body' },
      h('p', { title: t('Error {0}', error.code) }, error.text),
      h(
        'div',
        { class: 'error-actions' },
        textButton(t('Try again'), actions.retry),
        offersRestart(error.code) && textButton(t('Restart engine'), actions.restartEngine),
        isRule
          ? textButton(t('Manage Workspace Trust'), actions.manageTrust)
          : textButton(t('Show log'), actions.showLog),
      ),
    ),
  );
}
