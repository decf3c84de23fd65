import type { VideoScan } from '../../media/media';

/**
 * Where the picture moves, by block matching: blocks of 16 x 16 pixels of a scanned frame are looked for in the next one,
 * at most 8 pixels away, by the least sum of absolute differences (the shortest way wins a tie). Blocks without texture
 * tell nothing and are left out.
 */

const BLOCK = 16;
const REACH = 8;
/** Pairs of frames that are looked at, spread over the video. */
const MAX_PAIRS = 40;
/** Frames farther apart show other things, not motion. Seconds. */
const MAX_GAP = 0.5;
/** Least variance of luma of a block with texture. */
const MIN_VARIANCE = 30;
/** A block moved only where this share of its difference vanishes. */
const MAX_REST = 0.6;
/** A direction is clear with this share of the moving blocks, of which there must be at least so many. */
const CLEAR_SHARE = 0.6;
const MIN_MOVING = 6;

export interface MotionDirection {
  direction: 'left' | 'right' | 'up' | 'down' | 'zoom in' | 'zoom out' | 'none';
  /** Of the moving blocks, 0..1; of all blocks for "none". */
  share: number;
  pairs: number;
}

interface Vector {
  /** Of the block's middle from the middle of the frame. */
  x: number;
  y: number;
  dx: number;
  dy: number;
}

/** Undefined where frames are too far apart, show no texture, or move without a clear direction. */
export function motionDirection(scan: VideoScan, cuts: readonly number[]): MotionDirection | undefined {
  const pairs = pairsOf(scan, cuts);
  const vectors = pairs.flatMap((i) => blockVectors(scan, i));
  if (vectors.length === 0) return undefined;
  const moving = vectors.filter(({ dx, dy }) => dx !== 0 || dy !== 0);
  if (moving.length < Math.max(MIN_MOVING, 0.01 * vectors.length))
    return { direction: 'none', share: 1 - moving.length / vectors.length, pairs: pairs.length };
  const radial = moving.map(({ x, y, dx, dy }) => (x * dx + y * dy) / (Math.hypot(x, y) * Math.hypot(dx, dy) || 1));
  const votes: Array<[MotionDirection['direction'], number]> = [
    ['left', moving.filter(({ dx, dy }) => dx < 0 && -dx > Math.abs(dy)).length],
    ['right', moving.filter(({ dx, dy }) => dx > 0 && dx > Math.abs(dy)).length],
    ['up', moving.filter(({ dx, dy }) => dy < 0 && -dy > Math.abs(dx)).length],
    ['down', moving.filter(({ dx, dy }) => dy > 0 && dy > Math.abs(dx)).length],
    // along the rays from the middle, within 45 degrees
    ['zoom in', radial.filter((r) => r > Math.SQRT1_2).length],
    ['zoom out', radial.filter((r) => r < -Math.SQRT1_2).length],
  ];
  const [direction, count] = votes.reduce((a, b) => (b[1] > a[1] ? b : a));
  const share = count / moving.length;
  return share >= CLEAR_SHARE ? { direction, share, pairs: pairs.length } : undefined;
}

/** Indices i of pairs (i, i + 1) that are near in time and not across a cut. */
function pairsOf({ times }: VideoScan, cuts: readonly number[]): number[] {
  const usable = times.slice(1).flatMap((time, i) => {
    const crossed = cuts.some((cut) => cut > times[i]! + 1e-6 && cut <= time + 1e-6);
    return crossed || time - times[i]! > MAX_GAP ? [] : [i];
  });
  if (usable.length <= MAX_PAIRS) return usable;
  return Array.from({ length: MAX_PAIRS }, (_, k) => usable[Math.floor((k * usable.length) / MAX_PAIRS)]!);
}

function blockVectors({ luma, width, height }: VideoScan, pair: number): Vector[] {
  const [a, b] = [luma[pair]!, luma[pair + 1]!];
  const vectors: Vector[] = [];
  for (let y = 0; y + BLOCK <= height; y += BLOCK)
    for (let x = 0; x + BLOCK <= width; x += BLOCK) {
      if (variance(a, width, x, y) < MIN_VARIANCE) continue;
      const [dx, dy] = bestShift(a, b, width, height, x, y);
      vectors.push({ x: x + BLOCK / 2 - width / 2, y: y + BLOCK / 2 - height / 2, dx, dy });
    }
  return vectors;
}

function variance(luma: Uint8Array, width: number, x: number, y: number): number {
  let sum = 0;
  let squares = 0;
  for (let j = 0; j < BLOCK; j++)
    for (let i = 0; i < BLOCK; i++) {
      const v = luma[(y + j) * width + x + i]!;
      sum += v;
      squares += v * v;
    }
  const n = BLOCK * BLOCK;
  return squares / n - (sum / n) ** 2;
}

/** All shifts, the shortest first. */
const SHIFTS = Array.from({ length: (2 * REACH + 1) ** 2 }, (_, k) => [
  (k % (2 * REACH + 1)) - REACH,
  Math.floor(k / (2 * REACH + 1)) - REACH,
]).sort((p, q) => Math.hypot(p[0]!, p[1]!) - Math.hypot(q[0]!, q[1]!)) as Array<[number, number]>;

function bestShift(
  a: Uint8Array,
  b: Uint8Array,
  width: number,
  height: number,
  x: number,
  y: number,
): [number, number] {
  const still = difference(a, b, width, x, y, 0, 0, Number.POSITIVE_INFINITY);
  let best: [number, number] = [0, 0];
  let least = still;
  for (const [dx, dy] of SHIFTS) {
    if (x + dx < 0 || y + dy < 0 || x + dx + BLOCK > width || y + dy + BLOCK > height) continue;
    const d = difference(a, b, width, x, y, dx, dy, least);
    if (d < least) [least, best] = [d, [dx, dy]];
  }
  return least <= MAX_REST * still ? best : [0, 0];
}

/** Sum of absolute differences; stops above `most`. */
function difference(
  a: Uint8Array,
  b: Uint8Array,
  width: number,
  x: number,
  y: number,
  dx: number,
  dy: number,
  most: number,
): number {
  let sum = 0;
  for (let j = 0; j < BLOCK && sum < most; j++) {
    const from = (y + j) * width + x;
    const to = from + dy * width + dx;
    for (let i = 0; i < BLOCK; i++) sum += Math.abs(a[from + i]! - b[to + i]!);
  }
  return sum;
}
