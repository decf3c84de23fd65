import type { MediaReport } from '../../daemon/protocol/messages';
import { type Failure, toFailure } from '../supervisor/failure';

/** A file as it is now: another time or size is another file. */
export interface FileStamp {
  key: string;
  mtime: number;
  size: number;
}

/** "late": not there yet within the limit; it goes on, and the next look may have it. */
export type Measured =
  | { state: 'known'; report: MediaReport }
  | { state: 'failed'; failure: Failure }
  | { state: 'late' }
  | { state: 'left' };

type Measure = (signal: AbortSignal) => Promise<MediaReport>;

interface Entry {
  outcome: Promise<Measured>;
  abort: AbortController;
  settled: boolean;
  watchers: number;
}

const MOST_FILES = 200;
/** What nobody waits for any more ends after this long. */
const WHOLE_LIMIT_MS = 60_000;

/**
 * Reports by file, time and size; the oldest make room. Looks at the same file share one measuring, which ends when all
 * of them turned away before the limit.
 */
export class Measurements {
  private readonly entries = new Map<string, Entry>();

  /** Never rejects. */
  async of(stamp: FileStamp, measure: Measure, limitMs: number, left: AbortSignal): Promise<Measured> {
    const id = `${stamp.key}\0${stamp.mtime}\0${stamp.size}`;
    const entry = this.entries.get(id) ?? this.start(id, measure);
    this.touch(id, entry);
    entry.watchers += 1;
    const result = await within(entry.outcome, limitMs, left);
    entry.watchers -= 1;
    if (result.state === 'left' && entry.watchers === 0 && !entry.settled) {
      this.entries.delete(id);
      entry.abort.abort();
    }
    // somebody saw "late": it is finished for the next look
    if (result.state === 'late') entry.watchers += 1;
    return result;
  }

  private start(id: string, measure: Measure): Entry {
    const abort = new AbortController();
    const signal = AbortSignal.any([abort.signal, AbortSignal.timeout(WHOLE_LIMIT_MS)]);
    const outcome = measure(signal).then(
      (report): Measured => ({ state: 'known', report }),
      (error): Measured => ({ state: 'failed', failure: toFailure(error) }),
    );
    const entry: Entry = { outcome, abort, settled: false, watchers: 0 };
    void outcome.then((result) => {
      entry.settled = true;
      // a daemon that was not there may be there next time; a damaged file stays damaged until it changes
      if (result.state === 'failed' && !isAboutTheFile(result.failure) && this.entries.get(id) === entry)
        this.entries.delete(id);
    });
    return entry;
  }

  private touch(id: string, entry: Entry): void {
    this.entries.delete(id);
    this.entries.set(id, entry);
    const oldest = this.entries.keys().next().value;
    if (this.entries.size > MOST_FILES && oldest !== undefined) this.entries.delete(oldest);
  }
}

export function isAboutTheFile(failure: Failure): boolean {
  return /^(FILE|MEDIA|MODALITY)_/.test(failure.code);
}

function within(outcome: Promise<Measured>, limitMs: number, left: AbortSignal): Promise<Measured> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve({ state: 'late' }), limitMs);
    const leave = () => resolve({ state: 'left' });
    if (left.aborted) leave();
    left.addEventListener('abort', leave, { once: true });
    void outcome.then(resolve).finally(() => {
      clearTimeout(timer);
      left.removeEventListener('abort', leave);
    });
  });
}
