import { errors } from '../common/errors';

/** Lets one in at a time, in order of arrival, background work after all others. A cancelled waiter leaves the line at once. */
export class SerialQueue {
  private taken = false;
  private readonly waiting: Array<() => void> = [];
  private readonly inBackground: Array<() => void> = [];

  get length(): number {
    return this.waiting.length + this.inBackground.length;
  }

  /** Resolves to `leave`, which the caller must call once (calls after the first do nothing). */
  async enter(signal: AbortSignal, background = false): Promise<() => void> {
    if (signal.aborted) throw errors.cancelled();
    if (this.taken) await this.wait(signal, background ? this.inBackground : this.waiting);
    this.taken = true;
    let inside = true;
    return () => {
      if (!inside) return;
      inside = false;
      this.next();
    };
  }

  private next(): void {
    const first = this.waiting.shift() ?? this.inBackground.shift();
    // `taken` stays true for the one who enters now: nobody can slip in before its promise runs
    if (first) first();
    else this.taken = false;
  }

  private wait(signal: AbortSignal, line: Array<() => void>): Promise<void> {
    return new Promise((resolve, reject) => {
      const enter = () => {
        signal.removeEventListener('abort', leave);
        resolve();
      };
      const leave = () => {
        line.splice(line.indexOf(enter), 1);
        reject(errors.cancelled());
      };
      signal.addEventListener('abort', leave, { once: true });
      line.push(enter);
    });
  }
}
