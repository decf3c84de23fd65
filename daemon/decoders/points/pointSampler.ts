import { errors } from '../../common/errors';
import { uniformRandom } from '../../common/uniformRandom';
import type { PointMedia } from '../../media/media';
import { SAMPLE_POINTS } from './limits';
import { scaleColorsBy } from './scaleColors';

/** The same file always gives the same sample. */
const SEED = 0x0e11a5;
/** Coordinates beyond this are kept relative to the first point: a float32 has 24 bits. */
const FAR = 10_000;
const FIRST_CAPACITY = 1 << 14;

/** Differences of two such numbers still fit a float32. */
const LARGEST = 1e38;
const isPlace = (value: number): boolean => value >= -LARGEST && value <= LARGEST;

export interface SamplerOptions {
  /** The row of the table. */
  format: string;
  encoding: string;
  hasColors: boolean;
  /** Bytes of an integer colour channel; undefined: the values decide. */
  colorBytes?: number | undefined;
  /** Maps a colour channel as stored to [0, 1] by itself (Gaussian splats). */
  mapColor?: (value: number) => number;
  /** Points that the file declares, where known in advance. */
  declared?: number;
  limit?: number;
}

/**
 * Takes the points of a file one by one, counts them, finds their exact bounds, and keeps all of them or, above the
 * limit, a uniform sample: algorithm L (Li 1994, "Reservoir-sampling algorithms of time complexity O(n(1 +
 * log(N/n)))"), which draws a random number only where a point is kept. Memory is bounded by the limit.
 */
export class PointSampler {
  private positions: Float32Array;
  private colors: Float32Array | undefined;
  private readonly limit: number;
  private readonly random = uniformRandom(SEED);
  private readonly min: [number, number, number] = [Infinity, Infinity, Infinity];
  private readonly max: [number, number, number] = [-Infinity, -Infinity, -Infinity];
  private origin: [number, number, number] = [0, 0, 0];
  private finite = 0;
  private dropped = 0;
  private highestColor = 0;
  /** Number of the next point that is kept, and the state of algorithm L. */
  private nextKept = 0;
  private weight = 1;

  constructor(private readonly options: SamplerOptions) {
    this.limit = options.limit ?? SAMPLE_POINTS;
    const capacity = Math.max(1, Math.min(this.limit, options.declared ?? FIRST_CAPACITY));
    this.positions = new Float32Array(3 * capacity);
    if (options.hasColors) this.colors = new Float32Array(3 * capacity);
  }

  /** Points so far, those that are not finite included. */
  get seen(): number {
    return this.finite + this.dropped;
  }

  /** A point as the file has it; the colour's channels are not scaled yet. */
  add(x: number, y: number, z: number, r = 0, g = 0, b = 0): void {
    if (!isPlace(x) || !isPlace(y) || !isPlace(z)) {
      this.dropped++;
      return;
    }
    this.grow(x, y, z);
    if (this.colors) this.seeColor(r, g, b);
    const slot = this.slotFor(this.finite++);
    if (slot < 0) return;
    const at = 3 * slot;
    this.positions[at] = x - this.origin[0];
    this.positions[at + 1] = y - this.origin[1];
    this.positions[at + 2] = z - this.origin[2];
    if (!this.colors) return;
    this.colors[at] = r;
    this.colors[at + 1] = g;
    this.colors[at + 2] = b;
  }

  /** Throws MEDIA_EMPTY without a finite point. */
  finish(extra: Partial<PointMedia> = {}, warnings: readonly string[] = []): PointMedia {
    const { format, encoding, declared } = this.options;
    const name = format.toUpperCase();
    if (this.seen === 0) throw errors.noContent(name, 'points');
    if (this.finite === 0) throw errors.noContent(name, 'finite points');
    const count = Math.min(this.finite, this.limit);
    const isSample = this.finite > count;
    const isFar = this.origin.some((value) => value !== 0);
    return {
      kind: 'point',
      format,
      encoding,
      positions: this.positions.subarray(0, 3 * count),
      ...(this.colors && { colors: this.scaled(this.colors.subarray(0, 3 * count)) }),
      count,
      declared: declared ?? this.seen,
      ...((isSample || isFar) && { bounds: { min: this.min, max: this.max } }),
      ...(isFar && { origin: this.origin }),
      ...(isSample && { total: this.finite }),
      ...extra,
      warnings: [...warnings, ...this.droppedWarning(), ...(isSample ? [sampleWarning(this.finite, count)] : [])],
    };
  }

  private droppedWarning(): string[] {
    return this.dropped > 0 ? [`${this.dropped} points are not finite numbers and were left out.`] : [];
  }

  private scaled(colors: Float32Array): Float32Array {
    const { mapColor, colorBytes } = this.options;
    return mapColor ? colors.map(mapColor) : scaleColorsBy(colors, colorBytes, this.highestColor);
  }

  private seeColor(r: number, g: number, b: number): void {
    if (r > this.highestColor) this.highestColor = r;
    if (g > this.highestColor) this.highestColor = g;
    if (b > this.highestColor) this.highestColor = b;
  }

  private grow(x: number, y: number, z: number): void {
    const { min, max } = this;
    if (x < min[0]) min[0] = x;
    if (y < min[1]) min[1] = y;
    if (z < min[2]) min[2] = z;
    if (x > max[0]) max[0] = x;
    if (y > max[1]) max[1] = y;
    if (z > max[2]) max[2] = z;
    if (this.finite === 0 && Math.max(Math.abs(x), Math.abs(y), Math.abs(z)) >= FAR)
      this.origin = [Math.floor(x), Math.floor(y), Math.floor(z)];
  }

  /** Where the point of this number is kept; -1: nowhere. */
  private slotFor(number: number): number {
    if (number < this.limit) {
      if (3 * number >= this.positions.length) this.enlarge();
      if (number === this.limit - 1) this.skip(number);
      return number;
    }
    if (number < this.nextKept) return -1;
    this.skip(number);
    return Math.floor(this.random() * this.limit);
  }

  private skip(from: number): void {
    this.weight *= Math.exp(Math.log(this.random() || Number.MIN_VALUE) / this.limit);
    this.nextKept = from + Math.floor(Math.log(this.random() || Number.MIN_VALUE) / Math.log1p(-this.weight)) + 1;
  }

  private enlarge(): void {
    const length = Math.min(2 * this.positions.length, 3 * this.limit);
    const copy = (old: Float32Array) => {
      const larger = new Float32Array(length);
      larger.set(old);
      return larger;
    };
    this.positions = copy(this.positions);
    if (this.colors) this.colors = copy(this.colors);
  }
}

function sampleWarning(total: number, kept: number): string {
  const text = (n: number) => n.toLocaleString('en-US');
  return `The file has ${text(total)} points: count and bounds are of all, the rest is of a uniform sample of ${text(kept)}.`;
}
