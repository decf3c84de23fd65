import * as vscode from 'vscode';
import type { CommandContext } from './commandContext';

/** Of the folder's page in front. */
export async function saveFolderTable({ folders }: CommandContext): Promise<void> {
  const page = folders.active;
  if (page !== undefined) return page.save();
  void vscode.window.showInformationMessage(
    vscode.l10n.t('Open a table with "OneLens: Describe Folder" first; the one in front is saved.'),
  );
}
