import * as vscode from 'vscode';
import type { FolderRow } from '../../daemon/protocol/folderMessages';
import { EXPORTS, type ExportFormat } from './exportRows';

const FORMATS: Array<{ label: string; description: string; format: ExportFormat }> = [
  { label: 'CSV', description: '.csv', format: 'csv' },
  { label: 'JSON', description: '.json', format: 'json' },
  { label: 'Markdown', description: '.md', format: 'md' },
];

/** Asks for the form and the place; an extension that the person types decides. */
export async function saveRows(folder: vscode.Uri, rows: readonly FolderRow[]): Promise<void> {
  const picked = await vscode.window.showQuickPick(FORMATS, { title: vscode.l10n.t('Save the Table As') });
  if (picked === undefined) return;
  const name = folder.path.split('/').filter(Boolean).at(-1) ?? 'folder';
  const target = await vscode.window.showSaveDialog({
    defaultUri: vscode.Uri.joinPath(folder, `${name}-descriptions.${picked.format}`),
    title: vscode.l10n.t('Save the Table'),
    filters: { [picked.label]: [picked.format] },
  });
  if (target === undefined) return;
  try {
    const format = formatOf(target.path) ?? picked.format;
    await vscode.workspace.fs.writeFile(target, Buffer.from(EXPORTS[format](rows)));
    await tell(target, rows.length);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    void vscode.window.showErrorMessage(vscode.l10n.t('OneLens: the table could not be saved: {0}', reason));
  }
}

async function tell(target: vscode.Uri, count: number): Promise<void> {
  const open = vscode.l10n.t('Open');
  const name = target.path.split('/').at(-1) ?? '';
  const chosen = await vscode.window.showInformationMessage(vscode.l10n.t('{0} rows saved to {1}.', count, name), open);
  if (chosen === open) await vscode.commands.executeCommand('vscode.open', target);
}

function formatOf(path: string): ExportFormat | undefined {
  const extension = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase();
  return extension === 'csv' || extension === 'json' || extension === 'md' ? extension : undefined;
}
