import * as vscode from 'vscode';
import { type MapHints, mapFromUri } from '../chat/attachable';
import { isPictureName } from '../chat/supportedFiles';
import type { CommandContext } from './commandContext';
import { pickFile } from './pickFile';
import { activeUri, urisOf } from './targets';

/** A depth or normal map whose name does not say what it is, or whose photograph is named otherwise: the person says so. */
export async function askMap({ session, view }: CommandContext, ...args: unknown[]): Promise<void> {
  const active = activeUri();
  const uri =
    urisOf(args)[0] ??
    (active !== undefined && isPictureName(active.path)
      ? active
      : await pickFile(vscode.l10n.t('Ask About a File'), vscode.l10n.t('Ask About')));
  if (uri === undefined) return;
  const as = await pickKind();
  if (as === undefined) return;
  const photo = await pickPhoto(uri);
  if (photo === 'left') return;
  session.askAbout([mapFromUri(uri, photo === undefined ? { as } : { as, photo })], 'Describe this file.');
  await view.focus();
}

async function pickKind(): Promise<MapHints['as'] | undefined> {
  const items: Array<vscode.QuickPickItem & { as: MapHints['as'] }> = [
    {
      label: vscode.l10n.t('Depth map'),
      description: vscode.l10n.t('each pixel is a distance, or a disparity'),
      as: 'depth',
    },
    {
      label: vscode.l10n.t('Normal map'),
      description: vscode.l10n.t('each pixel is the direction of the surface'),
      as: 'normal',
    },
  ];
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('What Is in This Map?') }))?.as;
}

/** The photograph; undefined for none, or for the one beside it by its name; "left" where the person gave up. */
async function pickPhoto(map: vscode.Uri): Promise<vscode.Uri | undefined | 'left'> {
  const items = [
    { label: vscode.l10n.t('By its file name, where there is one'), choose: false },
    { label: vscode.l10n.t('Choose a photograph…'), choose: true },
  ];
  const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Its Photograph') });
  if (picked === undefined) return 'left';
  if (!picked.choose) return undefined;
  const uris = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Its Photograph'),
    openLabel: vscode.l10n.t('Choose'),
    defaultUri: vscode.Uri.joinPath(map, '..'),
  });
  return uris?.[0] ?? 'left';
}
