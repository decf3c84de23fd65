import * as vscode from 'vscode';
import { attachableFromUri } from '../chat/attachable';
import { isPictureName } from '../chat/supportedFiles';
import { openPlotData } from '../plot/openPlotData';
import { toFailure } from '../supervisor/failure';
import type { CommandContext } from './commandContext';
import { pickFile } from './pickFile';
import { activeUri, urisOf } from './targets';

/** The numbers behind a picture of a plot: as CSV beside it, and drawn over the picture for checking. */
export async function extractPlotData(context: CommandContext, ...args: unknown[]): Promise<void> {
  const active = activeUri();
  const uri =
    urisOf(args)[0] ??
    (active !== undefined && isPictureName(active.path)
      ? active
      : await pickFile(vscode.l10n.t('Extract Data from a File'), vscode.l10n.t('Extract Data')));
  if (uri === undefined) return;
  const file = attachableFromUri(uri);
  try {
    const options = {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Reading {0}', file.name),
      cancellable: true,
    };
    const result = await vscode.window.withProgress(options, async (_progress, token) => {
      const abort = new AbortController();
      token.onCancellationRequested(() => abort.abort());
      const daemon = await context.supervisor.ready();
      return daemon.plotData({ source: await file.load(), picture: true }, abort.signal);
    });
    if (result.data.kind === 'none') {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('{0} does not look like a plot, so there is nothing to extract.', file.name),
      );
      return;
    }
    context.plots.show(uri, result);
    if (result.data.series.length > 0) await openPlotData(uri, result.csv, 'csv');
  } catch (error) {
    const failure = toFailure(error);
    if (failure.code === 'CANCELLED') return;
    context.log.warn(`${file.name}: error[${failure.code}]: ${failure.message}`);
    void vscode.window.showErrorMessage(`OneLens: ${failure.message}`);
  }
}
