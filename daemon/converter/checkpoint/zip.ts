/**
 * Reads zips as PyTorch writes them: stored, never compressed, with zip64 records where needed.
 * Layout and field offsets: APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12 to 4.3.16, 4.5.3.
 */
import * as fs from 'node:fs';
import { errors, type OneLensError } from '../../common/errors';

const END_MAGIC = 0x06054b50;
const END64_MAGIC = 0x06064b50;
const LOCATOR64_MAGIC = 0x07064b50;
const CENTRAL_MAGIC = 0x02014b50;
const LOCAL_MAGIC = 0x04034b50;
const END_BYTES = 22;
const LOCATOR64_BYTES = 20;
const END64_BYTES = 56;
const CENTRAL_BYTES = 46;
const LOCAL_BYTES = 30;
const MAX_COMMENT = 0xffff;
const ZIP64_EXTRA = 0x0001;
const ENCRYPTED = 1;
const MAX_ENTRIES = 1 << 20;
const MAX_DIRECTORY_BYTES = 256 << 20;
/** One read call takes at most 2 GiB. */
const MAX_READ = 1 << 30;

export interface ZipEntry {
  name: string;
  bytes: number;
  /** First byte of its local header in the file. */
  header: number;
  /** Where the next header or the directory starts: its data must end before. */
  limit: number;
}

interface Directory {
  offset: number;
  bytes: number;
  entries: number;
}

/** An open zip: the directory is in memory, entries are read in slices. */
export class StoredZip {
  private readonly entries: ReadonlyMap<string, ZipEntry>;
  private readonly dataStarts = new Map<ZipEntry, number>();

  private constructor(
    private fd: number,
    private readonly size: number,
    private readonly path: string,
  ) {
    const directory = this.findDirectory();
    this.entries = this.readDirectory(directory);
    this.checkOverlap(directory.offset);
  }

  /** Throws BAD_CHECKPOINT, FILE_UNREADABLE. */
  static open(path: string): StoredZip {
    let fd: number;
    try {
      fd = fs.openSync(path, 'r');
    } catch (error) {
      throw errors.fileUnreadable(path, (error as NodeJS.ErrnoException).code ?? 'unknown reason');
    }
    try {
      return new StoredZip(fd, fs.fstatSync(fd).size, path);
    } catch (error) {
      fs.closeSync(fd);
      throw error;
    }
  }

  names(): string[] {
    return [...this.entries.keys()];
  }

  has(name: string): boolean {
    return this.entries.has(name);
  }

  entry(name: string): ZipEntry {
    const entry = this.entries.get(name);
    if (!entry) throw this.fail(`it has no entry ${JSON.stringify(name)}`);
    return entry;
  }

  /** A small entry whole. */
  readAll(name: string, limit: number): Uint8Array {
    const entry = this.entry(name);
    if (entry.bytes > limit) throw this.fail(`${JSON.stringify(name)} has ${entry.bytes} bytes; the limit is ${limit}`);
    const bytes = new Uint8Array(entry.bytes);
    this.read(entry, bytes, 0);
    return bytes;
  }

  /** Fills `into` from byte `from` of the entry. */
  read(entry: ZipEntry, into: Uint8Array, from: number): void {
    if (!(from >= 0 && from + into.length <= entry.bytes)) {
      throw this.fail(`a read past the end of ${JSON.stringify(entry.name)}`);
    }
    this.readAt(into, this.dataStart(entry) + from);
  }

  close(): void {
    if (this.fd >= 0) fs.closeSync(this.fd);
    this.fd = -1;
  }

  private fail(detail: string): OneLensError {
    return errors.badCheckpoint(
      `The checkpoint ${JSON.stringify(this.path)} is damaged: ${detail}.`,
      'Fetch or save it again.',
    );
  }

  private readAt(into: Uint8Array, position: number): void {
    for (let done = 0; done < into.length; ) {
      const got = fs.readSync(this.fd, into, done, Math.min(MAX_READ, into.length - done), position + done);
      if (got === 0) throw this.fail(`it ended at byte ${position + done} while being read`);
      done += got;
    }
  }

  private view(position: number, bytes: number, what: string): DataView {
    if (!(position >= 0 && position + bytes <= this.size)) throw this.fail(`${what} lies outside the file`);
    const buffer = new Uint8Array(bytes);
    this.readAt(buffer, position);
    return new DataView(buffer.buffer);
  }

  private findDirectory(): Directory {
    const tailBytes = Math.min(this.size, END_BYTES + MAX_COMMENT);
    const tail = this.view(this.size - tailBytes, tailBytes, 'the end record');
    for (let at = tailBytes - END_BYTES; at >= 0; at--) {
      if (tail.getUint32(at, true) !== END_MAGIC) continue;
      if (at + END_BYTES + tail.getUint16(at + 20, true) !== tailBytes) continue;
      const end = {
        entries: tail.getUint16(at + 10, true),
        bytes: tail.getUint32(at + 12, true),
        offset: tail.getUint32(at + 16, true),
      };
      return this.checked(this.directory64(this.size - tailBytes + at) ?? end);
    }
    throw this.fail('it has no end record, so it is cut short or not a zip');
  }

  /** The zip64 end record, whose locator stands just before the end record at `end`. */
  private directory64(end: number): Directory | undefined {
    if (end < LOCATOR64_BYTES) return undefined;
    const locator = this.view(end - LOCATOR64_BYTES, LOCATOR64_BYTES, 'the zip64 locator');
    if (locator.getUint32(0, true) !== LOCATOR64_MAGIC) return undefined;
    const record = this.view(this.uint64(locator, 8), END64_BYTES, 'the zip64 end record');
    if (record.getUint32(0, true) !== END64_MAGIC) throw this.fail('its zip64 end record is not where it should be');
    return { entries: this.uint64(record, 32), bytes: this.uint64(record, 40), offset: this.uint64(record, 48) };
  }

  private checked(directory: Directory): Directory {
    const { offset, bytes, entries } = directory;
    if (offset + bytes > this.size) throw this.fail('its directory lies outside the file');
    if (bytes > MAX_DIRECTORY_BYTES || entries > MAX_ENTRIES)
      throw this.fail(`its directory claims ${entries} entries`);
    if (entries * CENTRAL_BYTES > bytes) throw this.fail(`its directory of ${bytes} bytes claims ${entries} entries`);
    return directory;
  }

  private readDirectory(directory: Directory): Map<string, ZipEntry> {
    const view = this.view(directory.offset, directory.bytes, 'the directory');
    const entries = new Map<string, ZipEntry>();
    let at = 0;
    for (let i = 0; i < directory.entries; i++) {
      if (at + CENTRAL_BYTES > view.byteLength || view.getUint32(at, true) !== CENTRAL_MAGIC) {
        throw this.fail(`entry ${i} of its directory is broken`);
      }
      const nameBytes = view.getUint16(at + 28, true);
      const extraBytes = view.getUint16(at + 30, true);
      const next = at + CENTRAL_BYTES + nameBytes + extraBytes + view.getUint16(at + 32, true);
      if (next > view.byteLength) throw this.fail(`entry ${i} of its directory is cut short`);
      const entry = this.centralEntry(view, at, nameBytes, extraBytes);
      if (entries.has(entry.name)) throw this.fail(`it has two entries ${JSON.stringify(entry.name)}`);
      entries.set(entry.name, entry);
      at = next;
    }
    return entries;
  }

  private centralEntry(view: DataView, at: number, nameBytes: number, extraBytes: number): ZipEntry {
    const name = new TextDecoder().decode(new Uint8Array(view.buffer, at + CENTRAL_BYTES, nameBytes));
    const method = view.getUint16(at + 10, true);
    if (view.getUint16(at + 8, true) & ENCRYPTED) throw this.fail(`${JSON.stringify(name)} is encrypted`);
    if (method !== 0) {
      throw errors.badCheckpoint(
        `The checkpoint ${JSON.stringify(this.path)} is a compressed zip (${JSON.stringify(name)}, method ${method}); PyTorch stores without compression.`,
        'Unpack it and zip it without compression, or save it again with PyTorch.',
      );
    }
    const sizes = [view.getUint32(at + 24, true), view.getUint32(at + 20, true), view.getUint32(at + 42, true)];
    const extra = new DataView(view.buffer, at + CENTRAL_BYTES + nameBytes, extraBytes);
    const [bytes, packed, header] = this.widened(sizes, extra) as [number, number, number];
    if (bytes !== packed) throw this.fail(`the sizes of ${JSON.stringify(name)} differ: ${bytes} and ${packed}`);
    if (header + LOCAL_BYTES + bytes > this.size) throw this.fail(`${JSON.stringify(name)} lies outside the file`);
    return { name, bytes, header, limit: this.size };
  }

  /** Replaces each 0xffffffff by its 64-bit value from the zip64 extra field, in the order of the fields. */
  private widened(values: readonly number[], extra: DataView): number[] {
    if (!values.includes(0xffffffff)) return [...values];
    for (let at = 0; at + 4 <= extra.byteLength; at += 4 + extra.getUint16(at + 2, true)) {
      if (extra.getUint16(at, true) !== ZIP64_EXTRA) continue;
      const end = Math.min(extra.byteLength, at + 4 + extra.getUint16(at + 2, true));
      let field = at + 4;
      return values.map((value) => {
        if (value !== 0xffffffff) return value;
        if (field + 8 > end) throw this.fail('a zip64 field is cut short');
        field += 8;
        return this.uint64(extra, field - 8);
      });
    }
    throw this.fail('a zip64 field is missing');
  }

  /** Entries that share bytes are the mark of a crafted zip. */
  private checkOverlap(directoryStart: number): void {
    const sorted = [...this.entries.values()].sort((a, b) => a.header - b.header);
    sorted.forEach((entry, i) => {
      entry.limit = sorted[i + 1]?.header ?? directoryStart;
      if (entry.header + LOCAL_BYTES + entry.bytes > entry.limit) throw this.overlaps(entry);
    });
  }

  private overlaps(entry: ZipEntry): OneLensError {
    return this.fail(`${JSON.stringify(entry.name)} overlaps what follows it`);
  }

  /** The local header repeats the name and has its own extra field (PyTorch pads with it), so it must be read. */
  private dataStart(entry: ZipEntry): number {
    const known = this.dataStarts.get(entry);
    if (known !== undefined) return known;
    const view = this.view(entry.header, LOCAL_BYTES, `the header of ${JSON.stringify(entry.name)}`);
    if (view.getUint32(0, true) !== LOCAL_MAGIC)
      throw this.fail(`${JSON.stringify(entry.name)} is not where it should be`);
    const start = entry.header + LOCAL_BYTES + view.getUint16(26, true) + view.getUint16(28, true);
    if (start + entry.bytes > entry.limit) throw this.overlaps(entry);
    this.dataStarts.set(entry, start);
    return start;
  }

  private uint64(view: DataView, at: number): number {
    const value = Number(view.getBigUint64(at, true));
    if (!Number.isSafeInteger(value)) throw this.fail(`it claims a size of ${value} bytes`);
    return value;
  }
}
