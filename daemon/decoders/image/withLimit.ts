import { errors } from '../../common/errors';

/**
 * Waits for `work` at most `seconds`, and no longer than until `signal` is aborted. Work in a native thread cannot be
 * stopped: its result is then dropped.
 */
export async function withLimit<T>(work: Promise<T>, what: string, seconds: number, signal?: AbortSignal): Promise<T> {
  if (signal?.aborted) {
    work.catch(() => {});
    throw errors.cancelled();
  }
  let release = () => {};
  const stop = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => reject(errors.timedOut(what, seconds)), seconds * 1000);
    const onAbort = () => reject(errors.cancelled());
    signal?.addEventListener('abort', onAbort, { once: true });
    release = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    };
  });
  try {
    return await Promise.race([work, stop]);
  } finally {
    release();
    work.catch(() => {});
  }
}
