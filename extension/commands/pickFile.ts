import * as vscode from 'vscode';
import { dialogFilters, MENU_GLOB } from '../chat/supportedFiles';

const MOST_FILES = 500;

interface FileItem extends vscode.QuickPickItem {
  /** Absent on the item that opens the dialog. */
  uri?: vscode.Uri;
}

/** One of the workspace's files of a supported kind, or any file by the dialog; undefined when the person leaves. @param button of the dialog */
export async function pickFile(title: string, button: string): Promise<vscode.Uri | undefined> {
  const source = new vscode.CancellationTokenSource();
  try {
    const picked = await vscode.window.showQuickPick(workspaceFiles(source.token), {
      title,
      placeHolder: vscode.l10n.t('Choose an image, a plot, a recording or a point cloud'),
      matchOnDescription: true,
    });
    if (picked === undefined) return undefined;
    return picked.uri ?? (await browse(title, button));
  } finally {
    source.cancel();
    source.dispose();
  }
}

async function workspaceFiles(token: vscode.CancellationToken): Promise<FileItem[]> {
  const uris = await vscode.workspace.findFiles(MENU_GLOB, '**/node_modules/**', MOST_FILES, token);
  const items: FileItem[] = uris
    .sort((a, b) => a.path.localeCompare(b.path))
    .map((uri) => ({
      label: uri.path.split('/').at(-1) ?? uri.path,
      description: vscode.workspace.asRelativePath(uri).split('/').slice(0, -1).join('/'),
      uri,
    }));
  return [{ label: `$(folder-opened) ${vscode.l10n.t('Browse…')}`, alwaysShow: true }, ...items];
}

async function browse(title: string, openLabel: string): Promise<vscode.Uri | undefined> {
  const uris = await vscode.window.showOpenDialog({
    openLabel,
    title,
    filters: dialogFilters(),
  });
  return uris?.[0];
}
