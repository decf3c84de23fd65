import type { PanelAttachment, PanelView } from '../../daemon/protocol/panelMessages';
import { h, icon, iconButton, textButton } from '../dom';
import { t } from '../l10n';
import { createCloudView } from './cloudView';
import { createPicturesView } from './picturesView';
import { SeenView } from './seenView';
import { createSoundView } from './soundView';
import { createTracesView } from './tracesView';
import type { ViewContext } from './viewContext';
import type { Viewer, ViewerPorts } from './viewerPorts';

const FOCUSABLE = 'button, input, select, summary, a[href], [tabindex="0"]';

/** One attachment over the whole panel. Escape closes it; the focus stays inside until then. */
export function openViewer(attachment: PanelAttachment, ports: ViewerPorts): Viewer {
  const closing = new AbortController();
  const context: ViewContext = { name: attachment.name, report: attachment.report, ports, signal: closing.signal };
  const body = h('div', { class: 'viewer-body' });
  const seen = new SeenView(context);
  const close = iconButton('close', t('Close preview (Escape)'), () => dialog.close());
  const dialog = h(
    'dialog',
    { class: 'viewer', 'aria-label': t('Preview of {0}', attachment.name) },
    h('header', {}, h('h2', { title: attachment.report?.file ?? attachment.name }, attachment.name), close),
    body,
    seen.element,
  );
  const closed = new Promise<void>((resolve) => {
    dialog.addEventListener('close', () => {
      closing.abort();
      dialog.remove();
      resolve();
    });
  });
  keepFocusInside(dialog);
  document.body.append(dialog);
  dialog.showModal();
  void fill(body, context).then(() => seen.update(context.report));
  return {
    closed,
    update: ({ report }) => {
      context.report = report;
      if (!body.hasAttribute('aria-busy')) seen.update(report);
    },
  };
}

/** Shows what the daemon makes of the file, or why it cannot. */
async function fill(body: HTMLElement, context: ViewContext): Promise<void> {
  body.setAttribute('aria-busy', 'true');
  body.replaceChildren(
    h(
      'p',
      { class: 'viewer-loading', role: 'status' },
      icon('loading', 'codicon-modifier-spin'),
      t('Reading the file…'),
    ),
  );
  try {
    body.replaceChildren(createView(await context.ports.request('large', context.signal), context));
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    body.replaceChildren(
      h('p', { class: 'viewer-error', role: 'alert' }, icon('error'), text),
      textButton(t('Try again'), () => void fill(body, context)),
    );
  } finally {
    body.removeAttribute('aria-busy');
  }
}

function createView(view: PanelView, context: ViewContext): HTMLElement {
  switch (view.kind) {
    case 'pictures':
      return createPicturesView(view, context);
    case 'sound':
      return createSoundView(view, context);
    case 'cloud':
      return createCloudView(view, context);
    case 'traces':
      return createTracesView(view, context);
    default:
      return h('p', { class: 'viewer-note' }, t('There is nothing to see of this file.'));
  }
}

/** The rest of the page is inert; Tab would go on into the window's other parts. */
function keepFocusInside(dialog: HTMLElement): void {
  dialog.addEventListener('keydown', (event) => {
    if (event.key !== 'Tab') return;
    const all = [...dialog.querySelectorAll<HTMLElement>(FOCUSABLE)].filter((one) => one.checkVisibility());
    const [first, last] = [all[0], all.at(-1)];
    const leaves = event.shiftKey ? document.activeElement === first : document.activeElement === last;
    if (!leaves) return;
    event.preventDefault();
    (event.shiftKey ? last : first)?.focus();
  });
}
