/** What merging needs of a vocabulary: the score of a piece, undefined where there is none. */
export interface MergeScores {
  score(piece: string): number | undefined;
  /** Longest piece in UTF-16 units. */
  readonly longest: number;
}

/**
 * Splits `text` into pieces as SentencePiece's BPE does (`bpe_model.cc`): from single characters, always merge the
 * neighbours whose union has the highest score, the leftmost of equals. O(n log n): symbols are a linked list, and
 * candidates wait in a heap, where one whose parts have changed meanwhile is skipped.
 */
export function bytePairMerge(text: string, scores: MergeScores): string[] {
  const symbols = new Symbols(text);
  const heap = new CandidateHeap();
  const consider = (left: number, right: number) => {
    if (left < 0 || right < 0) return;
    const length = symbols.end(right) - symbols.start(left);
    if (length > scores.longest) return;
    const score = scores.score(text.slice(symbols.start(left), symbols.end(right)));
    if (score !== undefined) heap.push({ left, right, score, length });
  };
  for (let i = 0; i + 1 < symbols.count; i++) consider(i, i + 1);
  for (let top = heap.pop(); top; top = heap.pop()) {
    if (!symbols.unchanged(top)) continue;
    symbols.merge(top.left, top.right);
    consider(symbols.previous(top.left), top.left);
    consider(top.left, symbols.next(top.left));
  }
  return symbols.pieces();
}

interface Candidate {
  left: number;
  right: number;
  score: number;
  /** Length of both parts when the candidate was made. */
  length: number;
}

/** A linked list of the text's parts; a merged-away symbol has length 0. */
class Symbols {
  readonly count: number;
  private readonly starts: Int32Array;
  private readonly lengths: Int32Array;
  private readonly before: Int32Array;
  private readonly after: Int32Array;

  constructor(private readonly text: string) {
    const characters = Array.from(text);
    this.count = characters.length;
    this.starts = new Int32Array(this.count);
    this.lengths = Int32Array.from(characters, (c) => c.length);
    this.before = Int32Array.from(characters, (_, i) => i - 1);
    this.after = Int32Array.from(characters, (_, i) => (i + 1 < this.count ? i + 1 : -1));
    for (let i = 1; i < this.count; i++) this.starts[i] = this.starts[i - 1]! + this.lengths[i - 1]!;
  }

  start(i: number): number {
    return this.starts[i]!;
  }

  end(i: number): number {
    return this.starts[i]! + this.lengths[i]!;
  }

  previous(i: number): number {
    return this.before[i]!;
  }

  next(i: number): number {
    return this.after[i]!;
  }

  unchanged(c: Candidate): boolean {
    const left = this.lengths[c.left]!;
    const right = this.lengths[c.right]!;
    return left > 0 && right > 0 && left + right === c.length;
  }

  merge(left: number, right: number): void {
    this.lengths[left] = this.lengths[left]! + this.lengths[right]!;
    this.lengths[right] = 0;
    this.after[left] = this.after[right]!;
    if (this.after[right]! >= 0) this.before[this.after[right]!] = left;
  }

  pieces(): string[] {
    const out: string[] = [];
    for (let i = this.count > 0 ? 0 : -1; i >= 0; i = this.next(i))
      out.push(this.text.slice(this.start(i), this.end(i)));
    return out;
  }
}

/** Binary heap: highest score on top, then the leftmost. */
class CandidateHeap {
  private readonly items: Candidate[] = [];

  push(item: Candidate): void {
    let hole = this.items.length;
    this.items.push(item);
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (!before(item, this.items[parent]!)) break;
      this.items[hole] = this.items[parent]!;
      hole = parent;
    }
    this.items[hole] = item;
  }

  pop(): Candidate | undefined {
    const top = this.items[0];
    const last = this.items.pop();
    if (this.items.length > 0) this.settle(last!);
    return top;
  }

  private settle(item: Candidate): void {
    const n = this.items.length;
    let hole = 0;
    for (let child = 1; child < n; child = 2 * hole + 1) {
      if (child + 1 < n && before(this.items[child + 1]!, this.items[child]!)) child++;
      if (!before(this.items[child]!, item)) break;
      this.items[hole] = this.items[child]!;
      hole = child;
    }
    this.items[hole] = item;
  }
}

function before(a: Candidate, b: Candidate): boolean {
  return a.score > b.score || (a.score === b.score && a.left < b.left);
}
