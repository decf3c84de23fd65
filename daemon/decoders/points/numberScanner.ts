import { errors } from '../../common/errors';

const ZERO = 48;
const NINE = 57;
const PLUS = 43;
const MINUS = 45;
const DOT = 46;
const LOWER_E = 101;
const UPPER_E = 69;
const NEWLINE = 10;
const RETURN = 13;

/** A longer token is no number. */
const MAX_TOKEN = 400;
/** Below this another decimal digit keeps the mantissa under 2^53, so that it stays exact. */
const EXACT = 9e14;
const POWERS = Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));
const SPECIAL: Readonly<Record<string, number>> = {
  nan: Number.NaN,
  '-nan': Number.NaN,
  '+nan': Number.NaN,
  'nan(ind)': Number.NaN,
  '-nan(ind)': Number.NaN,
  inf: Number.POSITIVE_INFINITY,
  '+inf': Number.POSITIVE_INFINITY,
  '-inf': Number.NEGATIVE_INFINITY,
  infinity: Number.POSITIVE_INFINITY,
  '-infinity': Number.NEGATIVE_INFINITY,
};

export interface ScannerOptions {
  /** Code of the byte that separates fields beside white space, for example that of ",". */
  separator?: number;
  /** Code of the decimal mark; "." unless told. */
  decimal?: number;
  /** Where the bytes begin in their file, for messages. */
  offset?: number;
}

/**
 * Reads numbers out of text bytes in place: a file of millions of numbers makes no strings. A decimal of up to 15
 * digits and a small exponent is exact by one multiplication or division (Clinger 1990); the rest goes through
 * `Number`.
 */
export class NumberScanner {
  private readonly separator: number;
  private readonly decimal: number;
  private readonly offset: number;

  constructor(
    private readonly format: string,
    private readonly bytes: Uint8Array,
    public at = 0,
    options: ScannerOptions = {},
  ) {
    this.separator = options.separator ?? -1;
    this.decimal = options.decimal ?? DOT;
    this.offset = options.offset ?? 0;
  }

  get atEnd(): boolean {
    return this.at >= this.bytes.length;
  }

  /** Skips white space, line ends included. False at the end of the file. */
  skipSpace(): boolean {
    while (this.at < this.bytes.length && this.bytes[this.at]! <= 32) this.at++;
    return !this.atEnd;
  }

  /** Skips white space within the line. False at the line's end. */
  skipBlanks(): boolean {
    while (this.at < this.bytes.length && this.bytes[this.at]! <= 32 && !this.isLineEnd(this.bytes[this.at]!))
      this.at++;
    return !this.atEnd && !this.isLineEnd(this.bytes[this.at]!);
  }

  /** To the first byte after the line's end. */
  skipLine(): void {
    while (this.at < this.bytes.length && !this.isLineEnd(this.bytes[this.at]!)) this.at++;
    if (this.bytes[this.at] === RETURN && this.bytes[this.at + 1] === NEWLINE) this.at++;
    this.at++;
  }

  peek(): number {
    return this.bytes[this.at] ?? -1;
  }

  /** Steps over the separator if it is next. */
  skipSeparator(): boolean {
    if (this.bytes[this.at] !== this.separator) return false;
    this.at++;
    return true;
  }

  /** To the separator after this field, or the line's end; without a separator to the token's end. */
  skipField(): void {
    if (this.separator < 0) this.at = this.tokenEnd(this.at);
    while (!this.atEnd && this.separator >= 0 && this.peek() !== this.separator && !this.isLineEnd(this.peek()))
      this.at++;
  }

  /** The token at the cursor as text, and past it. */
  readWord(): string {
    const start = this.at;
    this.at = this.tokenEnd(start);
    return latin1(this.bytes, start, Math.min(this.at, start + MAX_TOKEN));
  }

  /** The number at the cursor, which must be at a token; "nan" and "inf" are numbers. Throws FILE_DAMAGED. */
  readNumber(): number {
    const start = this.at;
    let p = start;
    let c = this.bytes[p] ?? -1;
    const negative = c === MINUS;
    if (negative || c === PLUS) c = this.bytes[++p] ?? -1;
    let mantissa = 0;
    let exponent = 0;
    let exact = true;
    const digitsFrom = p;
    for (; c >= ZERO && c <= NINE; c = this.bytes[++p] ?? -1) {
      if (mantissa < EXACT) mantissa = mantissa * 10 + (c - ZERO);
      else exact = false;
    }
    let digits = p - digitsFrom;
    if (c === this.decimal) {
      const fractionFrom = ++p;
      for (c = this.bytes[p] ?? -1; c >= ZERO && c <= NINE; c = this.bytes[++p] ?? -1) {
        if (mantissa < EXACT) {
          mantissa = mantissa * 10 + (c - ZERO);
          exponent--;
        } else exact = false;
      }
      digits += p - fractionFrom;
    }
    if (digits > 0 && (c === LOWER_E || c === UPPER_E)) {
      const sign = this.bytes[p + 1] ?? -1;
      const signed = sign === MINUS || sign === PLUS;
      let e = 0;
      const from = p + (signed ? 2 : 1);
      for (p = from, c = this.bytes[p] ?? -1; c >= ZERO && c <= NINE && p - from < 5; c = this.bytes[++p] ?? -1)
        e = e * 10 + (c - ZERO);
      if (p === from) exact = false;
      exponent += sign === MINUS ? -e : e;
    }
    if (!exact || digits === 0 || exponent > 22 || exponent < -22 || !this.endsToken(c)) return this.readSlowly(start);
    this.at = p;
    const value = exponent < 0 ? mantissa / POWERS[-exponent]! : mantissa * POWERS[exponent]!;
    return negative ? -value : value;
  }

  private readSlowly(start: number): number {
    const end = this.tokenEnd(start);
    const token = latin1(this.bytes, start, Math.min(end, start + MAX_TOKEN)).toLowerCase();
    const value = this.decimal === DOT ? token : token.replace(String.fromCharCode(this.decimal), '.');
    this.at = end;
    const special = SPECIAL[value];
    if (special !== undefined) return special;
    if (end - start > MAX_TOKEN || !/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/.test(value))
      throw errors.damaged(
        this.format,
        `${JSON.stringify(token.slice(0, 40))} at byte ${this.offset + start} is not a number`,
      );
    return Number(value);
  }

  private tokenEnd(from: number): number {
    let p = from;
    while (p < this.bytes.length && !this.endsToken(this.bytes[p]!)) p++;
    return p;
  }

  private endsToken(code: number): boolean {
    return code <= 32 || code === this.separator;
  }

  private isLineEnd(code: number): boolean {
    return code === NEWLINE || code === RETURN;
  }
}

/** Bytes as text, one character a byte. */
export function latin1(bytes: Uint8Array, from: number, to: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + from, Math.max(0, Math.min(to, bytes.length) - from)).toString(
    'latin1',
  );
}
