import * as vscode from 'vscode';
import { attachableFromUri } from '../chat/attachable';
import type { CommandContext } from './commandContext';
import { pickFile } from './pickFile';
import { activeUri, urisOf } from './targets';

/** On the files of the menu it was chosen from, else on the active tab's, else on one that the person picks. */
export async function describeFile({ session, view }: CommandContext, ...args: unknown[]): Promise<void> {
  const chosen = urisOf(args);
  const uris =
    chosen.length > 0
      ? chosen
      : [activeUri() ?? (await pickFile(vscode.l10n.t('Describe a File'), vscode.l10n.t('Describe')))].filter(
          (u) => u !== undefined,
        );
  if (uris.length === 0) return;
  const question = uris.length === 1 ? 'Describe this file.' : 'Describe these files.';
  session.askAbout(uris.map(attachableFromUri), question);
  await view.focus();
}
