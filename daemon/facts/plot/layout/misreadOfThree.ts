import type { ScalePoint } from './fitScale';

/**
 * Which of three labels was misread, where two make a scale on which the third's printed digits differ from the
 * expected ones by a lost or changed character: its index. Null unless exactly one choice explains all three.
 */
export function misreadOfThree(points: readonly ScalePoint[], isLog: boolean): number | null {
  if (points.length !== 3) return null;
  const even = (v: number) => (isLog ? Math.log10(v) : v);
  const odd = [0, 1, 2].filter((index) => {
    const [p, q] = points.filter((_, i) => i !== index) as [ScalePoint, ScalePoint];
    const third = points[index]!;
    const slope = (even(q.value) - even(p.value)) / (q.pixel - p.pixel);
    const level = even(p.value) + slope * (third.pixel - p.pixel);
    const expected = isLog ? 10 ** level : level;
    // a tick's place is known to about a pixel, so only the leading digits can be compared
    return Number.isFinite(expected) && isAlike(digitsOf(expected), digitsOf(third.value));
  });
  return odd.length === 1 ? odd[0]! : null;
}

/** Three leading digits without zeros at the end, with the sign. */
function digitsOf(value: number): string {
  const digits = Math.abs(value).toExponential(2).split('e')[0]!.replace('.', '').replace(/0+$/, '');
  return digits === '' ? '0' : digits;
}

/** Equal digits: then only zeros, the sign or the point were misread. */
const isAlike = (a: string, b: string): boolean => a === b;
