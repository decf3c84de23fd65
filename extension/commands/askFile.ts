import * as vscode from 'vscode';
import { attachableFromUri } from '../chat/attachable';
import { isSupportedName } from '../chat/supportedFiles';
import type { CommandContext } from './commandContext';
import { pickFile } from './pickFile';
import { activeUri, urisOf } from './targets';

/** A file, a question, an answer in the panel. */
export async function askFile({ session, view }: CommandContext, ...args: unknown[]): Promise<void> {
  const uri = urisOf(args)[0] ?? supportedActiveUri() ?? (await pickFile('Ask About'));
  if (uri === undefined) return;
  const file = attachableFromUri(uri);
  const question = await vscode.window.showInputBox({
    title: `Ask About ${file.name}`,
    prompt: 'The answer appears in the OneLens panel.',
    placeHolder: 'What is in this file?',
    validateInput: (text) => (text.trim() === '' ? 'Write a question.' : undefined),
  });
  if (question === undefined) return;
  session.askAbout([file], question);
  await view.focus();
}

function supportedActiveUri(): vscode.Uri | undefined {
  const uri = activeUri();
  return uri !== undefined && isSupportedName(uri.path) ? uri : undefined;
}
