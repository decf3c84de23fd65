import { errors } from '../../common/errors';
import type { Cancellation } from '../../media/text';

/** Longest stretch of work in milliseconds before the event loop gets a turn. */
const STRETCH_MS = 25;

// this layer has no types of Node or of the DOM; both have these two
declare const setTimeout: (callback: () => void, milliseconds: number) => unknown;
declare const performance: { now(): number };

/**
 * Keeps long measuring cancellable and the engine's socket alive: call `breathe()` between chunks of work.
 * Throws CANCELLED once the signal is aborted.
 */
export class WorkPacer {
  private stretchStart = performance.now();

  constructor(private readonly signal?: Cancellation) {
    this.throwIfCancelled();
  }

  async breathe(): Promise<void> {
    if (performance.now() - this.stretchStart < STRETCH_MS) return;
    await new Promise<void>((resolve) => setTimeout(resolve, 0));
    this.stretchStart = performance.now();
    this.throwIfCancelled();
  }

  private throwIfCancelled(): void {
    if (this.signal?.aborted) throw errors.cancelled();
  }
}
