import { errors } from '../../common/errors';

/** Reads numbers out of a picture's header. A read past the end is FILE_TRUNCATED, never `undefined`. */
export class ByteReader {
  private readonly view: DataView;

  constructor(
    readonly bytes: Uint8Array,
    /** What errors call the file: "PNG", "TIFF" ... */
    readonly format: string,
    /** Byte order of the numbers. */
    readonly littleEndian: boolean,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get length(): number {
    return this.bytes.length;
  }

  /** Throws FILE_TRUNCATED unless `count` bytes lie at `at`; `what` names them. */
  need(at: number, count: number, what = 'the header'): void {
    if (at < 0 || at + count > this.length) {
      throw errors.truncated(
        this.format,
        `${what} ends at byte ${at + count}, and the file has ${this.length} ${this.length === 1 ? 'byte' : 'bytes'}`,
      );
    }
  }

  u8(at: number): number {
    this.need(at, 1);
    return this.bytes[at]!;
  }

  u16(at: number): number {
    this.need(at, 2);
    return this.view.getUint16(at, this.littleEndian);
  }

  u24(at: number): number {
    this.need(at, 3);
    const [a, b, c] = [this.bytes[at]!, this.bytes[at + 1]!, this.bytes[at + 2]!];
    return this.littleEndian ? a | (b << 8) | (c << 16) : (a << 16) | (b << 8) | c;
  }

  u32(at: number): number {
    this.need(at, 4);
    return this.view.getUint32(at, this.littleEndian);
  }

  i32(at: number): number {
    this.need(at, 4);
    return this.view.getInt32(at, this.littleEndian);
  }

  /** Above 2^53 the last digits are lost, which no check here minds. */
  u64(at: number): number {
    this.need(at, 8);
    return Number(this.view.getBigUint64(at, this.littleEndian));
  }

  /** `count` bytes as Latin-1 text. */
  text(at: number, count: number): string {
    this.need(at, count);
    return String.fromCharCode(...this.bytes.subarray(at, at + count));
  }
}

/** Whether `bytes` has `signature` at `at`. */
export function startsWith(bytes: Uint8Array, signature: readonly number[], at = 0): boolean {
  return bytes.length >= at + signature.length && signature.every((b, i) => bytes[at + i] === b);
}

/** Whether `bytes` has the Latin-1 text `text` at `at`. */
export function hasText(bytes: Uint8Array, text: string, at = 0): boolean {
  if (bytes.length < at + text.length) return false;
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}
