/** Share of the strongest contrast from which a pixel is ink. */
const INK = 0.4;

/** Where the ink of a line stands; columns and rows of the crop that was measured. */
export interface LineInk {
  width: number;
  height: number;
  /** One byte a pixel, 1 is ink. */
  mask: Uint8Array;
  /** First and last row with ink, exclusive at the end; 0, 0 without ink. */
  top: number;
  bottom: number;
  /** Stretches of columns with ink, exclusive at the end. */
  runs: Array<[start: number, end: number]>;
}

/**
 * Tells the ink of a crop (RGB 0..255, row-major) from its ground: the ground is the commonest colour, ink is what
 * differs from it by a share of the largest difference, whichever of the two is lighter.
 */
export function lineInk(pixels: Float32Array, width: number, height: number): LineInk {
  const contrast = contrastOf(pixels, width * height);
  const strongest = percentile(contrast, 0.98);
  const mask = Uint8Array.from(contrast, (c) => (strongest > 0 && c >= INK * strongest ? 1 : 0));
  const rows = stretches(height, (y) => mask.subarray(y * width, (y + 1) * width).includes(1));
  return {
    width,
    height,
    mask,
    top: rows[0]?.[0] ?? 0,
    bottom: rows.at(-1)?.[1] ?? 0,
    runs: stretches(width, (x) => columnHasInk(mask, width, height, x)),
  };
}

function columnHasInk(mask: Uint8Array, width: number, height: number, x: number): boolean {
  for (let at = x; at < width * height; at += width) if (mask[at]) return true;
  return false;
}

/** Largest difference of a channel to the ground, for each pixel. */
export function contrastOf(pixels: ArrayLike<number>, count: number): Float32Array {
  const ground = commonestColor(pixels, count);
  const out = new Float32Array(count);
  for (let i = 0; i < count; i++) {
    for (let c = 0; c < 3; c++) out[i] = Math.max(out[i]!, Math.abs(pixels[i * 3 + c]! - ground[c]!));
  }
  return out;
}

/** Mean colour of the fullest cell of the RGB cube (16 values a side). */
function commonestColor(pixels: ArrayLike<number>, count: number): [number, number, number] {
  const cells = new Map<number, [n: number, r: number, g: number, b: number]>();
  for (let i = 0; i < count; i++) {
    const [r, g, b] = [pixels[i * 3]!, pixels[i * 3 + 1]!, pixels[i * 3 + 2]!];
    const key = ((r >> 4) << 8) | ((g >> 4) << 4) | (b >> 4);
    const cell = cells.get(key);
    if (!cell) cells.set(key, [1, r, g, b]);
    else {
      cell[0]++;
      cell[1] += r;
      cell[2] += g;
      cell[3] += b;
    }
  }
  let best: [number, number, number, number] = [0, 0, 0, 0];
  for (const cell of cells.values()) if (cell[0] > best[0]) best = cell;
  const n = Math.max(1, best[0]);
  return [best[1] / n, best[2] / n, best[3] / n];
}

function percentile(values: Float32Array, share: number): number {
  if (values.length === 0) return 0;
  const sorted = Float32Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}

/** Maximal stretches of 0..length-1 for which `holds`. */
export function stretches(length: number, holds: (i: number) => boolean): Array<[start: number, end: number]> {
  const found: Array<[number, number]> = [];
  let start = -1;
  for (let i = 0; i <= length; i++) {
    const here = i < length && holds(i);
    if (here && start < 0) start = i;
    if (!here && start >= 0) {
      found.push([start, i]);
      start = -1;
    }
  }
  return found;
}
