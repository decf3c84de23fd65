import { errors } from '../common/errors';
import { Confidence } from './confidence';
import type { DecoderState, LanguageModelPort } from './ports';
import { piecesOf, Quotation, quotable } from './quotation';
import { Repetition } from './repetition';
import { probabilityOf, type Sampler, type SamplingOptions, samplerFor } from './sampling';
import { type PositionKey, type Segment, Sequence } from './sequence';
import { type TokenBytes, TokenStream } from './tokenStream';
import { Verdict } from './verdict';

/**
 * A decoder state and what stands at each of its positions. Keep it between the turns of a chat and hand it to the
 * next `generate`: the positions that both sequences share are not computed again. One call at a time.
 */
export interface Conversation {
  readonly state: DecoderState;
  /** keys.length === state.length. */
  keys: PositionKey[];
}

export function newConversation(model: LanguageModelPort): Conversation {
  return { state: model.newState(), keys: [] };
}

export interface GenerateContext {
  model: LanguageModelPort;
  tokenizer: TokenBytes & { readonly eosId: number };
  /** Changed by the call: afterwards it holds the prompt and the answer. */
  conversation: Conversation;
}

export interface GenerateOptions extends SamplingOptions {
  maxTokens: number;
  /** The measured facts that stand in the prompt: what is quoted is quoted from them (`Quotation`); with them a `Verdict` follows from names. */
  facts?: string;
}

/** The same fields as `GenerateResult` of the backends, which this layer may not import. */
export interface Generation {
  text: string;
  /** See `Confidence`. */
  confidence: number;
  /** All positions of the prompt: BOS, media with tags, text. */
  promptTokens: number;
  /** Those of them that media and their tags took. */
  mediaTokens: number;
  /** Chosen tokens, EOS or the stop string's included. */
  completionTokens: number;
  /** Positions taken over from the conversation. */
  prefixTokens: number;
  /** From the call to the first chosen token; 0 when none was. */
  firstTokenMs: number;
  /** After the first token; 0 with fewer than two. */
  tokensPerSecond: number;
  stopped: 'end' | 'length' | 'cancelled';
}

/** Positions a forward pass of the prompt: a cancel is heard after each. */
export const PREFILL_CHUNK = 64;

/**
 * Answers a prompt (`Prompt.segments` of `buildPrompt`). Ends at EOS, at a stop string, after maxTokens, when the
 * model's positions are used up, where a greedy answer only repeats itself (confidence 0), or, within a token, on `signal`: then `stopped` is "cancelled" and the text so far
 * stays. `onPiece` gets the visible text as it grows, with the confidence of all of it so far; the pieces together are `text`.
 * Throws PROMPT_TOO_LONG, MODEL_FAILED, and what the model throws; the conversation is then empty and still usable.
 */
export async function generate(
  context: GenerateContext,
  segments: readonly Segment[],
  options: GenerateOptions,
  signal: AbortSignal,
  onPiece: (text: string, confidence: number) => void,
): Promise<Generation> {
  const run = new Run(context, new Sequence(segments), options, signal, onPiece);
  try {
    return await run.toTheEnd();
  } catch (error) {
    context.conversation.state.truncate(0);
    context.conversation.keys = [];
    throw error;
  }
}

/** One answer in the making. */
class Run {
  private readonly started = performance.now();
  private readonly stream: TokenStream;
  private readonly sampler: Sampler;
  private readonly confidence = new Confidence();
  private readonly quotation: Quotation;
  private readonly verdict: Verdict;
  private readonly repetition = new Repetition();
  /** Whether the answer only repeated itself at last: it is worth nothing then. */
  private isCircle = false;
  private prefixTokens = 0;
  private completionTokens = 0;
  private firstTokenAt = 0;

  constructor(
    private readonly context: GenerateContext,
    private readonly prompt: Sequence,
    private readonly options: GenerateOptions,
    private readonly signal: AbortSignal,
    private readonly onPiece: (text: string, confidence: number) => void,
  ) {
    this.stream = new TokenStream(context.tokenizer);
    this.sampler = samplerFor(options);
    const { tokenizer, model } = context;
    const values = quotable(options.facts ?? '');
    const pieces = values.length > 0 ? piecesOf(tokenizer, model.vocabSize) : [];
    this.quotation = new Quotation(values, pieces);
    this.verdict = new Verdict(pieces);
  }

  async toTheEnd(): Promise<Generation> {
    const { model } = this.context;
    if (this.prompt.length > model.maxSequence) throw errors.promptTooLong(this.prompt.length, model.maxSequence);
    const stopped = await this.decode();
    if (stopped !== 'cancelled') this.emit(this.stream.end());
    return this.result(stopped);
  }

  private async decode(): Promise<Generation['stopped']> {
    const { tokenizer } = this.context;
    let logits = await this.prefill();
    while (logits) {
      if (this.completionTokens >= this.options.maxTokens) return 'length';
      const id = this.choose(logits);
      if (id === tokenizer.eosId) return 'end';
      this.emit(this.stream.push(id));
      if (this.stream.stopped) return 'end';
      this.isCircle = this.repetition.push(id) && this.options.temperature === 0;
      if (this.isCircle) return 'length';
      if (this.isFull()) return 'length';
      logits = await this.step([id], this.context.model.embed([id]));
    }
    return 'cancelled';
  }

  /** Logits after the prompt; undefined when cancelled. The last position is always computed, for its logits. */
  private async prefill(): Promise<Float32Array | undefined> {
    const { conversation, model } = this.context;
    this.prefixTokens = Math.max(0, Math.min(this.prompt.commonPrefix(conversation.keys), this.prompt.length - 1));
    conversation.state.truncate(this.prefixTokens);
    conversation.keys.length = this.prefixTokens;
    let logits: Float32Array | undefined;
    for (let from = this.prefixTokens; from < this.prompt.length; from += PREFILL_CHUNK) {
      const to = Math.min(from + PREFILL_CHUNK, this.prompt.length);
      logits = await this.step(this.prompt.keys.slice(from, to), this.prompt.embed(model, from, to));
      if (!logits) return undefined;
    }
    return logits;
  }

  /** One forward pass, after a turn of the event loop in which a cancel can arrive; undefined when one did. */
  private async step(keys: PositionKey[], embeddings: Float32Array): Promise<Float32Array | undefined> {
    const { conversation, model } = this.context;
    await new Promise(setImmediate);
    if (this.signal.aborted) return undefined;
    const logits = await model.forward(conversation.state, embeddings, keys.length);
    conversation.keys.push(...keys);
    return this.signal.aborted ? undefined : logits;
  }

  private choose(logits: Float32Array): number {
    // what a quotation may spell is measured: the model's doubt counts between the texts that it may be
    const allowed = this.verdict.restrict(this.quotation.restrict(logits));
    const id = this.sampler.choose(allowed);
    this.quotation.push(id);
    this.verdict.push(id);
    this.confidence.add(probabilityOf(allowed, id), this.stream.position);
    if (this.completionTokens++ === 0) this.firstTokenAt = performance.now();
    return id;
  }

  private isFull(): boolean {
    const { conversation, model } = this.context;
    return this.completionTokens >= this.options.maxTokens || conversation.state.length >= model.maxSequence;
  }

  private emit(piece: string): void {
    if (piece !== '') this.onPiece(piece, this.confidence.value(this.stream.text.length));
  }

  private result(stopped: Generation['stopped']): Generation {
    const later = this.completionTokens - 1;
    const seconds = (performance.now() - this.firstTokenAt) / 1000;
    return {
      text: this.stream.text,
      confidence: this.isCircle ? 0 : this.confidence.value(this.stream.text.length),
      promptTokens: this.prompt.length,
      mediaTokens: this.prompt.mediaTokens,
      completionTokens: this.completionTokens,
      prefixTokens: this.prefixTokens,
      firstTokenMs: this.firstTokenAt > 0 ? this.firstTokenAt - this.started : 0,
      tokensPerSecond: later > 0 && seconds > 0 ? later / seconds : 0,
      stopped,
    };
  }
}
