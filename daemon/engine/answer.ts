import type { ChatModel, EncodedMedia } from '../backends/chatModel';
import { errors } from '../common/errors';
import type { AskProgress, AskResult } from '../protocol/messages';
import type { EngineParts } from './engineParts';
import { groundingText } from './grounding/groundingText';
import type { MediaPipeline, OpenMedia } from './mediaPipeline';
import { MEDIA_LIMIT_BYTES, mediaBytes } from './mediaSize';
import type { EngineAsk } from './messages';
import type { ModelSlot } from './modelSlot';
import { calibrated } from './uncertainty/calibrated';
import { curveFor } from './uncertainty/curveFor';
import { FactsFirst } from './uncertainty/factsFirst';
import { leadText } from './uncertainty/leadText';

export interface AnswerContext {
  parts: Pick<EngineParts, 'read'>;
  pipeline: MediaPipeline;
  models: ModelSlot;
}

type Report = (value: AskProgress) => void;

/** One question from the files' bytes to the whole answer. */
export async function answer(
  ask: EngineAsk,
  context: AnswerContext,
  signal: AbortSignal,
  report: Report,
): Promise<AskResult> {
  const begun = performance.now();
  const opened = await openAll(ask, context, signal, report);
  const decodeMs = performance.now() - begun;
  report({ kind: 'media', media: opened.map((o) => o.report) });

  const model = await context.models.get(ask.model, () => report({ kind: 'stage', stage: 'loading' }));
  if (signal.aborted) throw errors.cancelled();

  const encoding = performance.now();
  const { encoded, cached } = await encodeAll(opened, model, ask.noCache, context, signal, report);
  const encodeMs = performance.now() - encoding;

  report({ kind: 'stage', stage: 'prefill' });
  let firstTokenMs = 0;
  const { question, history, maxTokens, temperature, topP, seed } = ask;
  const reports = opened.map((o) => o.report);
  const facts = groundingText(reports);
  const request = { media: encoded, question, history, facts, maxTokens, temperature, topP, seed };
  const unsure = model.calibration?.unsure ?? 0;
  const calibration = curveFor(model.calibration, reports);
  const worth = (confidence: number) => calibrated(confidence, calibration);
  const shown = new FactsFirst(
    unsure,
    () => leadText(reports),
    (text) => report({ kind: 'piece', text }),
  );
  const generated = await model.generate(request, signal, (text, confidence) => {
    firstTokenMs ||= performance.now() - begun;
    shown.piece(text, worth(confidence));
  });
  shown.end();
  const sure = generated.text === '' ? 0 : worth(generated.confidence);
  return {
    text: shown.lead + generated.text,
    ...(shown.lead === '' ? {} : { lead: shown.lead }),
    // what was called a guess is not surer afterwards: the pieces that end an answer, or facts quoted after it, raise the mean
    confidence: shown.lead === '' ? sure : Math.min(sure, shown.confidence),
    ...(calibration.length === 0 ? {} : { calibrated: true }),
    model: model.id,
    device: model.device,
    media: opened.map((o, i) => ({
      ...o.report,
      warnings: [...new Set([...o.report.warnings, ...encoded[i]!.warnings])],
      ...(encoded[i]!.input ? { input: encoded[i]!.input } : {}),
    })),
    usage: {
      promptTokens: generated.promptTokens,
      mediaTokens: generated.mediaTokens,
      completionTokens: generated.completionTokens,
    },
    timings: {
      decodeMs,
      encodeMs,
      firstTokenMs,
      totalMs: performance.now() - begun,
      tokensPerSecond: generated.tokensPerSecond,
    },
    cached: { media: opened.length > 0 && cached, prefixTokens: generated.prefixTokens },
    stopped: generated.stopped,
  };
}

async function openAll(
  ask: EngineAsk,
  context: AnswerContext,
  signal: AbortSignal,
  report: Report,
): Promise<OpenMedia[]> {
  const opened: OpenMedia[] = [];
  for (const source of ask.sources) {
    report({ kind: 'stage', stage: 'decoding', detail: 'path' in source ? source.path : source.name });
    const file = await context.parts.read(source, signal);
    opened.push(await context.pipeline.open(file, { preview: true, noCache: ask.noCache }, signal));
    if (signal.aborted) throw errors.cancelled();
    const bytes = opened.reduce((sum, o) => sum + (o.decoded ? mediaBytes(o.decoded) : 0), 0);
    if (bytes > MEDIA_LIMIT_BYTES) throw tooLarge(bytes);
  }
  return opened;
}

const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
const tooLarge = (bytes: number) =>
  errors.tooLarge('decoded size of all files together', gigabytes(bytes), gigabytes(MEDIA_LIMIT_BYTES));

async function encodeAll(
  opened: OpenMedia[],
  model: ChatModel,
  noCache: boolean,
  context: AnswerContext,
  signal: AbortSignal,
  report: Report,
): Promise<{ encoded: EncodedMedia[]; cached: boolean }> {
  const encoded: EncodedMedia[] = [];
  let cached = true;
  for (const open of opened) {
    report({ kind: 'stage', stage: 'encoding', detail: open.report.file });
    const one = await context.pipeline.encode(open, model, noCache, signal);
    if (signal.aborted) throw errors.cancelled();
    encoded.push(one.encoded);
    cached &&= one.cached;
    // decoded media are large; the embeddings are all that is needed from here on
    open.decoded = undefined;
  }
  return { encoded, cached };
}
