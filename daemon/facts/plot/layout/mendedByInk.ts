import { median } from '../../../common/median';
import type { PixelBox } from '../../../media/text';
import { boxHeight, boxWidth } from './raster';

/** Whether a pixel of the picture is ink. */
export type InkTest = (x: number, y: number) => boolean;

/**
 * What the ink itself says about a number that was read: a minus or a point that got lost is put back. `parts` are the
 * boxes of the label's letters from the left; `isInk` is
 * given for labels that are not turned. Text that is no plain number is left as it is.
 */
export function mendedByInk(read: string, parts: readonly PixelBox[], isInk?: InkTest): string {
  const text = read.replace(/\s/g, '');
  if (!/^[-\u2212]?[\d.,]+$/.test(text)) return read;
  const tallest = Math.max(...parts.map(boxHeight));
  const baseline = median(parts.filter((p) => boxHeight(p) >= 0.8 * tallest).map((p) => p.bottom));
  const signed = /^[\d.]/.test(text) && hasMinus(parts, tallest, baseline, isInk) ? `-${text}` : text;
  if (/[.,]/.test(signed) || parts.length !== signed.length + 1) return signed;
  const dots = parts.flatMap((part, i) => (isDot(part, tallest, baseline) ? [i] : []));
  const at = dots[0];
  if (dots.length !== 1 || at === undefined || at === 0 || at >= signed.length) return signed;
  return `${signed.slice(0, at)}.${signed.slice(at)}`;
}

/** A flat stroke before the digits, at half their height: a part of its own, or one that touches the first digit. */
function hasMinus(parts: readonly PixelBox[], tallest: number, baseline: number, isInk?: InkTest): boolean {
  const first = parts[0]!;
  const middle = (first.top + first.bottom) / 2;
  const flat = boxHeight(first) <= Math.max(2, 0.26 * tallest) && boxWidth(first) >= 1.6 * boxHeight(first);
  const between = middle > baseline - 0.75 * tallest && middle < baseline - 0.2 * tallest;
  if (flat) return parts.length > 1 && between;
  return isInk !== undefined && touchingMinus(first, tallest, baseline, isInk);
}

/**
 * A minus that touches the digit behind it: the first columns of the ink, at least a third of the digits' height wide,
 * are flat and lie at half their height. No digit begins like that (the arm of a 4 is slanted).
 */
function touchingMinus(first: PixelBox, tallest: number, baseline: number, isInk: InkTest): boolean {
  const thickest = Math.max(2, 0.26 * tallest);
  let [columns, top, bottom] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let x = first.left; x < first.right; x++) {
    let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (let y = first.top; y < first.bottom; y++)
      if (isInk(x, y)) {
        from = Math.min(from, y);
        to = Math.max(to, y + 1);
      }
    if (to - from > thickest || to < from || Math.max(to, bottom) - Math.min(from, top) > thickest) break;
    [top, bottom] = [Math.min(from, top), Math.max(to, bottom)];
    columns++;
  }
  const middle = (top + bottom) / 2;
  const between = middle > baseline - 0.7 * tallest && middle < baseline - 0.2 * tallest;
  return columns >= Math.max(3, 0.33 * tallest) && columns < boxWidth(first) && between;
}

function isDot(part: PixelBox, tallest: number, baseline: number): boolean {
  return (
    boxHeight(part) <= 0.3 * tallest && boxWidth(part) <= 0.35 * tallest && part.bottom >= baseline - 0.12 * tallest
  );
}
