import type { DecoderState } from './ports';
import type { Feed } from './session';

/** Capacity grows by this many positions, so that growing, the only copy, is rare. */
const BUCKET = 128;

export interface CacheShape {
  layers: number;
  heads: number;
  /** Channels of a head. */
  head: number;
  /** Positions that the model reads. */
  maxSequence: number;
}

/**
 * Keys and values of the positions so far, [1, heads, capacity, head] float32 for each layer. The buffers are fed as
 * they are, unused capacity masked; a step adds its own rows in place.
 */
export class KvCache implements DecoderState {
  private filled = 0;
  private allocated = 0;
  /** Key and value of each layer in turn, 2 * layers buffers. */
  private buffers: Float32Array[];

  constructor(private readonly shape: CacheShape) {
    this.buffers = Array.from({ length: 2 * shape.layers }, () => new Float32Array(0));
  }

  get length(): number {
    return this.filled;
  }

  get capacity(): number {
    return this.allocated;
  }

  truncate(length: number): void {
    this.filled = Math.max(0, Math.min(this.filled, length));
  }

  /** Positions that a run sees as past: the whole capacity, or none while nothing is filled. */
  get past(): number {
    return this.filled === 0 ? 0 : this.allocated;
  }

  /** Inputs `past.I.key` and `past.I.value`, [1, heads, past, head]. */
  feeds(): Record<string, Feed> {
    const { heads, head } = this.shape;
    const dims = [1, heads, this.past, head];
    const data = (i: number) => (this.past === 0 ? EMPTY : this.buffers[i]!);
    const entries = this.buffers.map((_, i) => [inputName(i), { data: data(i), dims }] as const);
    return Object.fromEntries(entries);
  }

  /** Adds the rows of `count` new positions, [2 * layers, heads, count, head]. */
  append(rows: Float32Array, count: number): void {
    const { heads, head } = this.shape;
    this.reserve(this.filled + count);
    for (let part = 0; part < this.buffers.length * heads; part++) {
      const buffer = this.buffers[Math.floor(part / heads)]!;
      const to = ((part % heads) * this.allocated + this.filled) * head;
      buffer.set(rows.subarray(part * count * head, (part + 1) * count * head), to);
    }
    this.filled += count;
  }

  private reserve(positions: number): void {
    if (positions <= this.allocated) return;
    const capacity = Math.min(this.shape.maxSequence, Math.ceil(positions / BUCKET) * BUCKET);
    this.buffers = this.buffers.map((old) => this.grown(old, capacity));
    this.allocated = capacity;
  }

  private grown(old: Float32Array, capacity: number): Float32Array {
    const { heads, head } = this.shape;
    const buffer = new Float32Array(heads * capacity * head);
    for (let h = 0; h < heads; h++) {
      const from = h * this.allocated * head;
      buffer.set(old.subarray(from, from + this.filled * head), h * capacity * head);
    }
    return buffer;
  }
}

const EMPTY = new Float32Array(0);

const inputName = (i: number): string => `past.${i >> 1}.${i % 2 === 0 ? 'key' : 'value'}`;
