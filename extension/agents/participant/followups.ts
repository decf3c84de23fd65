import * as vscode from 'vscode';
import type { TurnMetadata } from './turn';

/** What one may want next, by what the answer was about. */
export function followups({ modality, isPlot, keys, command }: Partial<TurnMetadata>): vscode.ChatFollowup[] {
  if (keys === undefined || keys.length === 0) return [];
  const found: vscode.ChatFollowup[] = [];
  if (isPlot && command !== 'data')
    found.push({ prompt: '', command: 'data', label: vscode.l10n.t('Get the numbers of this plot') });
  if (keys.length > 1 && command !== 'compare')
    found.push({ prompt: '', command: 'compare', label: vscode.l10n.t('Compare these files') });
  const question = QUESTIONS[modality ?? ''];
  if (question) found.push({ prompt: question });
  return found;
}

/** What the embedded model was trained to answer, in the language it was trained in. */
const QUESTIONS: Readonly<Record<string, string>> = {
  image: 'What is in this picture?',
  audio: 'What sound is this?',
  video: 'What is in this video?',
  point: 'What object is this?',
  rgbd: 'What object is this?',
  rgbn: 'What object is this?',
  imu: 'What is the person doing?',
};
