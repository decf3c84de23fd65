import * as vscode from 'vscode';
import type { CommandContext } from './commandContext';
import { urisOf } from './targets';

/** The folder of the menu, else the workspace's only one, else one that the person picks. */
export async function describeFolder({ folders }: CommandContext, ...args: unknown[]): Promise<void> {
  const folder = urisOf(args)[0] ?? (await pickFolder());
  if (folder !== undefined) folders.show(folder);
}

async function pickFolder(): Promise<vscode.Uri | undefined> {
  const open = vscode.workspace.workspaceFolders ?? [];
  const items = open.map(({ name, uri }) => ({ label: name, description: uri.fsPath, uri }));
  const browse = { label: vscode.l10n.t('$(folder-opened) Another Folder…'), description: '', uri: undefined };
  const picked = await vscode.window.showQuickPick([...items, browse], { title: vscode.l10n.t('Describe a Folder') });
  if (picked === undefined || picked.uri !== undefined) return picked?.uri;
  const chosen = await vscode.window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    openLabel: vscode.l10n.t('Describe'),
    title: vscode.l10n.t('Describe a Folder'),
  });
  return chosen?.[0];
}
