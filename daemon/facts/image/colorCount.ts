import type { FlatImage } from './flatten';

/** Distinct RGB values, exactly: one bit for each of the 2^24 possible ones. */
export function colorCount({ rgb }: FlatImage): number {
  const seen = new Uint8Array(2 ** 21);
  let count = 0;
  for (let at = 0; at < rgb.length; at += 3) {
    const color = (rgb[at]! << 16) | (rgb[at + 1]! << 8) | rgb[at + 2]!;
    const [byte, bit] = [color >> 3, 1 << (color & 7)];
    if ((seen[byte]! & bit) !== 0) continue;
    seen[byte]! |= bit;
    count++;
  }
  return count;
}

/** Largest difference between the channels of a pixel that still counts as grey: JPEG's rounding makes a few. */
export const GREY_SPREAD = 4;

/** Whether red, green and blue differ by at most `GREY_SPREAD` in every pixel. */
export function isGrey({ rgb }: FlatImage): boolean {
  for (let at = 0; at < rgb.length; at += 3) {
    const [r, g, b] = [rgb[at]!, rgb[at + 1]!, rgb[at + 2]!];
    if (Math.max(r, g, b) - Math.min(r, g, b) > GREY_SPREAD) return false;
  }
  return true;
}
