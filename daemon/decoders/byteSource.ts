import { errors } from '../common/errors';
import { type ByteSource, MAX_WHOLE_BYTES } from './format';
import type { WorkPacer } from './workPacer';

const CHUNK_BYTES = 4 * 1024 ** 2;

/** Bytes in memory as a source. */
export function memorySource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read: async (offset, length) =>
      bytes.subarray(Math.min(offset, bytes.length), Math.min(offset + length, bytes.length)),
  };
}

/** The whole file. Throws FILE_TOO_LARGE above what is ever held whole, FILE_TRUNCATED if it shrank meanwhile, CANCELLED. */
export async function readWhole(source: ByteSource, format: string, signal?: AbortSignal): Promise<Uint8Array> {
  const mebibytes = (n: number) => `${Math.round(n / 2 ** 20)} MiB`;
  if (source.size > MAX_WHOLE_BYTES)
    throw errors.tooLarge(`${format} file`, mebibytes(source.size), mebibytes(MAX_WHOLE_BYTES));
  const bytes = new Uint8Array(source.size);
  for (let done = 0; done < source.size; ) {
    if (signal?.aborted) throw errors.cancelled();
    const part = await source.read(done, Math.min(CHUNK_BYTES, source.size - done));
    if (part.length === 0)
      throw errors.truncated(format, `it became shorter than ${source.size} bytes while it was read`);
    bytes.set(part, done);
    done += part.length;
  }
  return bytes;
}

/**
 * Calls `visit` with each of `count` records of `stride` bytes from `start` on: the piece that holds it, and where it
 * begins there. The file has been checked to be long enough; throws FILE_TRUNCATED if it shrank, CANCELLED.
 */
export async function eachRecord(
  source: ByteSource,
  records: { format: string; start: number; stride: number; count: number },
  pacer: WorkPacer,
  visit: (view: DataView, at: number) => void,
): Promise<void> {
  const { format, start, stride, count } = records;
  const each = Math.max(1, Math.floor(CHUNK_BYTES / stride));
  for (let done = 0; done < count; ) {
    const records = Math.min(each, count - done);
    const bytes = await source.read(start + done * stride, records * stride);
    if (bytes.length < records * stride)
      throw errors.truncated(format, `it ends after ${done + Math.floor(bytes.length / stride)} of ${count} points`);
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let i = 0; i < records; i++) visit(view, i * stride);
    done += records;
    await pacer.breathe();
  }
}

/**
 * Calls `visit` with pieces that end after a line's end (the last: at the file's end), from `start` on, until it
 * returns false. `offset` is the piece's place in the file. Throws FILE_DAMAGED at a line longer than a piece, CANCELLED.
 */
export async function eachTextPiece(
  source: ByteSource,
  format: string,
  start: number,
  pacer: WorkPacer,
  visit: (piece: Uint8Array, offset: number) => Promise<boolean> | boolean,
): Promise<void> {
  for (let at = start; at < source.size; ) {
    const bytes = await source.read(at, CHUNK_BYTES);
    const isLast = at + bytes.length >= source.size || bytes.length === 0;
    const length = isLast ? bytes.length : endOfLastLine(bytes);
    if (length === 0) {
      if (isLast) return;
      throw errors.damaged(format, `the line at byte ${at} is longer than ${CHUNK_BYTES} bytes`);
    }
    if (!(await visit(bytes.subarray(0, length), at))) return;
    at += length;
    await pacer.breathe();
  }
}

/** Bytes up to and with the last line's end; a CR at the very end may be followed by its LF and does not count. */
function endOfLastLine(bytes: Uint8Array): number {
  for (let i = bytes.length - 1; i >= 0; i--)
    if (bytes[i] === 10 || (bytes[i] === 13 && i < bytes.length - 1)) return i + 1;
  return 0;
}
