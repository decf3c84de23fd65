/** Long work in short steps: at each `yield` others may get a turn, or the work may end for good. */
export type Steps<Result> = Generator<undefined, Result, undefined>;

/** Gives others a turn where it is time for that. Throws CANCELLED. */
export interface Pacer {
  breathe(): Promise<void>;
}

/** True at every 32768th number: a place to yield in a loop over pixels. */
export function every(i: number): boolean {
  return (i & 0x7fff) === 0;
}

/** Does all steps at once: for small work, and for tests. */
export function finish<Result>(work: Steps<Result>): Result {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** Does the steps with a breath after each. Throws CANCELLED. */
export async function paced<Result>(work: Steps<Result>, pacer: Pacer): Promise<Result> {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    await pacer.breathe();
  }
}
