import * as vscode from 'vscode';
import { attachableFromUri } from '../chat/attachable';
import type { CommandContext } from './commandContext';

/** One of the product's own samples: what a person can try before there is a file of their own. */
export async function describeSample({ session, view, extensionUri }: CommandContext): Promise<void> {
  const picked = await vscode.window.showQuickPick(samples(), { title: vscode.l10n.t('Describe a Sample') });
  if (picked === undefined) return;
  const uri = vscode.Uri.joinPath(extensionUri, 'media', 'samples', picked.description);
  session.askAbout([attachableFromUri(uri)], 'Describe this file.');
  await view.focus();
}

/** Each with its file's name as the description. */
function samples(): Array<{ label: string; description: string }> {
  return [
    { label: vscode.l10n.t('A plot'), description: 'plot.png' },
    { label: vscode.l10n.t('A photograph'), description: 'photo.jpg' },
    { label: vscode.l10n.t('A recording'), description: 'recording.wav' },
    { label: vscode.l10n.t('A point cloud'), description: 'cloud.ply' },
    { label: vscode.l10n.t('A short animation'), description: 'clip.gif' },
    { label: vscode.l10n.t('A depth map with its photograph'), description: 'chair_depth.png' },
    { label: vscode.l10n.t('A walk, recorded by a motion sensor'), description: 'walk.csv' },
  ];
}
