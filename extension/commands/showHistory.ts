import * as vscode from 'vscode';
import { pickConversation } from '../history/historyPicker';
import { toFailure } from '../supervisor/failure';
import type { CommandContext } from './commandContext';

/** A conversation of this workspace, found by its title or by what was said in it, to go on with. */
export async function showHistory({ history, view, log }: CommandContext): Promise<void> {
  const id = await pickConversation(history);
  if (id === undefined) return;
  try {
    await history.open(id);
    await view.focus();
  } catch (error) {
    const { message } = toFailure(error);
    log.warn(message);
    void vscode.window.showErrorMessage(`OneLens: ${message}`);
  }
}
