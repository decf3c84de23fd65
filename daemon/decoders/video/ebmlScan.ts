import { errors } from '../../common/errors';

/**
 * A walk over the outer elements of a Matroska or WebM file (RFC 8794, RFC 9559) before a library reads them: sizes
 * must be whole and nest. Throws FILE_DAMAGED, FILE_TRUNCATED.
 */

export interface SegmentInfo {
  /** "webm", "matroska". */
  docType: string;
  created?: string;
  /** The file ends inside this element. */
  cut: boolean;
}

const EBML = 0x1a45dfa3;
const DOC_TYPE = 0x4282;
const SEGMENT = 0x18538067;
const INFO = 0x1549a966;
const DATE = 0x4461;
const CLUSTER = 0x1f43b675;
/** Elements of a segment that hold others and are small. */
const MASTERS = new Set([0x114d9b74, INFO, 0x1654ae6b, 0x1c53bb6b, 0xae, 0xe0, 0xe1, 0x6d80]);
const MAX_ELEMENTS = 500_000;
const EPOCH_2001_MS = Date.UTC(2001, 0, 1);

interface Element {
  id: number;
  start: number;
  /** Infinity where the size is left open (live streams). */
  end: number;
}

export function scanEbml(bytes: Uint8Array, format: string): SegmentInfo {
  return new Scan(bytes, format).run();
}

class Scan {
  private readonly info: SegmentInfo = { docType: '', cut: false };
  private count = 0;
  private tracks = false;

  constructor(
    private readonly bytes: Uint8Array,
    private readonly format: string,
  ) {}

  run(): SegmentInfo {
    const header = this.element(0);
    if (header?.id !== EBML) throw this.damaged('it has no EBML header');
    if (header.end > this.bytes.length) throw errors.truncated(this.format, 'it ends inside its EBML header');
    this.walk(header.start, header.end, 0);
    const segment = this.element(header.end);
    if (!segment) throw errors.truncated(this.format, 'it ends before its segment');
    if (segment.id !== SEGMENT) throw this.damaged('no segment follows its header');
    if (segment.end !== Number.POSITIVE_INFINITY && segment.end > this.bytes.length) this.info.cut = true;
    this.walkSegment(segment.start, Math.min(segment.end, this.bytes.length));
    if (!this.tracks) {
      if (this.info.cut) throw errors.truncated(this.format, 'it ends before its tracks');
      throw this.damaged('it lists no tracks');
    }
    return this.info;
  }

  private walkSegment(from: number, to: number): void {
    let at = from;
    while (at < to) {
      const element = this.element(at);
      if (!element) {
        this.info.cut = true;
        return;
      }
      if (element.id === 0x1654ae6b) this.tracks = true;
      if (element.end > to && element.end !== Number.POSITIVE_INFINITY) {
        if (MASTERS.has(element.id))
          throw errors.truncated(this.format, `an element at byte ${at} reaches past its end`);
        this.info.cut = true;
        return;
      }
      if (MASTERS.has(element.id)) this.walk(element.start, element.end, 1);
      // the blocks of an open cluster are walked as if they were the segment's own
      at = element.id === CLUSTER && element.end === Number.POSITIVE_INFINITY ? element.start : element.end;
    }
  }

  private walk(from: number, to: number, depth: number): void {
    if (to > this.bytes.length) throw errors.truncated(this.format, 'its header is not whole');
    let at = from;
    while (at < to) {
      const element = this.element(at);
      if (!element || element.end > to) throw this.damaged(`an element at byte ${at} is longer than what holds it`);
      this.visit(element);
      if (MASTERS.has(element.id) && depth < 6) this.walk(element.start, element.end, depth + 1);
      at = element.end;
    }
  }

  private visit({ id, start, end }: Element): void {
    if (id === DOC_TYPE)
      this.info.docType = String.fromCharCode(...this.bytes.subarray(start, Math.min(end, start + 32)));
    if (id !== DATE || end - start !== 8) return;
    const view = new DataView(this.bytes.buffer, this.bytes.byteOffset + start, 8);
    const date = new Date(EPOCH_2001_MS + Number(view.getBigInt64(0)) / 1e6);
    if (Number.isFinite(date.getTime())) this.info.created = date.toISOString().replace('.000Z', 'Z');
  }

  /** Id and size at `at` (RFC 8794, section 4); undefined where they are cut. Throws FILE_DAMAGED. */
  private element(at: number): Element | undefined {
    if (++this.count > MAX_ELEMENTS) throw this.damaged(`more than ${MAX_ELEMENTS} elements`);
    const idBytes = Math.clz32(this.bytes[at] ?? 0) - 23;
    if (at >= this.bytes.length || at + idBytes >= this.bytes.length) return undefined;
    if (idBytes > 4) throw this.damaged(`there is no element at byte ${at}`);
    let id = 0;
    for (let i = 0; i < idBytes; i++) id = id * 256 + this.bytes[at + i]!;
    const sizeAt = at + idBytes;
    const sizeBytes = Math.clz32(this.bytes[sizeAt]!) - 23;
    if (sizeBytes > 8) throw this.damaged(`the element at byte ${at} has no size`);
    if (sizeAt + sizeBytes > this.bytes.length) return undefined;
    let size = this.bytes[sizeAt]! & ((1 << (8 - sizeBytes)) - 1);
    let open = size === (1 << (8 - sizeBytes)) - 1;
    for (let i = 1; i < sizeBytes; i++) {
      open &&= this.bytes[sizeAt + i] === 255;
      size = size * 256 + this.bytes[sizeAt + i]!;
    }
    const start = sizeAt + sizeBytes;
    if (open && id !== SEGMENT && id !== CLUSTER) throw this.damaged(`the element at byte ${at} has no size`);
    return { id, start, end: open ? Number.POSITIVE_INFINITY : start + size };
  }

  private damaged(detail: string) {
    return errors.damaged(this.format, detail);
  }
}
