import type { FolderStatus } from '../../daemon/protocol/folderMessages';
import type { MediaRecord } from '../media/mediaRecord';
import { sameStamp } from '../media/mediaRecord';
import { toFailure } from '../supervisor/failure';
import type { FolderFile } from './folderRow';

/** More rows than a person looks through; the rest of the folder is told to be left out. */
export const MOST_ROWS = 20_000;
/** Engine failures one after the other, each on another file, after which the rest is not tried. */
const MOST_CRASHES = 3;

export interface RunPorts {
  /** The folder's media files, some at a time, at most `most`. */
  list(most: number, signal: AbortSignal): AsyncIterable<FolderFile[]>;
  known(uri: string): MediaRecord | undefined;
  describe(file: FolderFile, signal: AbortSignal): Promise<MediaRecord>;
  /** Rows that are new, or whose state changed. */
  onFiles(files: readonly FolderFile[]): void;
  /** Some rows are no more. */
  onGone(): void;
  onStatus(status: FolderStatus): void;
}

/** Describes a folder's files, one at a time; what is known already is not asked again. Stops, and goes on where it was. */
export class FolderRun {
  private files = new Map<string, FolderFile>();
  private running: { abort: AbortController; done: Promise<void> } | undefined;
  private current: FolderFile | undefined;
  private readonly again = new Set<string>();
  /** Since the last start: each file has one turn, whatever became of it. */
  private readonly tried = new Set<string>();
  private isCut = false;
  status: FolderStatus = { state: 'stopped' };

  constructor(private readonly ports: RunPorts) {}

  get all(): FolderFile[] {
    return [...this.files.values()];
  }

  get(uri: string): FolderFile | undefined {
    return this.files.get(uri);
  }

  isReading(uri: string): boolean {
    return this.current?.uri === uri;
  }

  /** Lists the files; with `describe` it goes on to what has no description. While it runs, nothing new begins. */
  start(describe: boolean): Promise<void> {
    if (this.running !== undefined) return this.running.done;
    this.tried.clear();
    const abort = new AbortController();
    const done = this.run(abort.signal, describe).finally(() => {
      this.running = undefined;
    });
    this.running = { abort, done };
    return done;
  }

  /** Resolves when it has stopped. */
  async stop(): Promise<void> {
    this.running?.abort.abort();
    await this.running?.done;
  }

  /** These once more, also where they are described or failed. */
  async repeat(uris: readonly string[]): Promise<void> {
    for (const uri of uris) if (this.files.has(uri)) this.again.add(uri);
    if (this.running === undefined) await this.start(true);
  }

  private async run(signal: AbortSignal, describe: boolean): Promise<void> {
    try {
      await this.list(signal);
      if (describe) await this.describeAll(signal);
      this.tell({ state: this.next() === undefined ? 'done' : 'stopped' });
    } catch (error) {
      const failure = toFailure(error);
      const isStopped = signal.aborted || failure.code === 'CANCELLED';
      this.tell(isStopped ? { state: 'stopped' } : { state: 'failed', problem: failure.message });
    }
  }

  private async list(signal: AbortSignal): Promise<void> {
    this.tell({ state: 'listing' });
    const before = this.files;
    this.files = new Map();
    for await (const found of this.ports.list(MOST_ROWS + 1, signal)) {
      const room = found.slice(0, MOST_ROWS - this.files.size);
      this.isCut = room.length < found.length;
      for (const file of room) this.files.set(file.uri, file);
      this.ports.onFiles(room);
      // others have their turn between two folders
      await new Promise((resolve) => setImmediate(resolve));
    }
    if ([...before.keys()].some((uri) => !this.files.has(uri))) this.ports.onGone();
  }

  private async describeAll(signal: AbortSignal): Promise<void> {
    let crashes = 0;
    for (let file = this.next(); file !== undefined; file = this.next()) {
      signal.throwIfAborted();
      this.current = file;
      this.ports.onFiles([file]);
      this.tell({ state: 'running', current: file.path });
      this.again.delete(file.uri);
      this.tried.add(file.uri);
      const record = await this.describeOne(file, signal);
      crashes = /^(ENGINE|TIMED_OUT|INTERNAL)/.test(record.error?.code ?? '') ? crashes + 1 : 0;
      if (crashes >= MOST_CRASHES) throw new Error(`${crashes} files in a row failed with ${record.error?.code}`);
    }
  }

  private async describeOne(file: FolderFile, signal: AbortSignal): Promise<MediaRecord> {
    try {
      return await this.ports.describe(file, signal);
    } finally {
      this.current = undefined;
      this.ports.onFiles([file]);
    }
  }

  /** The first that is neither described nor failed, or is to be done again. */
  private next(): FolderFile | undefined {
    for (const uri of this.again) {
      const file = this.files.get(uri);
      if (file !== undefined) return file;
      this.again.delete(uri);
    }
    return this.pending().next().value;
  }

  private *pending(): Generator<FolderFile, undefined> {
    for (const file of this.files.values()) {
      if (this.tried.has(file.uri)) continue;
      const known = this.ports.known(file.uri);
      if (known === undefined || !sameStamp(known, file) || !(known.description || known.error)) yield file;
    }
    return undefined;
  }

  private tell(status: FolderStatus): void {
    this.status = this.isCut ? { ...status, isCut: true } : status;
    this.ports.onStatus(this.status);
  }
}
