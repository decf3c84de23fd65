import { type MediaRecord, sameStamp } from '../media/mediaRecord';
import type { MediaStore } from '../media/mediaStore';
import type { FileStamp } from '../media/walkMedia';
import { toFailure } from '../supervisor/failure';

export type IndexedFile = FileStamp & { uri: string };

export interface IndexerPorts {
  /** Every media file of the workspace, some at a time. */
  list(signal: AbortSignal): AsyncIterable<IndexedFile[]>;
  /** Whether a file belongs to the workspace. */
  isInside(uri: string): boolean;
  /** undefined for a file that is not there, or is none that is looked for. */
  stamp(uri: string): Promise<FileStamp | undefined>;
  measure(file: IndexedFile, signal: AbortSignal): Promise<unknown>;
  log(line: string): void;
}

export interface IndexerStatus {
  state: 'idle' | 'listing' | 'measuring' | 'stopped' | 'failed';
  /** Files to be measured in this stretch, and how many of them were. */
  total: number;
  done: number;
  problem?: string;
}

/**
 * Keeps the store true to the workspace: every file by its name at once, then what can be measured in it, one file at a
 * time. Work that was stopped goes on when it is started again; a change of a file is work like any other.
 */
export class Indexer {
  private readonly queue = new Map<string, IndexedFile>();
  private running: AbortController | undefined;
  private readonly listeners = new Set<() => void>();
  status: IndexerStatus = { state: 'idle', total: 0, done: 0 };

  constructor(
    private readonly store: MediaStore,
    private readonly ports: IndexerPorts,
  ) {}

  onChange(listener: () => void): { dispose(): void } {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  /** Compares the workspace with the store, then measures what is new. While it runs, a call does nothing. */
  async refresh(): Promise<void> {
    await this.work(async (signal) => {
      await this.list(signal);
      await this.measureAll(signal);
    });
  }

  /** What was to be measured stays to be measured. */
  stop(): void {
    this.running?.abort();
  }

  /** Files that were made, changed or removed. */
  async changed(uris: readonly string[]): Promise<void> {
    await Promise.all(uris.map((uri) => this.look(uri)));
    if (this.running === undefined && this.status.state === 'idle' && this.queue.size > 0) {
      await this.work((signal) => this.measureAll(signal));
    }
  }

  private async look(uri: string): Promise<void> {
    const stamp = await this.ports.stamp(uri);
    if (stamp === undefined) this.forget(uri);
    else this.meet({ uri, ...stamp });
  }

  private forget(uri: string): void {
    this.queue.delete(uri);
    // a folder that went takes its files along
    const under = [...this.store.all()].map((record) => record.uri).filter((other) => other.startsWith(`${uri}/`));
    this.store.remove(uri, ...under);
  }

  private async list(signal: AbortSignal): Promise<void> {
    this.tell({ state: 'listing', total: 0, done: 0 });
    const seen = new Set<string>();
    for await (const files of this.ports.list(signal)) {
      for (const file of files) seen.add(file.uri);
      this.meet(...files);
      this.tell({ state: 'listing', total: this.queue.size, done: 0 });
      await new Promise((resolve) => setImmediate(resolve));
    }
    const gone = [...this.store.all()]
      .map(({ uri }) => uri)
      .filter((uri) => !seen.has(uri) && this.ports.isInside(uri));
    this.store.remove(...gone);
    for (const uri of gone) this.queue.delete(uri);
  }

  /** Known by its name at once; to be measured where it is new or changed. */
  private meet(...files: IndexedFile[]): void {
    const fresh: MediaRecord[] = [];
    for (const { uri, size, mtime } of files) {
      const known = this.store.get(uri);
      const isSame = known !== undefined && sameStamp(known, { size, mtime });
      if (!isSame) fresh.push({ uri, size, mtime });
      if (!isSame || !(known.facts || known.error)) this.queue.set(uri, { uri, size, mtime });
    }
    if (fresh.length > 0) this.store.put(...fresh);
  }

  private async measureAll(signal: AbortSignal): Promise<void> {
    let done = 0;
    for (let file = this.next(); file !== undefined; file = this.next()) {
      this.tell({ state: 'measuring', total: done + this.queue.size, done });
      await this.ports.measure(file, signal);
      // a change in the meantime has put it there again
      if (this.queue.get(file.uri) === file) this.queue.delete(file.uri);
      done += 1;
    }
  }

  private next(): IndexedFile | undefined {
    return this.queue.values().next().value;
  }

  private async work(job: (signal: AbortSignal) => Promise<void>): Promise<void> {
    if (this.running !== undefined) return;
    const abort = new AbortController();
    this.running = abort;
    try {
      await job(abort.signal);
      this.running = undefined;
      this.tell({ state: 'idle', total: 0, done: 0 });
    } catch (error) {
      this.running = undefined;
      this.ended(abort.signal, error);
    }
  }

  private ended({ aborted }: AbortSignal, error: unknown): void {
    const failure = toFailure(error);
    const left = { total: this.queue.size, done: 0 };
    if (aborted || failure.code === 'CANCELLED') {
      this.tell({ state: 'stopped', ...left });
      return;
    }
    this.ports.log(`The media index stopped: error[${failure.code}]: ${failure.message}`);
    this.tell({ state: 'failed', ...left, problem: failure.message });
  }

  private tell(status: IndexerStatus): void {
    this.status = status;
    for (const listener of this.listeners) listener();
  }
}
