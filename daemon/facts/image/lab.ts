/** L* 0..100, a* and b* about -110..110 (CIE 1976). */
export type Lab = [l: number, a: number, b: number];

/** D65, the white of sRGB (IEC 61966-2-1). */
const WHITE = [0.95047, 1, 1.08883] as const;

/** An sRGB colour, 0..255 a channel, in CIE L*a*b*. */
export function rgbToLab(r: number, g: number, b: number): Lab {
  const [lr, lg, lb] = [linear(r), linear(g), linear(b)];
  const x = fold((0.4124564 * lr + 0.3575761 * lg + 0.1804375 * lb) / WHITE[0]);
  const y = fold((0.2126729 * lr + 0.7151522 * lg + 0.072175 * lb) / WHITE[1]);
  const z = fold((0.0193339 * lr + 0.119192 * lg + 0.9503041 * lb) / WHITE[2]);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** CIE 1976 colour difference, squared. About 2.3 squared is just noticeable. */
export function squaredDifference(p: Lab, q: Lab): number {
  return (p[0] - q[0]) ** 2 + (p[1] - q[1]) ** 2 + (p[2] - q[2]) ** 2;
}

function linear(channel: number): number {
  const v = channel / 255;
  return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
}

function fold(t: number): number {
  return t > (6 / 29) ** 3 ? Math.cbrt(t) : t / (3 * (6 / 29) ** 2) + 4 / 29;
}
