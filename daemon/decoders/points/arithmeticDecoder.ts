/** How many symbols of each kind were met; their probabilities follow every so often. */
export class SymbolModel {
  readonly distribution: Float64Array;
  private readonly counts: Float64Array;
  private total = 0;
  private cycle: number;
  private untilUpdate = 0;

  constructor(readonly symbols: number) {
    this.distribution = new Float64Array(symbols);
    this.counts = new Float64Array(symbols).fill(1);
    this.cycle = symbols;
    this.update();
    this.cycle = (symbols + 6) >> 1;
    this.untilUpdate = this.cycle;
  }

  count(symbol: number): void {
    this.counts[symbol]!++;
    if (--this.untilUpdate === 0) this.update();
  }

  private update(): void {
    this.total += this.cycle;
    if (this.total > 32_768) {
      this.total = 0;
      for (let i = 0; i < this.symbols; i++) this.total += this.counts[i] = (this.counts[i]! + 1) >> 1;
    }
    const scale = Math.floor(0x80000000 / this.total);
    let sum = 0;
    for (let i = 0; i < this.symbols; i++) {
      this.distribution[i] = Math.floor((scale * sum) / 65_536);
      sum += this.counts[i]!;
    }
    this.cycle = Math.min((5 * this.cycle) >> 2, (this.symbols + 6) << 3);
    this.untilUpdate = this.cycle;
  }
}

const MIN_LENGTH = 0x1000000;

/**
 * The arithmetic decoder of LASzip (Said 2004, "Introduction to arithmetic coding", with 32-bit registers), as far as
 * the table of chunks needs it. Past its input it reads zeros.
 */
export class ArithmeticDecoder {
  private value = 0;
  private length = 0xffffffff;
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {
    for (let i = 0; i < 4; i++) this.value = this.value * 256 + this.next();
  }

  symbol(model: SymbolModel): number {
    let low = 0;
    let high = this.length;
    this.length = Math.floor(this.length / 32_768);
    let from = 0;
    let to = model.symbols;
    for (let middle = to >> 1; middle !== from; middle = (from + to) >> 1) {
      const place = this.length * model.distribution[middle]!;
      if (place > this.value) {
        to = middle;
        high = place;
      } else {
        from = middle;
        low = place;
      }
    }
    this.narrow(low, high);
    model.count(from);
    return from;
  }

  /** 0 with the probability `ofZero` / 2^13. */
  bit(ofZero: number): number {
    const place = ofZero * Math.floor(this.length / 8192);
    const bit = this.value >= place ? 1 : 0;
    if (bit === 0) this.narrow(0, place);
    else this.narrow(place, this.length);
    return bit;
  }

  /** Up to 19 bits, all values as likely. */
  bits(count: number): number {
    this.length = Math.floor(this.length / 2 ** count);
    const value = Math.floor(this.value / this.length);
    this.narrow(this.length * value, this.length * (value + 1));
    return value;
  }

  private narrow(low: number, high: number): void {
    this.value -= low;
    this.length = high - low;
    while (this.length < MIN_LENGTH && this.length > 0) {
      this.value = (this.value * 256 + this.next()) % 2 ** 32;
      this.length *= 256;
    }
  }

  private next(): number {
    return this.bytes[this.at++] ?? 0;
  }
}
