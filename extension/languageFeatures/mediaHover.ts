import * as vscode from 'vscode';
import type { MediaReport } from '../../daemon/protocol/messages';
import { attachableFromUri } from '../chat/attachable';
import { isPictureName } from '../chat/supportedFiles';
import type { DaemonApi } from '../supervisor/daemonApi';
import { DOCUMENT_KINDS } from './documentKinds';
import { FactReader } from './factReader';
import { hoverPicture, isShownAsIs, type PictureFile } from './hoverPicture';
import { type HoverParts, hoverText } from './hoverText';
import { hoverWords } from './hoverWords';
import type { LastDescriptions } from './lastDescriptions';
import { measuredLines } from './measuredLines';
import { isAboutTheFile, type Measured, Measurements } from './measurements';
import { bytesText } from './numberText';
import { pathAt } from './pathAt';
import { type MediaFile, resolveMedia } from './resolveMedia';
import { isSafeUntrusted } from './safeUntrusted';

/** After this the hover shows what there is; the measuring goes on for the next look. */
const LIMIT_MS = 4000;
const COMMANDS = ['onelens.describeFile', 'onelens.askAboutThis', 'onelens.extractPlotData', 'onelens.openFile'];

export interface HoverPorts {
  daemon(): Promise<DaemonApi>;
  descriptions: LastDescriptions;
  log(line: string): void;
}

/** Over the path of a media file: a picture, what was measured, what was last said of it, and what can be done. */
export class MediaHover implements vscode.HoverProvider {
  private readonly measurements = new Measurements();

  constructor(private readonly ports: HoverPorts) {}

  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.Hover | undefined> {
    const kind = DOCUMENT_KINDS[document.languageId];
    if (kind === undefined) return undefined;
    const written = pathAt(document.lineAt(position.line).text, position.character, kind);
    if (written === null) return undefined;
    const file = await resolveMedia(document, written.path, kind);
    if (file === undefined || token.isCancellationRequested) return undefined;
    const measured = await this.measure(file, token);
    if (measured.state === 'left') return undefined;
    const range = new vscode.Range(position.line, written.start, position.line, written.end);
    return new vscode.Hover(this.markdown(file, measured), range);
  }

  private async measure(file: MediaFile, token: vscode.CancellationToken): Promise<Measured | { state: 'asked' }> {
    if (!vscode.workspace.isTrusted && !isSafeUntrusted(file.name)) return { state: 'asked' };
    const left = new AbortController();
    const listener = token.onCancellationRequested(() => left.abort());
    try {
      const stamp = { key: file.uri.toString(), mtime: file.mtime, size: file.size };
      return await this.measurements.of(stamp, (signal) => this.report(file, signal), LIMIT_MS, left.signal);
    } finally {
      listener.dispose();
    }
  }

  private async report(file: MediaFile, signal: AbortSignal): Promise<MediaReport> {
    const source = await attachableFromUri(file.uri).load();
    const daemon = await this.ports.daemon();
    return daemon.facts({ source, preview: !isShownAsIs(pictureFile(file)) }, signal);
  }

  private markdown(file: MediaFile, measured: Measured | { state: 'asked' }): vscode.MarkdownString {
    const report = measured.state === 'known' ? measured.report : undefined;
    const facts = new FactReader(report?.facts ?? []);
    const key = file.uri.toString();
    const description = this.ports.descriptions.of(key);
    const sides = { width: facts.number('image.width'), height: facts.number('image.height') };
    const picture = hoverPicture({ ...pictureFile(file), ...sides }, report?.preview);
    const text = hoverText(
      {
        name: file.name,
        ...(picture === undefined ? {} : { picture: { ...picture, alt: vscode.l10n.t('Preview of {0}', file.name) } }),
        measured: report === undefined ? [] : measuredLines(report),
        ...noteOf(file, measured, (line) => this.ports.log(line)),
        ...(description === undefined ? {} : { description }),
        outdated: (description?.at ?? file.mtime) < file.mtime,
        actions: actionsFor(key, file, facts),
      },
      hoverWords(),
    );
    const markdown = new vscode.MarkdownString(text, true);
    markdown.supportHtml = true;
    markdown.isTrusted = { enabledCommands: COMMANDS };
    return markdown;
  }
}

function pictureFile({ uri, name, size }: MediaFile): PictureFile {
  return { uri: uri.scheme === 'file' ? uri.toString() : null, name, size };
}

/** Why there are no facts; a daemon that does not start is the log's and the status item's to tell. */
function noteOf(file: MediaFile, measured: Measured | { state: 'asked' }, log: (line: string) => void) {
  const size = bytesText(file.size);
  if (measured.state === 'late') return { note: vscode.l10n.t('{0}. Still being measured: look again soon.', size) };
  if (measured.state === 'asked')
    return { note: vscode.l10n.t('{0}. Measured only when you ask, as this workspace is not trusted.', size) };
  if (measured.state !== 'failed') return {};
  log(`${file.name}: error[${measured.failure.code}]: ${measured.failure.message}`);
  return { note: isAboutTheFile(measured.failure) ? measured.failure.message : size };
}

function actionsFor(key: string, { name }: MediaFile, facts: FactReader): HoverParts['actions'] {
  const { t } = vscode.l10n;
  const link = (command: string) => `command:${command}?${encodeURIComponent(JSON.stringify([key]))}`;
  const isPlot = isPictureName(name) && (facts.text('plot.kind') ?? 'none') !== 'none';
  const [describe, ask, extract, open] = COMMANDS as [string, string, string, string];
  return [
    { title: t('Describe'), icon: 'eye', command: link(describe), tooltip: t('Describe This File') },
    { title: t('Ask'), icon: 'comment-discussion', command: link(ask), tooltip: t('Ask About This') },
    ...(isPlot
      ? [
          {
            title: t('Extract data'),
            icon: 'graph-line',
            command: link(extract),
            tooltip: t('Extract Data from This Plot'),
          },
        ]
      : []),
    { title: t('Open'), icon: 'go-to-file', command: link(open), tooltip: t('Open the File') },
  ];
}
