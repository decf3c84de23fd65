/**
 * How sure the model was of an answer: the geometric mean of its tokens' probabilities at temperature 1. Counted are
 * the tokens that made visible text and the one that ended it (EOS or the first of a stop string). The rest of a stop
 * string is all but certain and would make every short answer look sure.
 */
export class Confidence {
  private readonly tokens: Array<{ logProbability: number; start: number }> = [];

  /** `start`: where the token's text begins, in UTF-16 units of the decoded text (`TokenStream.position` before it). */
  add(probability: number, start: number): void {
    this.tokens.push({ logProbability: Math.log(probability), start });
  }

  /** In [0, 1]; 0 for an empty answer. `visible` is the length of the shown text. */
  value(visible: number): number {
    if (visible === 0) return 0;
    const end = this.tokens.findIndex((t) => t.start >= visible);
    const counted = end < 0 ? this.tokens : this.tokens.slice(0, end + 1);
    return Math.exp(counted.reduce((sum, t) => sum + t.logProbability, 0) / counted.length);
  }
}
