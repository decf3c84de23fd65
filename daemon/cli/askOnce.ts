import { resolve } from 'node:path';
import { errors } from '../common/errors';
import {
  type AskParams,
  type AskProgress,
  type AskResult,
  type MediaHints,
  type MediaReport,
  methods,
} from '../protocol/messages';
import type { CommandContext } from './command';

/** What the command line says about a question. */
export interface Question {
  files: string[];
  question: string;
  /** Of the first file. */
  hints?: MediaHints;
  model?: string | undefined;
  maxTokens?: number | undefined;
  temperature?: number | undefined;
  seed?: number | undefined;
  noCache?: boolean;
}

const STAGE_TEXTS = {
  starting: 'starting the engine',
  loading: 'loading the model',
  decoding: 'decoding',
  encoding: 'looking at it',
  prefill: 'reading the question',
} satisfies Record<Extract<AskProgress, { kind: 'stage' }>['stage'], string>;

/**
 * One question through the daemon. `onPiece` gets the answer as it comes. Throws what the daemon says; an answer that
 * was cancelled is a result.
 */
export async function askOnce(
  question: Question,
  context: CommandContext,
  onPiece: (text: string) => void,
  onMedia: (media: MediaReport[]) => void = () => {},
): Promise<AskResult> {
  const { terminal, signal } = context;
  terminal.progress('reaching the daemon ...');
  const daemon = await context.daemon();
  if (signal.aborted) throw errors.cancelled();
  const onProgress = (value: AskProgress) => {
    if (value.kind === 'stage') terminal.progress(`${STAGE_TEXTS[value.stage]} ... ${value.detail ?? ''}`);
    else if (value.kind === 'media') onMedia(named(value.media, question.files));
    else {
      terminal.progress(null);
      onPiece(value.text);
    }
  };
  try {
    const result = await daemon.stream<AskResult>(methods.ask, paramsOf(question, context.cwd), onProgress, signal);
    return { ...result, media: named(result.media, question.files) };
  } finally {
    terminal.progress(null);
  }
}

function paramsOf(question: Question, cwd: string): AskParams {
  const { files, question: text, hints, model, maxTokens, temperature, seed, noCache } = question;
  return {
    media: files.map((file, i) => ({ path: resolve(cwd, file), ...(i === 0 ? hints : {}) })),
    question: text,
    ...(model === undefined ? {} : { model }),
    ...(maxTokens === undefined ? {} : { maxTokens }),
    ...(temperature === undefined ? {} : { temperature }),
    ...(seed === undefined ? {} : { seed }),
    ...(noCache ? { noCache } : {}),
  };
}

/** Files are called what the user called them. */
function named(media: MediaReport[], files: string[]): MediaReport[] {
  return media.map((report, i) => ({ ...report, file: files[i] ?? report.file }));
}

/** The contract's fields in the contract's order; previews and warnings are for other clients. */
export function askJson(result: AskResult): object {
  const { text, confidence, model, device, media, usage, timings, cached, stopped } = result;
  return {
    text,
    confidence,
    model,
    device,
    media: media.map(({ file, modality, facts }) => ({ file, modality, facts })),
    usage,
    timings: mapNumbers(timings, (ms) => Math.round(ms * 10) / 10),
    cached,
    stopped,
  };
}

function mapNumbers<T extends Record<string, number>>(record: T, map: (value: number) => number): T {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)])) as T;
}
