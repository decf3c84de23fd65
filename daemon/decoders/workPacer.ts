import { setImmediate as nextTurn } from 'node:timers/promises';
import { errors } from '../common/errors';

/** Longest stretch of work in milliseconds before the event loop gets a turn (a cancel can only arrive there). */
const STRETCH_MS = 20;

/**
 * Keeps long decoding cancellable and the process responsive: call `breathe()` between chunks of work.
 * Throws CANCELLED once the signal is aborted.
 */
export class WorkPacer {
  private stretchStart = performance.now();

  constructor(private readonly signal: AbortSignal | undefined) {
    this.throwIfCancelled();
  }

  async breathe(): Promise<void> {
    if (performance.now() - this.stretchStart < STRETCH_MS) return;
    await nextTurn();
    this.stretchStart = performance.now();
    this.throwIfCancelled();
  }

  private throwIfCancelled(): void {
    if (this.signal?.aborted) throw errors.cancelled();
  }
}
