import { h, icon, textButton } from './dom';
import { t } from './l10n';

/** Over the conversation in Restricted Mode: what is done there, what is not, and the way out. */
export function createTrustBanner(manageTrust: () => void): { element: HTMLElement; show(trusted: boolean): void } {
  const element = h(
    'aside',
    { class: 'trust-banner', 'aria-label': t('Restricted Mode'), hidden: true },
    icon('shield'),
    h(
      'p',
      {},
      t(
        'Restricted Mode: files are measured by decoders without native code, pictures by their headers only. No model is asked, and no other program is run.',
      ),
    ),
    textButton(t('Manage Workspace Trust'), manageTrust),
  );
  return {
    element,
    show: (trusted) => {
      element.hidden = trusted;
    },
  };
}
