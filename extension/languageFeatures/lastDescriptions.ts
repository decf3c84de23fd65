/** What a model last said of a file when asked to describe it. */
export interface Description {
  text: string;
  model: string;
  /** Milliseconds since 1970; null where it was said in an earlier window. */
  at: number | null;
}

const MOST = 300;
const LONGEST = 600;

/** The last description of each file, the latest 300, while the window lives: the chat's history is what is kept. */
export class LastDescriptions {
  private readonly known = new Map<string, Description>();

  /** `key` is the file's address. An empty answer is none. */
  remember(key: string, { text, model, at }: Description): void {
    const whole = text.trim();
    if (whole === '') return;
    this.known.delete(key);
    this.known.set(key, { text: whole.length <= LONGEST ? whole : `${whole.slice(0, LONGEST - 1)}…`, model, at });
    const oldest = this.known.keys().next().value;
    if (this.known.size > MOST && oldest !== undefined) this.known.delete(oldest);
  }

  of(key: string): Description | undefined {
    return this.known.get(key);
  }
}
