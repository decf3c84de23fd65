/**
 * Reads safetensors files (https://github.com/huggingface/safetensors#format): 8 bytes little-endian header length N,
 * N bytes of JSON {name: {dtype, shape, data_offsets: [begin, end]}}, then the data. Offsets count from the data.
 *
 * As in the reference reader, tensors must cover the data exactly: no overlap, no gap, nothing after the last one.
 */
import * as fs from 'node:fs';
import { errors, type OneLensError } from './errors';

export type SafetensorsDtype = 'F16' | 'BF16' | 'F32' | 'I32' | 'I64';

export const SAFETENSORS_ITEM_BYTES = { F16: 2, BF16: 2, F32: 4, I32: 4, I64: 8 } as const satisfies Record<
  SafetensorsDtype,
  number
>;

export interface SafetensorsEntry {
  dtype: SafetensorsDtype;
  shape: number[];
  /** First byte in the file, absolute. */
  offset: number;
  bytes: number;
}

/** What a bad file becomes: `detail` is a clause without a full stop. */
export type SafetensorsFailure = (detail: string) => OneLensError;

/** The limit of the reference implementation. */
const MAX_HEADER_BYTES = 100_000_000;
const MAX_RANK = 16;

/** An open file: the header is in memory, the data is read on demand. */
export interface SafetensorsFile {
  readonly entries: ReadonlyMap<string, SafetensorsEntry>;
  readonly metadata: Readonly<Record<string, string>>;
  /** Fills `into` from byte `from` of the tensor. */
  readBytes(name: string, into: Uint8Array, from?: number): void;
  /** A whole F32 tensor, row-major. */
  readFloats(name: string): Float32Array;
  /** A whole I32 or I64 tensor, row-major, as numbers (each within 2^53). */
  readInts(name: string): number[];
  close(): void;
}

/**
 * Opens `path`. `fail` turns a complaint into an error: FILE_DAMAGED by default, BAD_CHECKPOINT in the converter.
 * Throws FILE_MISSING, FILE_IS_FOLDER or FILE_UNREADABLE where the file cannot be opened.
 */
export function openSafetensors(
  path: string,
  fail: SafetensorsFailure = (detail) => errors.damaged('safetensors', detail),
): SafetensorsFile {
  const { fd, size } = openForReading(path);
  try {
    const dataStart = headerLength(fd, size, fail) + 8;
    const header = new Uint8Array(dataStart - 8);
    readFully(fd, header, 8, fail);
    const { entries, metadata } = parseSafetensorsHeader(header, dataStart, size, fail);
    return new OpenSafetensors(fd, entries, metadata, fail);
  } catch (error) {
    fs.closeSync(fd);
    throw error;
  }
}

function headerLength(fd: number, size: number, fail: SafetensorsFailure): number {
  if (size < 8) throw fail(`it has ${size} bytes, fewer than its header needs`);
  const prefix = new Uint8Array(8);
  readFully(fd, prefix, 0, fail);
  const length = new DataView(prefix.buffer).getBigUint64(0, true);
  if (length > BigInt(MAX_HEADER_BYTES)) throw fail(`its header claims ${length} bytes`);
  if (length > BigInt(size - 8)) throw fail(`its header claims ${length} bytes, the file has ${size}`);
  return Number(length);
}

/** Parses and checks the JSON header. `fileSize` in bytes; the result's offsets are absolute. */
export function parseSafetensorsHeader(
  header: Uint8Array,
  dataStart: number,
  fileSize: number,
  fail: SafetensorsFailure,
): { entries: Map<string, SafetensorsEntry>; metadata: Record<string, string> } {
  const json = parseJson(header, fail);
  const entries = new Map<string, SafetensorsEntry>();
  let metadata: Record<string, string> = {};
  for (const [name, value] of Object.entries(json)) {
    if (name === '__metadata__') metadata = value as Record<string, string>;
    else entries.set(name, parseEntry(name, value, dataStart, fileSize, fail));
  }
  checkCoverage(entries, dataStart, fileSize, fail);
  return { entries, metadata };
}

function parseJson(header: Uint8Array, fail: SafetensorsFailure): object {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(header));
  } catch {
    throw fail('its header is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw fail('its header is not an object');
  return value;
}

function parseEntry(
  name: string,
  value: unknown,
  dataStart: number,
  fileSize: number,
  fail: SafetensorsFailure,
): SafetensorsEntry {
  const { dtype, shape, data_offsets: span } = (value ?? {}) as Record<string, unknown>;
  const label = JSON.stringify(name.slice(0, 200));
  if (!isDtype(dtype)) throw fail(`the tensor ${label} has the type ${JSON.stringify(dtype) ?? 'none'}`);
  if (!isCounts(shape) || shape.length > MAX_RANK) throw fail(`the tensor ${label} has no valid shape`);
  if (!isCounts(span) || span.length !== 2) throw fail(`the tensor ${label} has no valid offsets`);
  const [begin, end] = span as [number, number];
  const bytes = shape.reduce((product, n) => product * n, 1) * SAFETENSORS_ITEM_BYTES[dtype];
  if (end < begin || end - begin !== bytes) {
    throw fail(
      `the tensor ${label} of shape [${shape.join(', ')}] needs ${bytes} bytes, its offsets span ${end - begin}`,
    );
  }
  if (dataStart + end > fileSize) {
    throw fail(`the tensor ${label} ends at byte ${dataStart + end}, the file has ${fileSize}`);
  }
  return { dtype, shape, offset: dataStart + begin, bytes };
}

function isDtype(value: unknown): value is SafetensorsDtype {
  return typeof value === 'string' && Object.hasOwn(SAFETENSORS_ITEM_BYTES, value);
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0);
}

function checkCoverage(
  entries: ReadonlyMap<string, SafetensorsEntry>,
  dataStart: number,
  fileSize: number,
  fail: SafetensorsFailure,
): void {
  const sorted = [...entries].sort(([, a], [, b]) => a.offset - b.offset || a.bytes - b.bytes);
  let end = dataStart;
  for (const [name, entry] of sorted) {
    if (entry.offset < end) throw fail(`the tensor ${JSON.stringify(name)} overlaps the one before it`);
    if (entry.offset > end)
      throw fail(`${entry.offset - end} bytes before the tensor ${JSON.stringify(name)} belong to none`);
    end = entry.offset + entry.bytes;
  }
  if (end !== fileSize) throw fail(`${fileSize - end} bytes at its end belong to no tensor`);
}

class OpenSafetensors implements SafetensorsFile {
  constructor(
    private fd: number,
    readonly entries: ReadonlyMap<string, SafetensorsEntry>,
    readonly metadata: Readonly<Record<string, string>>,
    private readonly fail: SafetensorsFailure,
  ) {}

  readBytes(name: string, into: Uint8Array, from = 0): void {
    const entry = this.entry(name);
    if (from < 0 || from + into.length > entry.bytes) throw this.fail(`a read past the end of ${JSON.stringify(name)}`);
    readFully(this.fd, into, entry.offset + from, this.fail);
  }

  readFloats(name: string): Float32Array {
    const entry = this.entry(name);
    if (entry.dtype !== 'F32') throw this.fail(`the tensor ${JSON.stringify(name)} is ${entry.dtype}, not F32`);
    const values = new Float32Array(entry.bytes / 4);
    this.readBytes(name, new Uint8Array(values.buffer));
    return values;
  }

  readInts(name: string): number[] {
    const entry = this.entry(name);
    const bytes = new Uint8Array(entry.bytes);
    this.readBytes(name, bytes);
    if (entry.dtype === 'I32') return Array.from(new Int32Array(bytes.buffer));
    if (entry.dtype === 'I64') return Array.from(new BigInt64Array(bytes.buffer), (n) => this.safe(name, n));
    throw this.fail(`the tensor ${JSON.stringify(name)} is ${entry.dtype}, not I32 or I64`);
  }

  close(): void {
    if (this.fd >= 0) fs.closeSync(this.fd);
    this.fd = -1;
  }

  private entry(name: string): SafetensorsEntry {
    const entry = this.entries.get(name);
    if (!entry) throw this.fail(`it has no tensor ${JSON.stringify(name)}`);
    return entry;
  }

  private safe(name: string, n: bigint): number {
    const value = Number(n);
    if (!Number.isSafeInteger(value)) throw this.fail(`the tensor ${JSON.stringify(name)} holds ${n}, beyond 2^53`);
    return value;
  }
}

/** Opens a regular file; anything else is one of the file errors. */
function openForReading(path: string): { fd: number; size: number } {
  const stat = fs.statSync(path, { throwIfNoEntry: false });
  if (!stat) throw errors.fileMissing(path);
  if (stat.isDirectory()) throw errors.fileIsFolder(path);
  if (!stat.isFile()) throw errors.fileUnreadable(path, 'it is not a regular file');
  try {
    return { fd: fs.openSync(path, 'r'), size: stat.size };
  } catch (error) {
    throw errors.fileUnreadable(path, (error as NodeJS.ErrnoException).code ?? 'unknown reason');
  }
}

/** One read call takes at most 2 GiB; more is read in pieces. */
const MAX_READ = 1 << 30;

function readFully(fd: number, into: Uint8Array, position: number, fail: SafetensorsFailure): void {
  for (let done = 0; done < into.length; ) {
    const wanted = Math.min(MAX_READ, into.length - done);
    const got = fs.readSync(fd, into, done, wanted, position + done);
    if (got === 0) throw fail(`it ended at byte ${position + done} while being read`);
    done += got;
  }
}
