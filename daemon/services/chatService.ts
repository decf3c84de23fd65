import { isOneLensError } from '../common/errors';
import type { Engine } from '../engine/engineHost';
import type { EngineAsk, EngineFile, EngineSource, ModelChoice } from '../engine/messages';
import type { AskParams, AskProgress, AskResult, FileSource, MediaReport, MediaSource } from '../protocol/messages';

/** Greedy, so that the same question gets the same answer; a seed matters only above temperature 0. */
export const ASK_DEFAULTS = { maxTokens: 256, temperature: 0, topP: 0.75, seed: 0 } as const;

/** Asking about files. */
export class ChatService {
  constructor(
    private readonly engine: Engine,
    /** The pack of a model, by default of the one in use. */
    private readonly chooseModel: (id: string | undefined) => Promise<ModelChoice>,
  ) {}

  /** A cancel resolves at once to what had come so far, `stopped: "cancelled"`; other failures reject. */
  async ask(params: AskParams, signal: AbortSignal, onProgress: (value: AskProgress) => void): Promise<AskResult> {
    const begun = performance.now();
    const soFar = new PartialAnswer();
    const follow = (value: AskProgress) => {
      soFar.add(value);
      onProgress(value);
    };
    try {
      return await this.engine.ask(await this.request(params), signal, follow);
    } catch (error) {
      if (!isOneLensError(error) || error.code !== 'CANCELLED') throw error;
      const { model } = this.engine.status;
      return soFar.cancelled(model?.id ?? params.model ?? '', model?.device ?? '', performance.now() - begun);
    }
  }

  private async request(params: AskParams): Promise<EngineAsk> {
    return {
      sources: params.media.map(toEngineSource),
      question: params.question,
      history: params.history ?? [],
      model: await this.chooseModel(params.model),
      maxTokens: params.maxTokens ?? ASK_DEFAULTS.maxTokens,
      temperature: params.temperature ?? ASK_DEFAULTS.temperature,
      topP: params.topP ?? ASK_DEFAULTS.topP,
      seed: params.seed ?? ASK_DEFAULTS.seed,
      noCache: params.noCache ?? false,
      ...(params.background ? { background: true } : {}),
    };
  }
}

export function toEngineSource(source: MediaSource): EngineSource {
  const { as, photo, frames, restricted } = source;
  return {
    ...toEngineFile(source),
    ...(as ? { as } : {}),
    ...(photo ? { photo: toEngineFile(photo) } : {}),
    ...(restricted ? { restricted } : {}),
    ...(frames ? { frames: frames.map(({ time, base64 }) => ({ time, bytes: Buffer.from(base64, 'base64') })) } : {}),
  };
}

function toEngineFile(source: FileSource): EngineFile {
  if ('path' in source) return { path: source.path };
  return { name: source.name, bytes: Buffer.from(source.base64, 'base64') };
}

/** What had been streamed when an answer was cancelled. */
class PartialAnswer {
  private text = '';
  private media: MediaReport[] = [];
  private firstTokenMs = 0;
  private readonly begun = performance.now();

  add(value: AskProgress): void {
    if (value.kind === 'media') this.media = value.media;
    if (value.kind !== 'piece') return;
    this.text += value.text;
    this.firstTokenMs ||= performance.now() - this.begun;
  }

  cancelled(model: string, device: string, totalMs: number): AskResult {
    return {
      text: this.text,
      confidence: 0,
      model,
      device,
      media: this.media,
      usage: { promptTokens: 0, mediaTokens: 0, completionTokens: 0 },
      timings: { decodeMs: 0, encodeMs: 0, firstTokenMs: this.firstTokenMs, totalMs, tokensPerSecond: 0 },
      cached: { media: false, prefixTokens: 0 },
      stopped: 'cancelled',
    };
  }
}
