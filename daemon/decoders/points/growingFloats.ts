import { errors } from '../../common/errors';
import { MAX_POINTS } from './limits';

/** Coordinates of points whose number is not known in advance; doubles when full, to the limit of points. */
export class GrowingFloats {
  private values = new Float32Array(3 * 1024);
  private used = 0;

  constructor(private readonly format: string) {}

  /** Triples so far. */
  get count(): number {
    return this.used / 3;
  }

  push(x: number, y: number, z: number): void {
    if (this.used === this.values.length) this.grow();
    this.values[this.used++] = x;
    this.values[this.used++] = y;
    this.values[this.used++] = z;
  }

  toArray(): Float32Array {
    return this.values.subarray(0, this.used);
  }

  private grow(): void {
    if (this.count >= MAX_POINTS) {
      const limit = `${MAX_POINTS.toLocaleString('en-US')} points`;
      throw errors.tooLarge(`${this.format} file`, `more than ${limit}`, limit);
    }
    const larger = new Float32Array(Math.min(2 * this.values.length, 3 * MAX_POINTS));
    larger.set(this.values);
    this.values = larger;
  }
}
