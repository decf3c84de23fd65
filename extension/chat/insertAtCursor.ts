import * as vscode from 'vscode';

/** At every cursor of the active text editor, in place of what is selected; as one edit, which one undo takes back. */
export async function insertAtCursor(text: string): Promise<void> {
  const editor = vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors[0];
  if (editor === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        'No text editor is open to insert into. Open the file, put the cursor where the answer should go, and choose it again.',
      ),
    );
    return;
  }
  const done = await editor.edit((edit) => {
    for (const selection of editor.selections) edit.replace(selection, text);
  });
  if (!done) {
    const name = vscode.workspace.asRelativePath(editor.document.uri);
    void vscode.window.showWarningMessage(vscode.l10n.t('{0} cannot be edited, so nothing was inserted.', name));
    return;
  }
  await vscode.window.showTextDocument(editor.document, { viewColumn: editor.viewColumn, preserveFocus: false });
}
