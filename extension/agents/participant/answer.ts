import * as vscode from 'vscode';
import { confidencePercent } from '../../../daemon/protocol/confidence';
import type { AskParams, AskProgress, AskResult, ChatTurn, MediaReport } from '../../../daemon/protocol/messages';
import { orAborted } from '../../chat/waiting';
import type { DaemonApi } from '../../supervisor/daemonApi';
import { toFailure } from '../../supervisor/failure';
import { factRows } from './factRows';
import { plain, table, withoutLinks } from './markdown';
import { questionOf } from './questionOf';
import { earlierTurns, type Turn, type TurnResult } from './turn';

/** Streams the model's words about all files together, then what was measured, under a heading of its own. */
export async function answer(turn: Turn): Promise<TurnResult> {
  const question = questionOf(turn.request, DESCRIBE);
  const result = await answerAbout(turn, question);
  return { metadata: metadataOf(turn, question, result) };
}

/** One answer a file. */
export async function describe(turn: Turn): Promise<TurnResult> {
  if (turn.files.length === 1) return answer(turn);
  const question = questionOf(turn.request, DESCRIBE);
  const results: AskResult[] = [];
  for (const one of turn.files) {
    turn.stream.markdown(`\n### ${plain(one.file.name)}\n\n`);
    results.push(await answerAbout({ ...turn, files: [one] }, question));
  }
  const { answer: _, ...metadata } = metadataOf(turn, question, results[0]!);
  return { metadata };
}

const DESCRIBE = 'Describe this.';

async function answerAbout(turn: Turn, question: string): Promise<AskResult> {
  const result = await ask(turn, question);
  const { stream, files } = turn;
  stream.markdown(saidBy(result));
  for (const [i, report] of result.media.entries())
    stream.markdown(measured(files[i]?.file.name ?? report.file, report));
  const uri = files[0]?.uri;
  if (uri) {
    const title = vscode.l10n.t('All Facts in OneLens');
    stream.button({ command: 'onelens.describeFile', title, arguments: [uri] });
  }
  return result;
}

/** One question about the turn's files; the pieces stream as they come. */
export async function ask({ files, history, stream, signal, ports }: Turn, question: string): Promise<AskResult> {
  stream.progress(vscode.l10n.t('Reaching the engine'));
  const daemon = await orAborted(ports.daemon(), signal);
  const media = await orAborted(Promise.all(files.map(({ file }) => file.load())), signal);
  const set = Object.entries(ports.options()).filter(([, value]) => value !== undefined);
  const params: AskParams = { ...Object.fromEntries(set), media, question };
  const earlier = earlierTurns(
    history,
    files.map(({ file }) => file.key),
  );
  return withHistory(daemon, params, earlier, follow(stream), signal);
}

/** A history that the model's context cannot take loses its older half, until none is left. */
async function withHistory(
  daemon: DaemonApi,
  params: AskParams,
  history: ChatTurn[],
  onProgress: (value: AskProgress) => void,
  signal: AbortSignal,
): Promise<AskResult> {
  try {
    const whole = history.length === 0 ? params : { ...params, history };
    return await orAborted(daemon.ask(whole, onProgress, signal), signal);
  } catch (error) {
    if (toFailure(error).code !== 'PROMPT_TOO_LONG' || history.length === 0) throw error;
    return withHistory(daemon, params, history.slice(Math.ceil(history.length / 2)), onProgress, signal);
  }
}

function follow(stream: vscode.ChatResponseStream): (value: AskProgress) => void {
  return (value) => {
    if (value.kind === 'stage') stream.progress(stageText(value.stage));
    if (value.kind === 'piece') stream.markdown(withoutLinks(value.text));
  };
}

function stageText(stage: Extract<AskProgress, { kind: 'stage' }>['stage']): string {
  switch (stage) {
    case 'starting':
      return vscode.l10n.t('Starting the engine');
    case 'loading':
      return vscode.l10n.t('Loading the model');
    case 'decoding':
      return vscode.l10n.t('Decoding and measuring');
    case 'encoding':
      return vscode.l10n.t('Looking at it');
    case 'prefill':
      return vscode.l10n.t('Reading the question');
  }
}

/** Whose words they were and how sure it was, under them. */
export function saidBy({ model, device, confidence }: AskResult): string {
  const percent = confidencePercent(confidence);
  const text = vscode.l10n.t('The words of {0} on {1}, confidence {2} %; they may be wrong.', model, device, percent);
  return `\n\n*${plain(text)}*\n`;
}

/** A table of facts of one file. */
export function measured(name: string, report: MediaReport): string {
  const heads = [vscode.l10n.t('Fact'), vscode.l10n.t('Value')];
  const warnings = report.warnings.map((warning) => `\n- ${plain(warning)}`).join('');
  return `\n**${plain(vscode.l10n.t('Measured in {0}', name))}**\n\n${table(heads, factRows(report))}${warnings}\n`;
}

export function metadataOf({ files, request }: Turn, question: string, result: AskResult): TurnResult['metadata'] {
  const [first] = result.media;
  const kind = first?.facts.find(({ name }) => name === 'plot.kind')?.value;
  const own = result.lead && result.text.startsWith(result.lead) ? result.text.slice(result.lead.length) : result.text;
  return {
    keys: files.map(({ file }) => file.key),
    command: request.command ?? '',
    question,
    ...(result.stopped === 'cancelled' ? {} : { answer: own }),
    ...(first ? { modality: first.modality } : {}),
    isPlot: kind !== undefined && kind !== 'none',
  };
}
