import type { ModelConfig } from '../common/modelConfig';

/**
 * Groups a cloud for the point tokenizer (PointPatchEmbed of the official code): farthest point sampling picks C
 * centres, then each centre takes its K nearest points, itself among them.
 *
 * Differs from the textbook: distances are over the colours (channels 3..5) unless `group_by` is "position"; ties of
 * the farthest point go to the point that the CUDA kernel's reduction tree would pick, not to the first.
 */
export interface PointGroups {
  /** [channels, groups, neighbours], what a 1x1 convolution takes. */
  groups: Float32Array;
  /** 6: xyz, rgb as they are. 9 (`relative`): centre xyz, xyz - centre, rgb. */
  channels: number;
}

/** `cloud` is [n, 6] (xyz, rgb), n >= 1. With fewer points than groups or neighbours, points repeat. */
export function groupPoints(cloud: Float32Array, n: number, point: ModelConfig['point']): PointGroups {
  const keys = channelsFrom(cloud, n, point.group_by === 'color' ? 3 : 0);
  const centres = farthestPoints(keys, n, point.groups);
  const members = nearestPoints(keys, n, centres, point.neighbours);
  return point.relative ? relativeGroups(cloud, centres, members) : plainGroups(cloud, members);
}

/** Three planes [n] each, so that the inner loops read straight through memory. */
interface Keys {
  a: Float32Array;
  b: Float32Array;
  c: Float32Array;
}

function channelsFrom(cloud: Float32Array, n: number, first: number): Keys {
  const keys = { a: new Float32Array(n), b: new Float32Array(n), c: new Float32Array(n) };
  for (let i = 0; i < n; i++) {
    keys.a[i] = cloud[i * 6 + first]!;
    keys.b[i] = cloud[i * 6 + first + 1]!;
    keys.c[i] = cloud[i * 6 + first + 2]!;
  }
  return keys;
}

/** Indices [count] of farthest point sampling; the first is 0. O(n * count). */
export function farthestPoints(keys: Keys, n: number, count: number): Int32Array {
  const picked = new Int32Array(count);
  const nearest = new Float32Array(n).fill(1e10);
  const rank = tieRanks(n);
  let last = 0;
  for (let j = 1; j < count; j++) {
    last = farthestFrom(keys, n, last, nearest, rank);
    picked[j] = last;
  }
  return picked;
}

/** Lowers `nearest` by the distances to point `last` and returns where it is now largest. */
function farthestFrom(keys: Keys, n: number, last: number, nearest: Float32Array, rank: Int32Array): number {
  const { a, b, c } = keys;
  const x = a[last]!;
  const y = b[last]!;
  const z = c[last]!;
  let best = -1;
  let at = 0;
  for (let k = 0; k < n; k++) {
    const dx = a[k]! - x;
    const dy = b[k]! - y;
    const dz = c[k]! - z;
    const d = Math.fround(dx * dx + dy * dy + dz * dz);
    if (d < nearest[k]!) nearest[k] = d;
    const m = nearest[k]!;
    if (m > best || (m === best && rank[k]! < rank[at]!)) {
      best = m;
      at = k;
    }
  }
  return at;
}

/**
 * Order in which the CUDA kernel prefers equal distances: block size bs = min(1024, 2^floor(log2 n)); smallest
 * bit-reversed (k mod bs) first, then smallest k (within one residue the scan above keeps the first anyway).
 */
function tieRanks(n: number): Int32Array {
  const bits = Math.min(10, Math.floor(Math.log2(n)));
  const mask = (1 << bits) - 1;
  const rank = new Int32Array(n);
  for (let k = 0; k < n; k++) rank[k] = reverseBits(k & mask, bits);
  return rank;
}

function reverseBits(value: number, bits: number): number {
  let out = 0;
  for (let i = 0; i < bits; i++) out |= ((value >> i) & 1) << (bits - 1 - i);
  return out;
}

/** Indices [centres.length, k] of the k points nearest to each centre; equal distances go to the smaller index. */
export function nearestPoints(keys: Keys, n: number, centres: Int32Array, k: number): Int32Array {
  const take = Math.min(k, n);
  const nearest = new NearestK(take);
  const members = new Int32Array(centres.length * k);
  for (let j = 0; j < centres.length; j++) {
    nearest.scan(keys, n, centres[j]!);
    for (let i = 0; i < k; i++) members[j * k + i] = nearest.at(i % take);
  }
  return members;
}

/** The k smallest distances of a scan, as a binary heap with the largest on top: no full sort of n distances. */
class NearestK {
  private readonly distance: Float64Array;
  private readonly index: Int32Array;
  private size = 0;

  constructor(private readonly k: number) {
    this.distance = new Float64Array(k);
    this.index = new Int32Array(k);
  }

  at(i: number): number {
    return this.index[i]!;
  }

  scan(keys: Keys, n: number, centre: number): void {
    const { a, b, c } = keys;
    const x = a[centre]!;
    const y = b[centre]!;
    const z = c[centre]!;
    this.size = 0;
    let worst = Number.POSITIVE_INFINITY;
    for (let i = 0; i < n; i++) {
      const dx = a[i]! - x;
      const dy = b[i]! - y;
      const dz = c[i]! - z;
      const d = dx * dx + dy * dy + dz * dz;
      if (d < worst) worst = this.offer(d, i);
    }
  }

  /** Keeps the pair and returns the distance that the next one must beat. */
  private offer(d: number, i: number): number {
    if (this.size < this.k) this.siftUp(this.size++, d, i);
    else this.siftDown(d, i);
    return this.size < this.k ? Number.POSITIVE_INFINITY : this.distance[0]!;
  }

  private siftUp(hole: number, d: number, i: number): void {
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (this.distance[parent]! >= d) break;
      this.move(parent, hole);
      hole = parent;
    }
    this.put(hole, d, i);
  }

  private siftDown(d: number, i: number): void {
    let hole = 0;
    for (let child = 1; child < this.size; child = 2 * hole + 1) {
      if (child + 1 < this.size && this.distance[child + 1]! > this.distance[child]!) child++;
      if (this.distance[child]! <= d) break;
      this.move(child, hole);
      hole = child;
    }
    this.put(hole, d, i);
  }

  private move(from: number, to: number): void {
    this.put(to, this.distance[from]!, this.index[from]!);
  }

  private put(at: number, d: number, i: number): void {
    this.distance[at] = d;
    this.index[at] = i;
  }
}

function plainGroups(cloud: Float32Array, members: Int32Array): PointGroups {
  const size = members.length;
  const groups = new Float32Array(6 * size);
  for (let c = 0; c < 6; c++) {
    for (let i = 0; i < size; i++) groups[c * size + i] = cloud[members[i]! * 6 + c]!;
  }
  return { groups, channels: 6 };
}

function relativeGroups(cloud: Float32Array, centres: Int32Array, members: Int32Array): PointGroups {
  const size = members.length;
  const k = size / centres.length;
  const groups = new Float32Array(9 * size);
  for (let i = 0; i < size; i++) {
    const centre = centres[Math.floor(i / k)]! * 6;
    const point = members[i]! * 6;
    for (let c = 0; c < 3; c++) {
      groups[c * size + i] = cloud[centre + c]!;
      groups[(3 + c) * size + i] = cloud[point + c]! - cloud[centre + c]!;
      groups[(6 + c) * size + i] = cloud[point + 3 + c]!;
    }
  }
  return { groups, channels: 9 };
}
