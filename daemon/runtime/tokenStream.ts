/** What the stream needs of a tokenizer: the bytes of one token in running text. */
export interface TokenBytes {
  pieceBytes(id: number): Uint8Array;
}

/** The turn separator of OneLLM's prompts: the model ends an answer with it, not with EOS. */
export const STOP_STRING = '###';

/**
 * Ids -> visible text, piece by piece. A piece never ends inside a UTF-8 character, and nothing is shown that may
 * turn out to be no part of the answer: the beginning of a stop string and the white space before it. The space
 * that the tokenizer's dummy prefix stands for is dropped.
 */
export class TokenStream {
  /** Everything shown so far. */
  text = '';
  /** A stop string was found; later tokens are ignored. */
  stopped = false;
  private readonly decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  private held = '';
  private atStart = true;

  constructor(
    private readonly tokenizer: TokenBytes,
    private readonly stops: readonly string[] = [STOP_STRING],
  ) {}

  /** UTF-16 units decoded so far, shown or held back: where the next token's text begins. */
  get position(): number {
    return this.text.length + this.held.length;
  }

  /** Takes the next token; returns what may be shown now, often nothing. */
  push(id: number): string {
    if (this.stopped) return '';
    this.held += this.withoutDummySpace(this.decoder.decode(this.tokenizer.pieceBytes(id), { stream: true }));
    const stop = this.stopAt();
    if (stop >= 0) {
      this.held = this.held.slice(0, stop);
      return this.end();
    }
    return this.show(Math.min(...this.stops.map((s) => safeLength(this.held, s))));
  }

  /** No more tokens: shows what was held back, without trailing white space. Bytes of an unfinished character are dropped. */
  end(): string {
    this.stopped = true;
    return this.show(this.held.trimEnd().length);
  }

  private withoutDummySpace(text: string): string {
    if (!this.atStart || text === '') return text;
    this.atStart = false;
    return text.startsWith(' ') ? text.slice(1) : text;
  }

  /** Where the first stop string begins, -1 without one. */
  private stopAt(): number {
    const found = this.stops.map((s) => this.held.indexOf(s)).filter((at) => at >= 0);
    return found.length > 0 ? Math.min(...found) : -1;
  }

  private show(length: number): string {
    const piece = this.held.slice(0, length);
    this.held = this.held.slice(length);
    this.text += piece;
    return piece;
  }
}

/** Length of the part of `text` that stays in front whatever follows: before white space and any beginning of `stop`. */
function safeLength(text: string, stop: string): number {
  let safe = text.trimEnd().length;
  for (let length = 1; length < stop.length; length++) {
    if (text.endsWith(stop.slice(0, length))) safe = Math.min(safe, text.slice(0, -length).trimEnd().length);
  }
  return safe;
}
