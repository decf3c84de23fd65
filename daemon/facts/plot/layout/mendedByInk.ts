import type { PixelBox } from '../../../media/text';
import { boxHeight, boxWidth, median } from './raster';

/**
 * What the ink itself says about a number that was read: a minus or a point that got lost is put back. `parts` are the
 * boxes of the label's letters from the left. Text that is no plain number is left as it is.
 */
export function mendedByInk(read: string, parts: readonly PixelBox[]): string {
  const text = read.replace(/\s/g, '');
  if (!/^[-\u2212]?[\d.,]+$/.test(text)) return read;
  const tallest = Math.max(...parts.map(boxHeight));
  const baseline = median(parts.filter((p) => boxHeight(p) >= 0.8 * tallest).map((p) => p.bottom));
  const signed = /^[\d.]/.test(text) && hasMinus(parts, tallest, baseline) ? `-${text}` : text;
  if (/[.,]/.test(signed) || parts.length !== signed.length + 1) return signed;
  const dots = parts.flatMap((part, i) => (isDot(part, tallest, baseline) ? [i] : []));
  const at = dots[0];
  if (dots.length !== 1 || at === undefined || at === 0 || at >= signed.length) return signed;
  return `${signed.slice(0, at)}.${signed.slice(at)}`;
}

/** A flat stroke before the digits, at half their height. */
function hasMinus(parts: readonly PixelBox[], tallest: number, baseline: number): boolean {
  const first = parts[0]!;
  const middle = (first.top + first.bottom) / 2;
  const flat = boxHeight(first) <= Math.max(2, 0.26 * tallest) && boxWidth(first) >= 1.6 * boxHeight(first);
  return parts.length > 1 && flat && middle > baseline - 0.75 * tallest && middle < baseline - 0.2 * tallest;
}

function isDot(part: PixelBox, tallest: number, baseline: number): boolean {
  return (
    boxHeight(part) <= 0.3 * tallest && boxWidth(part) <= 0.35 * tallest && part.bottom >= baseline - 0.12 * tallest
  );
}
