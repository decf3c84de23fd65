/** An answer about two files that has named both and now says whether they are the same. */
const NAMED = /\bThe first is ([^:\n]+), the second ([^:\n]+):(.*)$/;

/**
 * Keeps a verdict on two files to what the answer itself has just said of them: "The first is zero, the second two:" goes on with
 * "different", never with "the same". What each file is, is the model's own; a small one names both and then does not compare the names.
 * All texts are bytes as Latin-1.
 */
export class Verdict {
  private said = '';

  constructor(private readonly pieces: readonly string[]) {}

  /** Logits [V] without those that would contradict; the same array where all may stay. */
  restrict(logits: Float32Array): Float32Array {
    const [, first, second, begun = ''] = NAMED.exec(this.said) ?? [];
    if (first === undefined || this.pieces.length === 0) return logits;
    const verdict = first === second ? ' the same' : ' different';
    if (begun.length >= verdict.length) return logits;
    const fits = (piece: string) =>
      piece !== '' && (verdict.startsWith(begun + piece) || (begun + piece).startsWith(verdict));
    const out = logits.map((value, id) => (fits(this.pieces[id] ?? '') ? value : Number.NEGATIVE_INFINITY));
    return out.some((value) => value > Number.NEGATIVE_INFINITY) ? out : logits;
  }

  /** The token that was chosen. */
  push(id: number): void {
    this.said += this.pieces[id] ?? '';
  }
}
