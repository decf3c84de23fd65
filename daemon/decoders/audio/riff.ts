import { errors } from '../../common/errors';

/** One RIFF chunk. `start` is the first byte of its body. */
export interface RiffChunk {
  id: string;
  start: number;
  /** As declared; may reach past the end of the file. */
  size: number;
}

const HEADER = 8;
/** More chunks than this are no recording but junk. */
const MAX_CHUNKS = 10_000;

export function latin1Of(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}

export const fourCc = (bytes: Uint8Array, at: number): string => latin1Of(bytes, at, 4);

const isFourCc = (text: string): boolean => /^[\x20-\x7e]{4}$/.test(text);

/**
 * Walks the chunks after the 12 bytes of "RIFF size WAVE", in order, until the file ends. The outer size is not
 * believed: streaming writers leave it wrong. Bodies of odd length are padded to even; a writer that forgot the
 * padding is noticed by the next chunk's name.
 */
export function* riffChunks(bytes: Uint8Array): Generator<RiffChunk> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 12;
  for (let count = 0; at + HEADER <= bytes.length; count++) {
    if (count === MAX_CHUNKS) throw errors.damaged('WAV', `there are no samples in its first ${MAX_CHUNKS} chunks`);
    const id = fourCc(bytes, at);
    if (!isFourCc(id)) throw errors.damaged('WAV', `there is no chunk name at byte ${at}`);
    const chunk = { id, start: at + HEADER, size: view.getUint32(at + 4, true) };
    yield chunk;
    at = nextChunk(bytes, chunk);
  }
}

function nextChunk(bytes: Uint8Array, { start, size }: RiffChunk): number {
  const end = start + size;
  if (size % 2 === 0) return end;
  const unpadded = !isFourCc(fourCc(bytes, end + 1)) && isFourCc(fourCc(bytes, end));
  return unpadded ? end : end + 1;
}

/**
 * True if a data chunk of size 0 is followed by nothing but whole chunks (an empty recording with tags) rather than
 * by samples of a writer that never came back to fill in the size.
 */
export function onlyChunksFollow(bytes: Uint8Array, from: number): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = from;
  for (let count = 0; at + HEADER <= bytes.length && count < MAX_CHUNKS; count++) {
    if (!isFourCc(fourCc(bytes, at))) return false;
    at = nextChunk(bytes, { id: '', start: at + HEADER, size: view.getUint32(at + 4, true) });
  }
  return at >= bytes.length && at <= bytes.length + 1;
}
