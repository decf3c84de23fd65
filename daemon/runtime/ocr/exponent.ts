import type { PixelBox } from '../../media/text';

/** An exponent is lower than this share of its base's height... */
const SMALLER = 0.85;
/** ... and ends above the base line by at least this share. */
const RAISED = 0.25;

/**
 * Where a raised, smaller part at the end of a line begins: the index of its first glyph (glyphs from left to right),
 * or undefined. The base is the first glyphs that stand on the line; a minus of the exponent counts as raised.
 */
export function exponentStart(glyphs: PixelBox[]): number | undefined {
  const tallest = Math.max(...glyphs.map((g) => g.bottom - g.top));
  const standing = glyphs.filter((g) => g.bottom - g.top > SMALLER * tallest);
  const base = standing[0];
  if (!base) return undefined;
  const height = base.bottom - base.top;
  let start = glyphs.length;
  while (start > 0 && isRaised(glyphs[start - 1]!, base.bottom, height)) start--;
  const exponent = glyphs.slice(start);
  if (start < 1 || exponent.length === 0) return undefined;
  // a lone bar is a minus in its own place, and no exponent
  if (!exponent.some((g) => g.bottom - g.top > 0.35 * height)) return undefined;
  return start;
}

function isRaised(glyph: PixelBox, line: number, height: number): boolean {
  return glyph.bottom - glyph.top <= SMALLER * height && line - glyph.bottom >= RAISED * height;
}

/** Whether the first of several glyphs is a flat bar half-way up the others. */
export function startsWithMinus(glyphs: PixelBox[]): boolean {
  const [first, ...rest] = glyphs;
  if (!first || rest.length === 0) return false;
  const top = Math.min(...rest.map((g) => g.top));
  const bottom = Math.max(...rest.map((g) => g.bottom));
  const [width, height, tall] = [first.right - first.left, first.bottom - first.top, bottom - top];
  const middle = ((first.top + first.bottom) / 2 - top) / tall;
  return width >= 1.8 * height && height <= 0.35 * tall && width >= 0.25 * tall && middle > 0.3 && middle < 0.8;
}
