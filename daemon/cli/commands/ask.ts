import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { errors } from '../../common/errors';
import { confidencePercent } from '../../protocol/confidence';
import type { AskResult } from '../../protocol/messages';
import { askJson, askOnce, type Question } from '../askOnce';
import {
  type Command,
  type CommandContext,
  JSON_OPTION,
  MAP_OPTIONS,
  MODEL_OPTION,
  mapHints,
  numberOption,
  type ParsedArguments,
  printJson,
  textOption,
} from '../command';
import type { Terminal } from '../terminal';

export const ask: Command = {
  name: 'ask',
  usage: 'FILE... QUESTION',
  summary: 'Ask about one or more files; the last argument is the question.',
  options: {
    ...MODEL_OPTION,
    ...JSON_OPTION,
    ...MAP_OPTIONS,
    'max-tokens': { type: 'string' },
    temperature: { type: 'string' },
    seed: { type: 'string' },
    'no-cache': { type: 'boolean' },
  },
  async run(args, context) {
    const question = readQuestion(args, context);
    const json = args.options.json === true;
    let streamed = '';
    const result = await askOnce(question, context, (text) => {
      streamed += text;
      if (!json) context.terminal.out(text);
    });
    if (json) printJson(context.terminal, askJson(result));
    else finishText(context.terminal, result, streamed);
    for (const warning of result.media.flatMap((m) => m.warnings)) context.terminal.err(`warning: ${warning}\n`);
    if (result.stopped === 'cancelled') throw errors.cancelled();
    return 0;
  },
};

function readQuestion(args: ParsedArguments, context: CommandContext): Question {
  const files = args.positionals.slice(0, -1);
  const question = args.positionals.at(-1);
  if (question === undefined) throw errors.usage('onelens ask needs a FILE and a QUESTION.');
  if (isFile(resolve(context.cwd, question)))
    throw errors.usage(`onelens ask needs a question; its last argument "${question}" is a file.`);
  if (files.length === 0) throw errors.usage(`onelens ask needs a file to ask "${question}" about.`);
  if (question.trim() === '') throw errors.usage('The question is empty.');
  return {
    files,
    question,
    hints: mapHints(args, context.cwd),
    model: textOption(args, 'model'),
    maxTokens: numberOption(args, 'max-tokens', { min: 1, max: 100_000, integer: true }),
    temperature: numberOption(args, 'temperature', { min: 0, max: 10 }),
    seed: numberOption(args, 'seed', { min: 0, max: Number.MAX_SAFE_INTEGER, integer: true }),
    noCache: args.options['no-cache'] === true,
  };
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

/** What came without streaming (nothing, as a rule), the last line's end, and a line for who looks. */
function finishText(terminal: Terminal, result: AskResult, streamed: string): void {
  if (!streamed) terminal.out(result.text);
  if (!(streamed || result.text).endsWith('\n')) terminal.out('\n');
  if (terminal.interactive) terminal.err(`${summaryLine(result)}\n`);
}

/** "confidence 0.83 · onelens-nano on cpu · 1.2 s". */
export function summaryLine(result: AskResult): string {
  const seconds = (result.timings.totalMs / 1000).toFixed(1);
  const cached = result.cached.media ? ' · from cache' : '';
  return `confidence ${(confidencePercent(result.confidence) / 100).toFixed(2)} · ${result.model} on ${result.device} · ${seconds} s${cached}`;
}
