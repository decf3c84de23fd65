import * as vscode from 'vscode';

const MOST_NAMES = 100;

/** Opens the numbers as an unsaved file beside the picture, named after it, in the column beside. Nothing is overwritten. */
export async function openPlotData(picture: vscode.Uri, text: string, extension: 'csv' | 'json'): Promise<void> {
  const uri = await freeName(picture, extension);
  const edit = new vscode.WorkspaceEdit();
  const document = await vscode.workspace.openTextDocument(uri);
  const all = new vscode.Range(document.positionAt(0), document.positionAt(document.getText().length));
  edit.replace(uri, all, text);
  await vscode.workspace.applyEdit(edit);
  await vscode.window.showTextDocument(document, {
    viewColumn: vscode.ViewColumn.Beside,
    preserveFocus: true,
    preview: false,
  });
}

/** "sales.csv" beside "sales.png", or "sales-2.csv" where that is taken. */
async function freeName(picture: vscode.Uri, extension: string): Promise<vscode.Uri> {
  const stem = picture.path.replace(/\.[^./]*$/, '');
  const open = new Set(vscode.workspace.textDocuments.map(({ uri }) => uri.path));
  for (let n = 1; n <= MOST_NAMES; n++) {
    const path = `${stem}${n === 1 ? '' : `-${n}`}.${extension}`;
    if (!open.has(path) && !(await exists(picture.with({ path })))) return picture.with({ scheme: 'untitled', path });
  }
  return vscode.Uri.from({ scheme: 'untitled', path: `${stem}-${Date.now()}.${extension}` });
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}
