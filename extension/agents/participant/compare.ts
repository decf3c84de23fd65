import * as vscode from 'vscode';
import { ask, metadataOf, saidBy } from './answer';
import { differingRows } from './factRows';
import { plain, table } from './markdown';
import { questionOf } from './questionOf';
import type { Turn, TurnResult } from './turn';

/** The model's words about all files at once, then the facts in which they differ, side by side. */
export async function compare(turn: Turn): Promise<TurnResult> {
  const { request, files, stream } = turn;
  const question = questionOf(request, 'What is the difference between these?');
  const result = await ask(turn, question);
  stream.markdown(saidBy(result));
  const rows = differingRows(result.media);
  stream.markdown(`\n**${plain(vscode.l10n.t('Measured differences'))}**\n\n`);
  const heads = [vscode.l10n.t('Fact'), ...files.map(({ file }) => file.name)];
  stream.markdown(rows.length > 0 ? table(heads, rows) : plain(vscode.l10n.t('No measured fact differs.')));
  return { metadata: metadataOf(turn, question, result) };
}
