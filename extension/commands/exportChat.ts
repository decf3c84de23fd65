import * as vscode from 'vscode';
import { openExport } from '../history/openExport';
import type { CommandContext } from './commandContext';

/** The conversation that the panel shows, as a Markdown file that is not saved yet. */
export async function exportChat({ session }: CommandContext): Promise<void> {
  const conversation = session.kept();
  if (conversation !== null) return openExport(conversation);
  void vscode.window.showInformationMessage(vscode.l10n.t('There is nothing to export yet: ask a question first.'));
}
