import * as vscode from 'vscode';
import { toFailure } from '../supervisor/failure';
import type { CommandContext } from './commandContext';

/** Quiet where it works (the status item tells); an error names what to do. */
export async function restartEngine({ supervisor, log }: CommandContext): Promise<void> {
  log.info('Restarting the engine');
  const options = { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('OneLens: restarting the engine') };
  try {
    await vscode.window.withProgress(options, () => supervisor.restart());
  } catch (error) {
    const choice = await vscode.window.showErrorMessage(toFailure(error).message, vscode.l10n.t('Show Log'));
    if (choice !== undefined) log.show(true);
  }
}
