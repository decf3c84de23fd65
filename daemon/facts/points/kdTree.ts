const LEAF = 8;

/**
 * Finds nearest points (Bentley 1975): a tree that halves its points at the median along their longest side, so that
 * clustered clouds cost no more than even ones. A node is the range of points that it holds; its middle is its median.
 */
export class KdTree {
  private readonly order: Uint32Array;
  private readonly axes: Uint8Array;
  /** Numbers of the points that `nearest` found, from the nearest on. */
  readonly found: Uint32Array;
  /** Their squared distances. */
  readonly squared: Float64Array;
  private foundCount = 0;
  private wanted = 0;
  private readonly query = new Float64Array(3);
  private except = -1;

  /** `xyz`: 3 a point; `most`: neighbours that are asked for at once. */
  constructor(
    private readonly xyz: Float32Array,
    most: number,
  ) {
    const count = xyz.length / 3;
    this.order = Uint32Array.from({ length: count }, (_, i) => i);
    this.axes = new Uint8Array(count);
    this.found = new Uint32Array(most);
    this.squared = new Float64Array(most);
    this.build(0, count);
  }

  /** Finds the `wanted` points nearest to a place, but for the one numbered `except`; returns how many there are. */
  nearest(x: number, y: number, z: number, wanted: number, except = -1): number {
    this.query[0] = x;
    this.query[1] = y;
    this.query[2] = z;
    this.wanted = wanted;
    this.except = except;
    this.foundCount = 0;
    this.search(0, this.order.length);
    return this.foundCount;
  }

  private build(from: number, to: number): void {
    if (to - from <= LEAF) return;
    const axis = this.longestSide(from, to);
    const middle = (from + to) >>> 1;
    this.select(from, to - 1, middle, axis);
    this.axes[middle] = axis;
    this.build(from, middle);
    this.build(middle + 1, to);
  }

  private longestSide(from: number, to: number): number {
    let best = 0;
    let longest = -1;
    for (let axis = 0; axis < 3; axis++) {
      let low = Infinity;
      let high = -Infinity;
      for (let i = from; i < to; i++) {
        const value = this.xyz[3 * this.order[i]! + axis]!;
        if (value < low) low = value;
        if (value > high) high = value;
      }
      if (high - low > longest) {
        longest = high - low;
        best = axis;
      }
    }
    return best;
  }

  /** Hoare's selection: afterwards the median stands at its place, smaller ones before it. */
  private select(first: number, last: number, place: number, axis: number): void {
    const { order, xyz } = this;
    let [from, to] = [first, last];
    while (from < to) {
      const pivot = xyz[3 * order[(from + to) >>> 1]! + axis]!;
      let [i, j] = [from, to];
      while (i <= j) {
        while (xyz[3 * order[i]! + axis]! < pivot) i++;
        while (xyz[3 * order[j]! + axis]! > pivot) j--;
        if (i > j) break;
        const swapped = order[i]!;
        order[i++] = order[j]!;
        order[j--] = swapped;
      }
      if (place <= j) to = j;
      else if (place >= i) from = i;
      else return;
    }
  }

  private search(from: number, to: number): void {
    if (to - from <= LEAF) {
      for (let i = from; i < to; i++) this.consider(this.order[i]!);
      return;
    }
    const middle = (from + to) >>> 1;
    const axis = this.axes[middle]!;
    const point = this.order[middle]!;
    const away = this.query[axis]! - this.xyz[3 * point + axis]!;
    if (away < 0) this.search(from, middle);
    else this.search(middle + 1, to);
    this.consider(point);
    if (this.foundCount === this.wanted && away * away >= this.squared[this.wanted - 1]!) return;
    if (away < 0) this.search(middle + 1, to);
    else this.search(from, middle);
  }

  private consider(point: number): void {
    if (point === this.except) return;
    const dx = this.xyz[3 * point]! - this.query[0]!;
    const dy = this.xyz[3 * point + 1]! - this.query[1]!;
    const dz = this.xyz[3 * point + 2]! - this.query[2]!;
    const squared = dx * dx + dy * dy + dz * dz;
    const { found, wanted } = this;
    if (this.foundCount === wanted && squared >= this.squared[wanted - 1]!) return;
    let place = this.foundCount < wanted ? this.foundCount++ : wanted - 1;
    for (; place > 0 && this.squared[place - 1]! > squared; place--) {
      this.squared[place] = this.squared[place - 1]!;
      found[place] = found[place - 1]!;
    }
    this.squared[place] = squared;
    found[place] = point;
  }
}
