import { constants, type Stats } from 'node:fs';
import * as fs from 'node:fs/promises';
import * as path from 'node:path';
import { errors } from '../common/errors';
import { readableBytes } from './readableBytes';

/** A file that a person attached, whole. */
export interface Attachment {
  bytes: Uint8Array;
  /** Without its folder. */
  name: string;
  mtimeMs: number;
  size: number;
}

/** A disk that does not answer for this long (a network share that went away) is an error. */
const READ_SECONDS = 60;
const CHUNK = 16 << 20;

/**
 * The only reader of attachments. Only regular files are read: a pipe or a device could block for ever, or never end.
 *
 * Throws FILE_MISSING, FILE_IS_FOLDER, FILE_EMPTY, FILE_TOO_LARGE, FILE_UNREADABLE, TIMED_OUT, CANCELLED.
 */
export async function readAttachment(file: string, limitBytes: number, signal?: AbortSignal): Promise<Attachment> {
  return limited(read(file, limitBytes, signal), `Reading ${JSON.stringify(file)}`, signal);
}

/** Size and time of an attachment. Throws what `readAttachment` throws, but for the limit. */
export async function statAttachment(file: string): Promise<{ size: number; mtimeMs: number }> {
  return limited(stat(file), `Reading ${JSON.stringify(file)}`);
}

async function stat(file: string): Promise<{ size: number; mtimeMs: number }> {
  const stats = await fs.stat(file).catch((error) => refuse(file, error));
  check(file, stats, Number.POSITIVE_INFINITY);
  return { size: stats.size, mtimeMs: stats.mtimeMs };
}

/** A large attachment, read piece by piece and never held whole. */
export interface AttachmentPieces {
  /** Bytes of the file. */
  size: number;
  /** Bytes [offset, offset + length), fewer at the end. Throws FILE_UNREADABLE, also when the file was changed since. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** No handle stays open between two pieces, so there is nothing to close. */
export function attachmentPieces(file: string, expected: { size: number; mtimeMs: number }): AttachmentPieces {
  return {
    size: expected.size,
    read: (offset, length) =>
      limited(
        readPiece(file, expected, offset, Math.max(0, Math.min(length, expected.size - offset))),
        `Reading ${JSON.stringify(file)}`,
      ),
  };
}

async function readPiece(
  file: string,
  expected: { size: number; mtimeMs: number },
  offset: number,
  length: number,
): Promise<Uint8Array> {
  const handle = await open(file);
  try {
    const stats = await handle.stat();
    if (stats.size !== expected.size || stats.mtimeMs !== expected.mtimeMs)
      throw errors.fileUnreadable(file, 'it was changed while it was read');
    return await readAll(file, handle, length, undefined, offset);
  } finally {
    await handle.close();
  }
}

async function read(file: string, limitBytes: number, signal?: AbortSignal): Promise<Attachment> {
  check(file, await fs.stat(file).catch((error) => refuse(file, error)), limitBytes);
  const handle = await open(file);
  try {
    const stats = await handle.stat();
    check(file, stats, limitBytes);
    const bytes = await readAll(file, handle, stats.size, signal);
    return { bytes, name: path.basename(file), mtimeMs: stats.mtimeMs, size: bytes.length };
  } finally {
    await handle.close();
  }
}

/** Not blocking: if a pipe takes the file's place after it was looked at, opening it must return. */
function open(file: string): Promise<fs.FileHandle> {
  return fs.open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch((error) => refuse(file, error));
}

function check(file: string, stats: Stats, limitBytes: number): void {
  if (stats.isDirectory()) throw errors.fileIsFolder(file);
  if (!stats.isFile()) throw errors.fileUnreadable(file, `it is ${kindOf(stats)}, not a regular file`);
  if (stats.size === 0) throw errors.fileEmpty(file);
  if (stats.size > limitBytes) {
    throw errors.tooLarge(`file ${JSON.stringify(file)}`, readableBytes(stats.size), readableBytes(limitBytes));
  }
}

function kindOf(stats: Stats): string {
  if (stats.isFIFO()) return 'a pipe';
  if (stats.isSocket()) return 'a socket';
  return 'a device';
}

/** `size` bytes from `start` on; a file that shrinks meanwhile is unreadable, one that grows is cut at what it was. */
async function readAll(
  file: string,
  handle: fs.FileHandle,
  size: number,
  signal: AbortSignal | undefined,
  start = 0,
): Promise<Uint8Array> {
  const bytes = new Uint8Array(size);
  for (let done = 0; done < size; ) {
    if (signal?.aborted) throw errors.cancelled();
    const part = await handle
      .read(bytes, done, Math.min(CHUNK, size - done), start + done)
      .catch((error) => refuse(file, error));
    if (part.bytesRead === 0) throw errors.fileUnreadable(file, 'it became shorter while it was read');
    done += part.bytesRead;
  }
  return bytes;
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ELOOP: 'its links go round in a circle',
  ENAMETOOLONG: 'the path is too long',
  ENXIO: 'it is a device or socket that nothing answers',
  ERR_INVALID_ARG_VALUE: 'the path is not valid',
};

function refuse(file: string, error: NodeJS.ErrnoException): never {
  const code = error.code ?? 'unknown reason';
  if (code === 'ENOENT' || code === 'ENOTDIR') throw errors.fileMissing(file);
  throw errors.fileUnreadable(file, REASONS[code] ?? code);
}

/** `work`, or CANCELLED as soon as `signal` says so, or TIMED_OUT. */
async function limited<T>(work: Promise<T>, what: string, signal?: AbortSignal): Promise<T> {
  const stop = new AbortController();
  const interrupted = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => reject(errors.timedOut(what, READ_SECONDS)), READ_SECONDS * 1000);
    const cancel = () => reject(errors.cancelled());
    if (signal?.aborted) cancel();
    signal?.addEventListener('abort', cancel, { signal: stop.signal });
    stop.signal.addEventListener('abort', () => clearTimeout(timer));
  });
  interrupted.catch(() => {});
  work.catch(() => {});
  try {
    return await Promise.race([interrupted, work]);
  } finally {
    stop.abort();
  }
}
