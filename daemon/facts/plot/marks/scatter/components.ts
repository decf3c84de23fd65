import { every, type Steps } from '../../steps';

/** A connected part of a mask (8 neighbours). */
export interface Part {
  pixels: number[];
  left: number;
  top: number;
  /** Exclusive. */
  right: number;
  bottom: number;
}

/** Connected parts, in the order of their first pixel. */
export function* components(mask: ArrayLike<number>, width: number, height: number): Steps<Part[]> {
  const seen = new Uint8Array(width * height);
  const parts: Part[] = [];
  for (let start = 0; start < seen.length; start++) {
    if (every(start)) yield;
    if (!mask[start] || seen[start]) continue;
    const part: Part = { pixels: [start], left: width, top: height, right: 0, bottom: 0 };
    seen[start] = 1;
    for (let k = 0; k < part.pixels.length; k++) {
      if (every(k)) yield;
      const x = part.pixels[k]! % width;
      const y = (part.pixels[k]! - x) / width;
      part.left = Math.min(part.left, x);
      part.right = Math.max(part.right, x + 1);
      part.top = Math.min(part.top, y);
      part.bottom = Math.max(part.bottom, y + 1);
      for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
        for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) {
          const at = v * width + u;
          if (!mask[at] || seen[at]) continue;
          seen[at] = 1;
          part.pixels.push(at);
        }
      }
    }
    parts.push(part);
  }
  return parts;
}

/** Fills enclosed holes whose box is at most `most` pixels wide and high: open markers become solid. */
export function* fillHoles(
  mask: Uint8Array,
  coverage: Float32Array,
  width: number,
  height: number,
  most: number,
): Steps<{ mask: Uint8Array; coverage: Float32Array; filled: number }> {
  const outMask = Uint8Array.from(mask);
  const outCover = Float32Array.from(coverage);
  let filled = 0;
  yield;
  for (const { hole, size } of yield* smallHoles(mask, width, height)) {
    if (size > most) continue;
    yield;
    for (const i of hole) {
      outMask[i] = 1;
      outCover[i] = 1;
    }
    // the ring's inner edge is blurred too
    for (const i of hole) {
      for (const step of [1, -1, width, -width]) if (mask[i + step]) outCover[i + step] = 1;
    }
    filled += hole.length;
  }
  return { mask: outMask, coverage: outCover, filled };
}

interface Hole {
  hole: Int32Array;
  /** The longer side of its box. */
  size: number;
}

/** A hole that is wider or higher is never filled. */
const LARGEST_HOLE = 60;

/** Of each mask that was asked for. */
const known = new WeakMap<Uint8Array, Hole[]>();

/** Parts of the empty pixels (4 neighbours) that reach no side of the picture and are no larger than LARGEST_HOLE. */
function* smallHoles(mask: Uint8Array, width: number, height: number): Steps<Hole[]> {
  const before = known.get(mask);
  if (before) return before;
  const seen = Uint8Array.from(mask);
  const queue = new Int32Array(mask.length);
  const holes: Hole[] = [];
  for (let start = 0; start < seen.length; start++) {
    if (every(start)) yield;
    if (seen[start]) continue;
    let length = 1;
    let [left, top, right, bottom] = [width, height, 0, 0];
    queue[0] = start;
    seen[start] = 1;
    for (let k = 0; k < length; k++) {
      if (every(k)) yield;
      const i = queue[k]!;
      const x = i % width;
      const y = (i - x) / width;
      if (x < left) left = x;
      if (x >= right) right = x + 1;
      if (y < top) top = y;
      if (y >= bottom) bottom = y + 1;
      if (x > 0 && !seen[i - 1]) {
        seen[i - 1] = 1;
        queue[length++] = i - 1;
      }
      if (x + 1 < width && !seen[i + 1]) {
        seen[i + 1] = 1;
        queue[length++] = i + 1;
      }
      if (y > 0 && !seen[i - width]) {
        seen[i - width] = 1;
        queue[length++] = i - width;
      }
      if (y + 1 < height && !seen[i + width]) {
        seen[i + width] = 1;
        queue[length++] = i + width;
      }
    }
    const open = left === 0 || top === 0 || right === width || bottom === height;
    const size = Math.max(right - left, bottom - top);
    if (!open && size <= LARGEST_HOLE) holes.push({ hole: queue.slice(0, length), size });
  }
  known.set(mask, holes);
  return holes;
}
