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
  const empty = new Uint8Array(mask.length);
  for (let i = 0; i < mask.length; i++) {
    if (every(i)) yield;
    empty[i] = mask[i] ? 0 : 1;
  }
  const outMask = Uint8Array.from(mask);
  const outCover = Float32Array.from(coverage);
  let filled = 0;
  for (const hole of yield* fourComponents(empty, width, height)) {
    yield;
    const open = hole.left === 0 || hole.top === 0 || hole.right === width || hole.bottom === height;
    if (open || hole.right - hole.left > most || hole.bottom - hole.top > most) continue;
    for (const i of hole.pixels) {
      outMask[i] = 1;
      outCover[i] = 1;
    }
    // the ring's inner edge is blurred too
    for (const i of hole.pixels) {
      for (const step of [1, -1, width, -width]) if (mask[i + step]) outCover[i + step] = 1;
    }
    filled += hole.pixels.length;
  }
  return { mask: outMask, coverage: outCover, filled };
}

/** Parts of the empty pixels, 4 neighbours, without the largest ones' pixel lists (a hole is small). */
function* fourComponents(mask: Uint8Array, width: number, height: number): Steps<Part[]> {
  const seen = new Uint8Array(mask.length);
  const take = (part: Part, at: number) => {
    if (!mask[at] || seen[at]) return;
    seen[at] = 1;
    part.pixels.push(at);
  };
  const parts: Part[] = [];
  for (let start = 0; start < mask.length; start++) {
    if (every(start)) yield;
    if (!mask[start] || seen[start]) continue;
    const part: Part = { pixels: [start], left: width, top: height, right: 0, bottom: 0 };
    seen[start] = 1;
    for (let k = 0; k < part.pixels.length; k++) {
      if (every(k)) yield;
      const i = part.pixels[k]!;
      const x = i % width;
      const y = (i - x) / width;
      part.left = Math.min(part.left, x);
      part.right = Math.max(part.right, x + 1);
      part.top = Math.min(part.top, y);
      part.bottom = Math.max(part.bottom, y + 1);
      if (x > 0) take(part, i - 1);
      if (x + 1 < width) take(part, i + 1);
      if (y > 0) take(part, i - width);
      if (y + 1 < height) take(part, i + width);
    }
    parts.push(part);
  }
  return parts;
}
