import * as vscode from 'vscode';
import { attachableFromUri } from '../chat/attachable';
import type { CommandContext } from './commandContext';
import { pickFile } from './pickFile';
import { activeUri, urisOf } from './targets';

/** The file (of the preview, of the link) goes to the chat, and the cursor into the question. */
export async function askAboutThis({ session, view }: CommandContext, ...args: unknown[]): Promise<void> {
  const uri =
    urisOf(args)[0] ?? activeUri() ?? (await pickFile(vscode.l10n.t('Ask About a File'), vscode.l10n.t('Ask About')));
  if (uri === undefined) return;
  session.attachOnly([attachableFromUri(uri)]);
  await view.focus();
}
