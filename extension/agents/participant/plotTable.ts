import * as vscode from 'vscode';
import type { PlotData, PlotDataResult } from '../../../daemon/protocol/messages';
import { orAborted } from '../../chat/waiting';
import { plain, table } from './markdown';
import type { ReferencedFile } from './referencedFiles';
import type { Turn, TurnResult } from './turn';

const MOST_ROWS = 12;
/** A pasted picture has no place for a file beside it: its numbers stand in the answer, where they can be copied. */
const MOST_CSV = 20_000;

/** The numbers behind each plot as a table, and a button that opens all of them. No model is asked. */
export async function plotTable(turn: Turn): Promise<TurnResult> {
  const { stream, signal, ports, files } = turn;
  stream.progress(vscode.l10n.t('Reading the plot'));
  const daemon = await orAborted(ports.daemon(), signal);
  let isPlot = false;
  for (const one of files) {
    const source = await orAborted(one.file.load(), signal);
    const result = await orAborted(daemon.plotData({ source }, signal), signal);
    isPlot ||= result.data.kind !== 'none';
    show(one, result, stream);
  }
  return {
    metadata: {
      keys: files.map(({ file }) => file.key),
      command: 'data',
      question: turn.request.prompt,
      modality: 'image',
      isPlot,
    },
  };
}

function show({ file, uri }: ReferencedFile, { data, csv }: PlotDataResult, stream: vscode.ChatResponseStream): void {
  if (data.kind === 'none') {
    stream.markdown(
      `${plain(vscode.l10n.t('{0} does not look like a plot, so there is nothing to extract.', file.name))}\n\n`,
    );
    return;
  }
  stream.markdown(heading(file.name, data));
  stream.markdown(seriesTable(data));
  stream.markdown(warningList(data.warnings));
  if (data.series.length === 0) return;
  if (uri)
    stream.button({ command: 'onelens.extractPlotData', title: vscode.l10n.t('Open the CSV'), arguments: [uri] });
  else if (csv.length <= MOST_CSV) stream.markdown(`\n\`\`\`csv\n${csv.replaceAll('```', '')}\n\`\`\`\n`);
}

function heading(name: string, { title, kind, x, y, series }: PlotData): string {
  const axes = [x, y].map(({ label, scale }) => (label ? `${label} (${scale})` : scale)).join(' · ');
  const what = vscode.l10n.t('{0} plot, {1} series; axes: {2}. Measured from the pixels.', kind, series.length, axes);
  return `**${plain(title ?? name)}**\n\n${plain(what)}\n\n`;
}

/** One row a point, the first ones; where there are more, the row of dots says so. */
export function seriesTable({ series, x, y }: PlotData): string {
  const heads = [vscode.l10n.t('Series'), x.label ?? 'x', y.label ?? 'y'];
  const share = Math.max(2, Math.floor(MOST_ROWS / Math.max(1, series.length)));
  const rows = series.flatMap(({ name, color, points }) => {
    const shown = points.slice(0, share);
    const cells = shown.map(([px, py]) => [name ?? color, cell(px), cell(py)]);
    const rest = points.length - shown.length;
    return rest > 0 ? [...cells, [name ?? color, '…', vscode.l10n.t('{0} more', rest)]] : cells;
  });
  return table(heads, rows);
}

const cell = (value: number | string): string =>
  typeof value === 'number' ? String(Number(value.toPrecision(6))) : value;

function warningList(warnings: readonly string[]): string {
  return warnings.map((warning) => `\n- ${plain(warning)}`).join('') + (warnings.length > 0 ? '\n' : '');
}
