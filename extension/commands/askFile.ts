import * as vscode from 'vscode';
import { attachableFromUri } from '../chat/attachable';
import { isSupportedName } from '../chat/supportedFiles';
import type { CommandContext } from './commandContext';
import { pickFile } from './pickFile';
import { activeUri, urisOf } from './targets';

/** A file, a question, an answer in the panel. */
export async function askFile({ session, view }: CommandContext, ...args: unknown[]): Promise<void> {
  const uri =
    urisOf(args)[0] ??
    supportedActiveUri() ??
    (await pickFile(vscode.l10n.t('Ask About a File'), vscode.l10n.t('Ask About')));
  if (uri === undefined) return;
  const file = attachableFromUri(uri);
  const question = await vscode.window.showInputBox({
    title: vscode.l10n.t('Ask About {0}', file.name),
    prompt: vscode.l10n.t('The answer appears in the OneLens panel.'),
    placeHolder: vscode.l10n.t('What is in this file?'),
    validateInput: (text) => (text.trim() === '' ? vscode.l10n.t('Write a question.') : undefined),
  });
  if (question === undefined) return;
  session.askAbout([file], question);
  await view.focus();
}

function supportedActiveUri(): vscode.Uri | undefined {
  const uri = activeUri();
  return uri !== undefined && isSupportedName(uri.path) ? uri : undefined;
}
