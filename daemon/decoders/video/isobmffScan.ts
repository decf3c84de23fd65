import { errors } from '../../common/errors';

/**
 * A walk over the boxes of an MP4 or QuickTime file (ISO/IEC 14496-12) before a library reads them: sizes must nest, and
 * no table may announce more than the file can hold, because a reader expands them (run-length counts of four bytes
 * stand for as many samples). Throws FILE_DAMAGED and FILE_TRUNCATED.
 */

export interface MovieInfo {
  /** ISO 8601 UTC, where the movie header states it. */
  created?: string;
  /** Whether sample tables or fragments were found. */
  hasMovie: boolean;
}

interface Box {
  type: string;
  /** First byte of the body, and the byte after the box. */
  start: number;
  end: number;
}

const CONTAINERS = new Set(['moov', 'trak', 'mdia', 'minf', 'stbl', 'moof', 'traf', 'mvex', 'edts']);
const MAX_BOXES = 200_000;
/** Seconds from 1904, where QuickTime's clock begins, to 1970. */
const EPOCH_1904 = 2_082_844_800;

export function scanIsobmff(bytes: Uint8Array, format: string): MovieInfo {
  const scan = new Scan(bytes, format);
  scan.walk(0, bytes.length, 0);
  if (!scan.info.hasMovie) {
    if (scan.cut) throw errors.truncated(format, `its ${scan.cut} box reaches past its end, before any movie header`);
    throw errors.damaged(format, 'it has no movie header (moov box)');
  }
  if (scan.cut) throw errors.truncated(format, `its ${scan.cut} box reaches past its end`);
  return scan.info;
}

class Scan {
  readonly info: MovieInfo = { hasMovie: false };
  /** The top-level box that reaches past the end of the file. */
  cut: string | undefined;
  private boxes = 0;
  private fragmentSamples = 0;
  private readonly view: DataView;
  /** Of the sample table at hand. */
  private chunks = 0;
  private runs: Box | undefined;

  constructor(
    private readonly bytes: Uint8Array,
    private readonly format: string,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  walk(from: number, to: number, depth: number): void {
    let at = from;
    while (at + 8 <= to) {
      const box = this.box(at, to, depth);
      if (!box) return;
      this.visit(box, depth);
      at = box.end;
    }
  }

  private box(at: number, to: number, depth: number): Box | undefined {
    if (++this.boxes > MAX_BOXES) throw this.damaged(`more than ${MAX_BOXES} boxes`);
    let size = this.view.getUint32(at);
    let start = at + 8;
    const type = String.fromCharCode(...this.bytes.subarray(at + 4, at + 8));
    if (depth > 0 && size === 0) return undefined; // QuickTime ends a list with a zero
    if (size === 1 && at + 16 <= to) {
      size = Number(this.view.getBigUint64(at + 8));
      start += 8;
    } else if (size === 0) size = to - at;
    if (at + size < start) throw this.damaged(`a box at byte ${at} says it is ${size} bytes long`);
    if (at + size <= to) return { type, start, end: at + size };
    if (depth > 0) throw this.damaged(`its ${printable(type)} box at byte ${at} is longer than what holds it`);
    if (!/^[\w ©-]{4}$/.test(type)) throw this.damaged(`there is no box at byte ${at}`);
    this.cut = printable(type);
    return undefined;
  }

  private visit(box: Box, depth: number): void {
    if (box.type === 'moov' || box.type === 'moof') this.info.hasMovie = true;
    if (box.type === 'mvhd') this.readMovieHeader(box);
    if (CONTAINERS.has(box.type)) {
      if (depth > 8) throw this.damaged('its boxes nest too deep');
      if (box.type === 'stbl') [this.chunks, this.runs] = [0, undefined];
      this.walk(box.start, box.end, depth + 1);
      if (box.type === 'stbl') this.checkChunkRuns();
      return;
    }
    TABLES[box.type]?.(this, box);
  }

  /** Entries of a table with a version, flags and a count before them. */
  entries(box: Box, entryBytes: number, countAt = 4): number {
    if (box.start + countAt + 4 > box.end) throw this.damaged(`its ${box.type} table is too short`);
    const count = this.view.getUint32(box.start + countAt);
    if (count * entryBytes > box.end - box.start - countAt - 4)
      throw this.damaged(`its ${box.type} table says ${count} entries, which do not fit`);
    return count;
  }

  /** stts, ctts: pairs of a count and a value; no more samples than bytes. */
  checkRunLengths(box: Box): void {
    const count = this.entries(box, 8);
    let samples = 0;
    for (let i = 0; i < count; i++) samples += this.view.getUint32(box.start + 8 + i * 8);
    this.checkSamples(samples, box.type);
  }

  checkSizes(box: Box): void {
    const same = box.start + 4 <= box.end ? this.view.getUint32(box.start + 4) : 0;
    const count = this.entries(box, same === 0 ? 4 : 0, 8);
    this.checkSamples(count * Math.max(1, same), box.type);
  }

  readChunkCount(box: Box, entryBytes: number): void {
    this.chunks = this.entries(box, entryBytes);
  }

  keepChunkRuns(box: Box): void {
    this.entries(box, 12);
    this.runs = box;
  }

  /** stsc: each entry's samples-a-chunk holds up to the next entry's first chunk. */
  private checkChunkRuns(): void {
    if (!this.runs) return;
    const count = this.entries(this.runs, 12);
    let samples = 0;
    for (let i = 0; i < count; i++) {
      const at = this.runs.start + 8 + i * 12;
      const first = this.view.getUint32(at);
      const next = i + 1 < count ? this.view.getUint32(at + 12) : this.chunks + 1;
      if (first < 1 || next < first || next > this.chunks + 1) throw this.damaged('its stsc table is not in order');
      const perChunk = this.view.getUint32(at + 4);
      // also where there is no chunk of that many samples: the library walks them for each sample
      this.checkSamples(perChunk, 'stsc');
      samples += (next - first) * perChunk;
    }
    this.checkSamples(samples, 'stsc');
  }

  /** trun: which fields each sample has is in the flags. */
  checkFragmentRun(box: Box): void {
    if (box.start + 8 > box.end) throw this.damaged('its trun table is too short');
    const flags = this.view.getUint32(box.start) & 0xff_ffff;
    const bits = (mask: number) => [1, 4, 0x100, 0x200, 0x400, 0x800].filter((b) => b & mask & flags).length;
    const count = this.view.getUint32(box.start + 4);
    if (8 + bits(0x5) * 4 + count * bits(0xf00) * 4 > box.end - box.start)
      throw this.damaged(`its trun table says ${count} samples, which do not fit`);
    this.fragmentSamples += count;
    this.checkSamples(this.fragmentSamples, 'trun');
  }

  private checkSamples(samples: number, table: string): void {
    if (samples > this.bytes.length)
      throw this.damaged(`its ${table} table says ${samples} samples in ${this.bytes.length} bytes`);
  }

  private readMovieHeader(box: Box): void {
    const long = this.bytes[box.start] === 1;
    if (box.start + (long ? 32 : 20) > box.end) throw this.damaged('its mvhd box is too short');
    const seconds = long ? Number(this.view.getBigUint64(box.start + 4)) : this.view.getUint32(box.start + 4);
    const unix = seconds - EPOCH_1904;
    if (unix > 0 && unix < 4e9) this.info.created = new Date(unix * 1000).toISOString().replace('.000Z', 'Z');
  }

  private damaged(detail: string) {
    return errors.damaged(this.format, detail);
  }
}

const TABLES: Readonly<Record<string, (scan: Scan, box: Box) => void>> = {
  stts: (scan, box) => scan.checkRunLengths(box),
  ctts: (scan, box) => scan.checkRunLengths(box),
  stsz: (scan, box) => scan.checkSizes(box),
  stsc: (scan, box) => scan.keepChunkRuns(box),
  stco: (scan, box) => scan.readChunkCount(box, 4),
  co64: (scan, box) => scan.readChunkCount(box, 8),
  stss: (scan, box) => void scan.entries(box, 4),
  elst: (scan, box) => void scan.entries(box, 12),
  trun: (scan, box) => scan.checkFragmentRun(box),
};

const printable = (type: string): string => type.replace(/[^\x20-\x7e]/g, '?');
