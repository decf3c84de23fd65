import { failures } from '../supervisor/failure';

/** The promise, or CANCELLED as soon as the signal says so; the work itself goes on for others. */
export function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return settledAfterAbort(promise, signal, 0);
}

/** The promise; once the signal says stop it has `graceMs` left to settle by itself, then it is CANCELLED. */
export function settledAfterAbort<T>(promise: Promise<T>, signal: AbortSignal, graceMs: number): Promise<T> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    const onAbort = () => {
      timer = setTimeout(() => reject(failures.cancelled()), graceMs);
    };
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
    promise.then(resolve, reject).finally(() => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    });
  });
}
