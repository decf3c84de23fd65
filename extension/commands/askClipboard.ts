import * as vscode from 'vscode';
import type { CommandContext } from './commandContext';

const PAGE_LIMIT_MS = 10_000;

/** VS Code gives extensions the text of the clipboard only, so the panel's page reads the picture, or says how to paste it. */
export async function askClipboard({ view }: CommandContext): Promise<void> {
  await view.focus();
  if (await view.ready(PAGE_LIMIT_MS)) view.post({ type: 'pasteClipboard' });
  else void vscode.window.showInformationMessage(vscode.l10n.t('Paste the picture into the question of the chat.'));
}
