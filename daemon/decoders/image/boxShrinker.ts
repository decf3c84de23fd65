/**
 * Collects RGBA rows from the top and shrinks by a whole factor on the way: each output pixel is the mean of a
 * factor x factor block (smaller at the right and lower edges), so that only the small picture is in memory.
 */
export class BoxShrinker {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray;
  private readonly sums: Float64Array;
  private row = 0;

  /** The factor is the smallest that brings both sides to `maxSide` or below. */
  constructor(
    private readonly fullWidth: number,
    private readonly fullHeight: number,
    maxSide: number,
    private readonly factor = Math.ceil(Math.max(fullWidth, fullHeight) / maxSide),
  ) {
    this.width = Math.ceil(fullWidth / factor);
    this.height = Math.ceil(fullHeight / factor);
    this.data = new Uint8ClampedArray(this.width * this.height * 4);
    this.sums = new Float64Array(factor > 1 ? this.width * 4 : 0);
  }

  /** Takes the next row, fullWidth * 4 bytes. */
  add(rgba: Uint8Array): void {
    const row = this.row++;
    if (this.factor === 1) {
      this.data.set(rgba, row * this.width * 4);
      return;
    }
    for (let x = 0; x < this.fullWidth; x++) {
      const to = Math.floor(x / this.factor) * 4;
      for (let c = 0; c < 4; c++) this.sums[to + c]! += rgba[x * 4 + c]!;
    }
    if ((row + 1) % this.factor === 0 || row + 1 === this.fullHeight) this.flush(Math.floor(row / this.factor));
  }

  private flush(outRow: number): void {
    const rows = Math.min(this.factor, this.fullHeight - outRow * this.factor);
    for (let x = 0; x < this.width; x++) {
      const pixels = rows * Math.min(this.factor, this.fullWidth - x * this.factor);
      for (let c = 0; c < 4; c++) this.data[(outRow * this.width + x) * 4 + c] = this.sums[x * 4 + c]! / pixels;
    }
    this.sums.fill(0);
  }
}
