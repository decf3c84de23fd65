import * as vscode from 'vscode';
import { attachableFromBytes } from '../chat/attachable';
import { outputPictures } from '../languageFeatures/outputPictures';
import type { CommandContext } from './commandContext';

/** The pictures in the output of a notebook's cell go to the chat as they are, and are asked about. */
export async function describeOutput({ session, view }: CommandContext, ...args: unknown[]): Promise<void> {
  const cell = isCell(args[0]) ? args[0] : activeCell();
  if (cell === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Choose the cell of a notebook first.'));
    return;
  }
  const pictures = outputPictures(cell.outputs, nameOf(cell));
  if (pictures.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('The output of this cell has no picture.'));
    return;
  }
  const files = pictures.map(({ name, data }) => attachableFromBytes(name, Buffer.from(data).toString('base64')));
  session.askAbout(files, files.length === 1 ? 'Describe this file.' : 'Describe these files.');
  await view.focus();
}

function activeCell(): vscode.NotebookCell | undefined {
  const editor = vscode.window.activeNotebookEditor;
  return editor === undefined ? undefined : editor.notebook.cellAt(editor.selection.start);
}

function isCell(value: unknown): value is vscode.NotebookCell {
  return typeof value === 'object' && value !== null && 'outputs' in value && 'notebook' in value;
}

/** "analysis, cell 3". */
function nameOf({ notebook, index }: vscode.NotebookCell): string {
  const file = notebook.uri.path.split('/').at(-1) ?? '';
  return vscode.l10n.t('{0}, cell {1}', file.replace(/\.[^.]*$/, '') || file, index + 1);
}
