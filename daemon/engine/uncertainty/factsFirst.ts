/** UTF-16 units after which no sentence end is waited for any longer. */
const LONGEST_WAIT = 160;

/**
 * Holds an answer's first sentence back until its confidence is known. Below `unsure` the lead (measured facts, and the
 * word that a guess follows) goes out before it; all later text passes as it comes.
 */
export class FactsFirst {
  /** What stands before the model's own words; empty where the model is sure enough. */
  lead = '';
  private held = '';
  private decided: boolean;
  /** Of the text by which it was decided whether the lead goes out. */
  confidence = 0;

  constructor(
    private readonly unsure: number,
    private readonly leadText: () => string,
    private readonly show: (text: string) => void,
  ) {
    this.decided = unsure <= 0;
  }

  /** `confidence`: of all the text so far, calibrated. */
  piece(text: string, confidence: number): void {
    if (this.decided) {
      this.show(text);
      return;
    }
    this.held += text;
    this.confidence = confidence;
    if (/[.!?]\s|\n/.test(this.held) || this.held.length >= LONGEST_WAIT) this.decide();
  }

  /** No more text: what is held goes out. */
  end(): void {
    if (!this.decided && this.held !== '') this.decide();
  }

  private decide(): void {
    this.decided = true;
    if (this.confidence < this.unsure) this.lead = this.leadText();
    this.show(this.lead + this.held);
    this.held = '';
  }
}
