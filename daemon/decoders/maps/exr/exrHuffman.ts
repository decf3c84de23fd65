import { errors } from '../../../common/errors';
import { ByteReader } from '../../image/byteReader';

/** 16-bit values and one code for a repetition. */
const SYMBOLS = 65_537;
/** Longer codes exist in the format; a number here holds 53 bits, and no file of this size needs them. */
const MAX_BITS = 52;
const [SHORT_RUN, LONG_RUN, SHORTEST_LONG_RUN] = [59, 63, 6];

/** Bits from the highest of each byte down. */
class BitReader {
  private at = 0;
  constructor(private readonly bytes: Uint8Array) {}

  bit(): number {
    const byte = this.bytes[this.at >> 3];
    if (byte === undefined) throw errors.truncated('EXR', 'a block ends inside its codes');
    return (byte >> (7 - (this.at++ & 7))) & 1;
  }

  bits(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++) value = 2 * value + this.bit();
    return value;
  }

  get bytesRead(): number {
    return (this.at + 7) >> 3;
  }
}

/** Canonical codes: of each length the first code and the symbols in order; longer codes have the lower numbers. */
interface Codes {
  first: number[];
  symbols: number[][];
}

/** `count` values (ImfHuf.cpp of OpenEXR). Throws FILE_DAMAGED, FILE_TRUNCATED. */
export function unpackHuffman(bytes: Uint8Array, count: number): Uint16Array {
  const out = new Uint16Array(count);
  if (bytes.length === 0) {
    if (count === 0) return out;
    throw errors.damaged('EXR', 'a block has no codes');
  }
  const read = new ByteReader(bytes, 'EXR', true);
  read.need(0, 20, 'the codes of a block');
  const [low, high] = [read.u32(0), read.u32(4)];
  if (low >= SYMBOLS || high >= SYMBOLS || low > high) throw errors.damaged('EXR', 'a block has impossible codes');
  const table = new BitReader(bytes.subarray(20));
  const codes = readCodes(table, low, high);
  decode(new BitReader(bytes.subarray(20 + table.bytesRead)), codes, high, out);
  return out;
}

function readCodes(table: BitReader, low: number, high: number): Codes {
  const symbols: number[][] = Array.from({ length: 59 }, () => []);
  for (let symbol = low; symbol <= high; symbol++) {
    const length = table.bits(6);
    if (length >= SHORT_RUN) {
      const run = length === LONG_RUN ? table.bits(8) + SHORTEST_LONG_RUN : length - SHORT_RUN + 2;
      symbol += run - 1;
      if (symbol > high) throw errors.damaged('EXR', 'a block has more codes than it says');
    } else if (length > 0) symbols[length]!.push(symbol);
  }
  if (symbols.slice(MAX_BITS + 1).some((list) => list.length > 0))
    throw errors.unsupported('EXR', `codes of more than ${MAX_BITS} bits`);
  const first = new Array<number>(59).fill(0);
  let code = 0;
  for (let length = 58; length > 0; length--) {
    first[length] = code;
    code = Math.floor((code + symbols[length]!.length) / 2);
  }
  return { first, symbols };
}

function decode(bits: BitReader, { first, symbols }: Codes, repeat: number, out: Uint16Array): void {
  for (let to = 0; to < out.length; ) {
    let [code, length] = [0, 0];
    let symbol: number | undefined;
    while (symbol === undefined) {
      if (++length > MAX_BITS) throw errors.damaged('EXR', 'a block has a code that is not in its table');
      code = 2 * code + bits.bit();
      const index = code - first[length]!;
      if (index >= 0) symbol = symbols[length]![index];
    }
    if (symbol !== repeat) out[to++] = symbol;
    else {
      const run = bits.bits(8);
      if (to === 0 || to + run > out.length) throw errors.damaged('EXR', 'a repetition is longer than its block');
      out.fill(out[to - 1]!, to, to + run);
      to += run;
    }
  }
}
