import type { TokenBytes } from './tokenStream';

const QUOTE = '"';

/**
 * Keeps quotations literal: between double quotes an answer may only spell what was measured or read in the files, to the letter,
 * and the quote closes where that ends. Which of these texts it spells stays the model's choice, token by token. Where no token fits,
 * the quotation is left to the model. All texts here are bytes as Latin-1, so that a character split over tokens is no exception.
 */
export class Quotation {
  /** Bytes since the opening quote; undefined outside. */
  private open: string | undefined;
  private isFree = false;

  constructor(
    private readonly values: readonly string[],
    private readonly pieces: readonly string[],
  ) {}

  /** Logits [V] without those that would misquote; the same array where all may stay. */
  restrict(logits: Float32Array): Float32Array {
    if (this.values.length === 0 || this.isFree) return logits;
    const out = Float32Array.from(logits);
    let some = false;
    for (let id = 0; id < out.length; id++) {
      if (this.after(this.pieces[id] ?? '', this.open) === 'misquoted') out[id] = Number.NEGATIVE_INFINITY;
      else some = true;
    }
    return some ? out : logits;
  }

  /** The token that was chosen. */
  push(id: number): void {
    const piece = this.pieces[id] ?? '';
    const next = this.isFree ? 'misquoted' : this.after(piece, this.open);
    if (next !== 'misquoted') {
      this.open = next === 'outside' ? undefined : next.open;
      return;
    }
    // nothing fitted: free until the next quotation mark
    this.isFree = !piece.includes(QUOTE);
    this.open = undefined;
  }

  private after(piece: string, from: string | undefined): 'misquoted' | 'outside' | { open: string } {
    // a token without text, such as the end of the answer, ends no quotation
    if (piece === '' && from !== undefined) return 'misquoted';
    let open = from;
    for (const byte of piece) {
      if (open === undefined) open = byte === QUOTE ? '' : undefined;
      else if (this.values.some((value) => value.startsWith(open + byte))) open += byte;
      else if (byte === QUOTE && this.values.includes(open)) open = undefined;
      else return 'misquoted';
    }
    return open === undefined ? 'outside' : { open };
  }
}

/** The values of facts as `groundingText` writes them ("key: value" lines), whole and, where they are lists, item by item. */
export function quotable(facts: string): string[] {
  const values = facts.split('\n').flatMap((line) => {
    const at = line.indexOf(': ');
    if (at < 0) return [];
    const value = line.slice(at + 2).trim();
    return [value, ...value.split(', ')];
  });
  return [...new Set(values.filter((value) => value !== ''))].map(latin1);
}

const known = new WeakMap<TokenBytes, string[]>();

/** Every token's bytes as Latin-1; made once for a tokenizer. */
export function piecesOf(tokenizer: TokenBytes, count: number): readonly string[] {
  let pieces = known.get(tokenizer);
  if (pieces === undefined || pieces.length !== count) {
    pieces = Array.from({ length: count }, (_, id) => Buffer.from(tokenizer.pieceBytes(id)).toString('latin1'));
    known.set(tokenizer, pieces);
  }
  return pieces;
}

const latin1 = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
