import { errors } from '../../common/errors';
import { WorkPacer } from '../workPacer';

/**
 * The structure of an AVI file (Microsoft, "AVI RIFF File Reference"; OpenDML 1.02 for files of several RIFF blocks):
 * stream headers, and the places of all frames and pieces of sound. The index is not needed: the chunks are walked.
 */

export interface AviFile {
  microsPerFrame: number;
  streams: AviStream[];
  /** The file ends inside a chunk. */
  cut: boolean;
}

export interface AviStream {
  /** "vids", "auds", "txts". */
  type: string;
  /** Frames or blocks a second = rate / scale. */
  scale: number;
  rate: number;
  /** Body of the format chunk. */
  format: { start: number; size: number };
  chunks: Array<{ start: number; size: number }>;
}

const MAX_CHUNKS = 4_000_000;
const MAX_STREAMS = 100;

/** Throws FILE_DAMAGED, FILE_TRUNCATED, CANCELLED. */
export async function readAvi(bytes: Uint8Array, signal?: AbortSignal): Promise<AviFile> {
  const reader = new AviReader(bytes, new WorkPacer(signal));
  await reader.walk(0, bytes.length, 0);
  const { file } = reader;
  if (file.streams.length === 0) {
    if (file.cut) throw errors.truncated('AVI', 'it ends before its stream headers');
    throw errors.damaged('AVI', 'it lists no streams');
  }
  if (!reader.hasMovie) {
    if (file.cut) throw errors.truncated('AVI', 'it ends before its frames');
    throw errors.damaged('AVI', 'it has no frames (movi list)');
  }
  return file;
}

class AviReader {
  readonly file: AviFile = { microsPerFrame: 0, streams: [], cut: false };
  hasMovie = false;
  private chunks = 0;
  private readonly view: DataView;

  constructor(
    private readonly bytes: Uint8Array,
    private readonly pacer: WorkPacer,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  async walk(from: number, to: number, depth: number): Promise<void> {
    let at = from;
    while (at + 8 <= to) {
      if (++this.chunks > MAX_CHUNKS) throw errors.damaged('AVI', `more than ${MAX_CHUNKS} chunks`);
      if (this.chunks % 10_000 === 0) await this.pacer.breathe();
      const id = this.text(at);
      const size = this.view.getUint32(at + 4, true);
      // a list may be longer than the file (its end is cut), a chunk then is not whole
      const end = at + 8 + size;
      if (!/^[\x20-\x7e]{4}$/.test(id)) {
        if (this.hasMovie) return; // padding or junk after the frames
        throw errors.damaged('AVI', `there is no chunk at byte ${at}`);
      }
      if (end > to) {
        if (end <= this.bytes.length && depth > 0)
          throw errors.damaged('AVI', `the chunk at byte ${at} is longer than its list`);
        this.file.cut = true;
      }
      if (id === 'RIFF' || id === 'LIST') await this.list(at, Math.min(end, to), depth);
      else if (end <= to) this.chunk(id, at + 8, size);
      at = end + (size & 1);
    }
  }

  private async list(at: number, end: number, depth: number): Promise<void> {
    if (at + 12 > end) return;
    const type = this.text(at + 8);
    if (depth > 5) throw errors.damaged('AVI', 'its lists nest too deep');
    if (type === 'movi') this.hasMovie = true;
    if (['AVI ', 'AVIX', 'hdrl', 'strl', 'movi', 'rec '].includes(type)) await this.walk(at + 12, end, depth + 1);
  }

  private chunk(id: string, start: number, size: number): void {
    const { file } = this;
    if (id === 'avih' && size >= 4) file.microsPerFrame = this.view.getUint32(start, true);
    if (id === 'strh') this.addStream(start, size);
    const last = file.streams[file.streams.length - 1];
    if (id === 'strf' && last && last.format.size === 0) last.format = { start, size };
    const piece = this.hasMovie ? /^(\d\d)(dc|db|wb)$/.exec(id) : null;
    if (piece) file.streams[Number(piece[1])]?.chunks.push({ start, size });
  }

  /** AVISTREAMHEADER: type, handler, flags, priority and language, initial frames, scale, rate, start, length. */
  private addStream(start: number, size: number): void {
    if (size < 32) throw errors.damaged('AVI', 'a stream header is too short');
    if (this.file.streams.length >= MAX_STREAMS) throw errors.damaged('AVI', `more than ${MAX_STREAMS} streams`);
    const scale = this.view.getUint32(start + 20, true);
    const rate = this.view.getUint32(start + 24, true);
    this.file.streams.push({ type: this.text(start), scale, rate, format: { start, size: 0 }, chunks: [] });
  }

  private text(at: number): string {
    return String.fromCharCode(...this.bytes.subarray(at, at + 4));
  }
}
