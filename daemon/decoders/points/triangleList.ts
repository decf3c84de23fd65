import { errors } from '../../common/errors';
import { MAX_TRIANGLES } from './limits';

/** Collects the faces of a mesh as triangles; grows as needed, to the limit. */
export class TriangleList {
  private indices = new Uint32Array(3 * 256);
  private used = 0;

  constructor(
    private readonly format: string,
    private readonly vertexCount: number,
  ) {}

  /** Triangles so far. */
  get count(): number {
    return this.used / 3;
  }

  /** Adds one polygon of `corners` vertex numbers (from 0) as a fan; fewer than three corners make no triangle. */
  addPolygon(polygon: ArrayLike<number>, corners: number): void {
    for (let i = 0; i < corners; i++) this.check(polygon[i]!);
    for (let i = 2; i < corners; i++) this.push(polygon[0]!, polygon[i - 1]!, polygon[i]!);
  }

  /** 3 * count vertex numbers. */
  toArray(): Uint32Array {
    return this.indices.subarray(0, this.used);
  }

  private check(index: number): void {
    if (!Number.isInteger(index) || index < 0 || index >= this.vertexCount)
      throw errors.damaged(this.format, `a face names the vertex ${index}; there are ${this.vertexCount}`);
  }

  private push(a: number, b: number, c: number): void {
    if (this.used === this.indices.length) this.grow();
    this.indices[this.used++] = a;
    this.indices[this.used++] = b;
    this.indices[this.used++] = c;
  }

  private grow(): void {
    if (this.count >= MAX_TRIANGLES)
      throw errors.tooLarge(
        `${this.format} mesh`,
        `more than ${MAX_TRIANGLES.toLocaleString('en-US')} triangles`,
        `${MAX_TRIANGLES.toLocaleString('en-US')} triangles`,
      );
    const larger = new Uint32Array(Math.min(this.indices.length * 2, 3 * MAX_TRIANGLES));
    larger.set(this.indices);
    this.indices = larger;
  }
}
