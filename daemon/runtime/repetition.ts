/** Tokens of the same few, over and over, from which on an answer says nothing more. */
const LEAST_TOKENS = 32;
/** They are said at least so often. */
const LEAST_TIMES = 4;

/**
 * Hears when an answer goes round in circles ("a a a ..."): without chance in the choice of tokens a small model that once repeats
 * itself this long does not come out of it.
 */
export class Repetition {
  private readonly ids: number[] = [];
  /** By period: how many of the last tokens are those that stood a period before. */
  private readonly same: number[] = new Array(LEAST_TOKENS / LEAST_TIMES + 1).fill(0);

  /** Whether the answer, with this token, only repeats itself. */
  push(id: number): boolean {
    let isCircle = false;
    for (let period = 1; period < this.same.length; period++) {
      this.same[period] = this.ids.at(-period) === id ? this.same[period]! + 1 : 0;
      if (this.same[period]! + period >= LEAST_TOKENS) isCircle = true;
    }
    this.ids.push(id);
    return isCircle;
  }
}
