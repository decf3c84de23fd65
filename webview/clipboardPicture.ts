import { type AttachPorts, attachFile } from './dropAndPaste';
import { t } from './l10n';

/** The picture on the clipboard is attached; without one, or where the page may not look, the person is told what to do. */
export async function attachClipboardPicture(ports: AttachPorts): Promise<void> {
  let items: ClipboardItems;
  try {
    items = await navigator.clipboard.read();
  } catch {
    ports.notice(t('Press {0} here to paste the picture.', isApple() ? '⌘V' : 'Ctrl+V'));
    return;
  }
  for (const item of items) {
    const type = item.types.find((one) => one.startsWith('image/'));
    if (type === undefined) continue;
    const blob = await item.getType(type);
    await attachFile(new File([blob], `${t('pasted')}.${type.slice('image/'.length).replace(/\W.*/, '')}`), ports);
    return;
  }
  ports.notice(t('There is no picture on the clipboard.'));
}

function isApple(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.userAgent);
}
