import type { FromPanel } from '../daemon/protocol/panelMessages';
import { t } from './l10n';
import { base64OfDataUrl, urisOf } from './transfer';

/** Bytes that travel through the window; larger files are attached by their address. */
const LIMIT = 32 * 1024 * 1024;

export interface AttachPorts {
  post(message: FromPanel): void;
  /** Tells the person why something was not attached. */
  notice(text: string): void;
}

/** Files that are dropped on the page (VS Code wants Shift held) or pasted into it. */
export function acceptDropAndPaste(page: HTMLElement, ports: AttachPorts): void {
  page.addEventListener('dragover', (event) => {
    event.preventDefault();
    if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
    page.classList.add('dropping');
  });
  page.addEventListener('dragleave', (event) => {
    if (event.relatedTarget === null) page.classList.remove('dropping');
  });
  page.addEventListener('drop', (event) => {
    event.preventDefault();
    page.classList.remove('dropping');
    if (event.dataTransfer !== null) attachTransfer(event.dataTransfer, ports);
  });
  page.addEventListener('paste', (event) => {
    if (event.clipboardData === null || event.clipboardData.files.length === 0) return;
    event.preventDefault();
    attachTransfer(event.clipboardData, ports);
  });
}

function attachTransfer(transfer: DataTransfer, ports: AttachPorts): void {
  const uris = urisOf((type) => transfer.getData(type));
  if (uris.length > 0) ports.post({ type: 'attachUris', uris });
  else for (const file of transfer.files) void attachFile(file, ports);
}

/** By its bytes, where they are not too many. */
export async function attachFile(file: File, ports: AttachPorts): Promise<void> {
  const name = file.name || t('pasted');
  if (file.size > LIMIT) {
    ports.notice(t('{0} is larger than 32 MiB. Use the Attach button instead.', name));
    return;
  }
  try {
    ports.post({ type: 'attachBytes', name, base64: base64OfDataUrl(await dataUrl(file)) });
  } catch {
    ports.notice(t('{0} could not be read.', name));
  }
}

function dataUrl(file: File): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
