import { appendFile, mkdir, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { writeAtomically } from '../history/atomicFile';
import { asRecord, type MediaRecord } from './mediaRecord';

const HEADER = JSON.stringify({ onelens: 'media', version: 1 });
const SAVE_AFTER_MS = 400;
/** Lines that are no longer true, beyond which the file is written anew. */
const SPARE_LINES = 2000;

export interface StoreLimits {
  records: number;
  /** Of the file. */
  bytes: number;
}

const LIMITS: StoreLimits = { records: 20_000, bytes: 256 * 1024 * 1024 };

export type StoreChange = { uri: string; record: MediaRecord | undefined };

/**
 * What is known of the media files, in memory and as lines of JSON in one file outside the workspace: each change is a
 * line more, and now and then the file is written anew beside itself and renamed. A line that cannot be read costs that
 * file's entry, a head that cannot be read costs all; both are made again from the files themselves.
 */
export class MediaStore {
  private readonly records = new Map<string, MediaRecord>();
  private readonly unsaved = new Map<string, MediaRecord | null>();
  private readonly listeners = new Set<(changes: readonly StoreChange[]) => void>();
  private lines = 0;
  private saving: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;
  private loading: Promise<void> | undefined;
  private rewrite = false;
  private isFullTold = false;

  constructor(
    private readonly file: string,
    private readonly log: (line: string) => void,
    private readonly limits: StoreLimits = LIMITS,
  ) {}

  /** Reads the file once; later calls wait for the first. Never rejects. */
  load(): Promise<void> {
    this.loading ??= this.read();
    return this.loading;
  }

  /** Whether there is a file, without reading it. */
  async exists(): Promise<boolean> {
    return stat(this.file).then(
      () => true,
      () => false,
    );
  }

  get size(): number {
    return this.records.size;
  }

  get(uri: string): MediaRecord | undefined {
    return this.records.get(uri);
  }

  all(): IterableIterator<MediaRecord> {
    return this.records.values();
  }

  /** False where the store is full: what is new is then not kept. */
  put(...records: MediaRecord[]): boolean {
    const kept = records.filter((record) => this.keep(record));
    if (kept.length < records.length) this.tellFull();
    this.changed(kept.map((record) => ({ uri: record.uri, record })));
    return kept.length === records.length;
  }

  remove(...uris: string[]): void {
    const gone = uris.filter((uri) => this.records.delete(uri));
    for (const uri of gone) this.unsaved.set(uri, null);
    this.changed(gone.map((uri) => ({ uri, record: undefined })));
  }

  onChange(listener: (changes: readonly StoreChange[]) => void): { dispose(): void } {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  }

  /** Everything so far is on the disk, or the log says why not. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.saving = this.saving.then(() => this.save());
    await this.saving;
  }

  private keep(record: MediaRecord): boolean {
    if (!this.records.has(record.uri) && this.records.size >= this.limits.records) return false;
    this.records.set(record.uri, record);
    this.unsaved.set(record.uri, record);
    return true;
  }

  private changed(changes: readonly StoreChange[]): void {
    if (changes.length === 0) return;
    for (const listener of this.listeners) listener(changes);
    this.timer ??= setTimeout(() => void this.flush(), SAVE_AFTER_MS);
  }

  private tellFull(): void {
    if (!this.isFullTold)
      this.log(`The media index is full (${this.limits.records} files); further files are left out.`);
    this.isFullTold = true;
  }

  private async read(): Promise<void> {
    const text = await this.text();
    if (text === undefined) return;
    const [head, ...lines] = text.split('\n');
    if (head !== HEADER) {
      this.log('The media index cannot be read (its first line is damaged or of another version); it is built anew.');
      this.rewrite = true;
      return;
    }
    this.lines = lines.length;
    const damaged = lines.filter((line) => line !== '' && !this.take(line)).length;
    this.rewrite = damaged > 0;
    if (damaged > 0)
      this.log(
        `The media index has ${damaged} damaged ${damaged === 1 ? 'line' : 'lines'}; these files are read again.`,
      );
  }

  private async text(): Promise<string | undefined> {
    try {
      const { size } = await stat(this.file);
      if (size <= this.limits.bytes) return await readFile(this.file, 'utf8');
      this.log(`The media index has ${size} bytes, more than ${this.limits.bytes}; it is built anew.`);
      this.rewrite = true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
        this.log(`The media index cannot be read: ${wordsOf(error)}.`);
    }
    return undefined;
  }

  /** @returns false for a line that says nothing */
  private take(line: string): boolean {
    try {
      const value = JSON.parse(line) as { gone?: unknown };
      if (typeof value?.gone === 'string') return this.records.delete(value.gone) || true;
      const record = asRecord(value);
      if (record !== undefined && this.records.size < this.limits.records) this.records.set(record.uri, record);
      return record !== undefined;
    } catch {
      return false;
    }
  }

  private async save(): Promise<void> {
    const changes = [...this.unsaved];
    this.unsaved.clear();
    if (changes.length === 0) return;
    try {
      await mkdir(dirname(this.file), { recursive: true });
      const isWornOut = this.lines + changes.length > 2 * this.records.size + SPARE_LINES;
      if (this.rewrite || isWornOut || this.lines === 0) await this.writeAnew();
      else await this.append(changes);
    } catch (error) {
      this.rewrite = true;
      this.log(`The media index cannot be saved: ${wordsOf(error)}.`);
    }
  }

  private async append(changes: ReadonlyArray<[string, MediaRecord | null]>): Promise<void> {
    const lines = changes.map(([gone, record]) => `${JSON.stringify(record ?? { gone })}\n`);
    await appendFile(this.file, lines.join(''), { mode: 0o600 });
    this.lines += lines.length;
  }

  private async writeAnew(): Promise<void> {
    const lines = [...this.records.values()].map((record) => `${JSON.stringify(record)}\n`);
    await writeAtomically(this.file, `${HEADER}\n${lines.join('')}`);
    this.lines = Math.max(1, lines.length);
    this.rewrite = false;
  }
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
