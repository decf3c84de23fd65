import type { Rgb } from '../../../../media/plot';
import { every, type Steps } from '../../steps';
import { along, colorAt, distance } from './colorMath';
import type { Crop } from './crop';
import { EMPTY, GRID, type Ground, MARKED } from './foreground';
import type { PaletteColor } from './palette';

/** Shares of one pixel: index of the first colour and its share, of a second one and its. */
interface Blend {
  a: number;
  share: number;
  b: number;
  shareB: number;
  /** Misfit in RGB units, with penalties for what is less likely. */
  cost: number;
}

const PURE = 12;
/** Ways to see one colour that are looked at, the best first. */
const MOST_BLENDS = 12;

/** Coverage of every colour, 0..1 a pixel: pure pixels at once, the others unmixed among what is drawn beside them. */
export function* assignPixels(crop: Crop, ground: Ground, colors: PaletteColor[]): Steps<Float32Array[]> {
  const { width, height, rgb } = crop;
  const cover = colors.map(() => new Float32Array(width * height));
  const pure = new Int16Array(width * height).fill(-1);
  const tolerance = PURE * (1 + ground.noise);
  const nearest = new Map<number, number>();
  for (let i = 0; i < pure.length; i++) {
    if (every(i)) yield;
    if (ground.kinds[i] === EMPTY) continue;
    // a grid pixel may be a grey series' own: only where the grid is not
    if (ground.kinds[i] === GRID) continue;
    const key = (rgb[3 * i]! << 16) | (rgb[3 * i + 1]! << 8) | rgb[3 * i + 2]!;
    const c = nearest.get(key) ?? nearestColor(colorAt(rgb, i), colors, tolerance);
    nearest.set(key, c);
    pure[i] = c;
    if (c >= 0) cover[c]![i] = 1;
  }
  const options = new Map<number, Blend[]>();
  const present = new Uint8Array(colors.length);
  for (let y = 0; y < height; y++) {
    yield;
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      if (ground.kinds[i] !== MARKED || pure[i]! >= 0) continue;
      const key = (rgb[3 * i]! << 16) | (rgb[3 * i + 1]! << 8) | rgb[3 * i + 2]!;
      let list = options.get(key);
      if (!list) {
        yield;
        list = blendsOf(colorAt(rgb, i), ground, colors);
        options.set(key, list);
      }
      present.fill(0);
      for (let v = Math.max(0, y - 2); v <= Math.min(height - 1, y + 2); v++) {
        for (let u = Math.max(0, x - 2); u <= Math.min(width - 1, x + 2); u++) {
          const c = pure[v * width + u]!;
          if (c >= 0) present[c] = 1;
        }
      }
      let best: Blend | undefined;
      let least = Infinity;
      for (const option of list) {
        const absent = (present[option.a] ? 0 : 12) + (option.b >= 0 && !present[option.b] ? 25 : 0);
        if (option.cost + absent < least) [best, least] = [option, option.cost + absent];
      }
      if (!best || least > 70) continue;
      cover[best.a]![i] = best.share;
      if (best.b >= 0) cover[best.b]![i] = best.shareB;
    }
  }
  return cover;
}

function nearestColor(p: Rgb, colors: PaletteColor[], tolerance: number): number {
  let best = -1;
  let least = tolerance;
  for (let c = 0; c < colors.length; c++) {
    const d = distance(p, colors[c]!.color);
    if (d < least) [best, least] = [c, d];
  }
  return best;
}

/** Ways to see `p` as one colour over the background or the grid, or as two colours side by side. */
function blendsOf(p: Rgb, { background, grid }: Ground, colors: PaletteColor[]): Blend[] {
  const out: Blend[] = [];
  const add = (a: number, share: number, b: number, shareB: number, cost: number) => {
    if (out.length === MOST_BLENDS && cost >= out[MOST_BLENDS - 1]!.cost) return;
    let at = out.length;
    while (at > 0 && out[at - 1]!.cost > cost) at--;
    out.splice(at, 0, { a, share, b, shareB, cost });
    if (out.length > MOST_BLENDS) out.pop();
  };
  for (let a = 0; a < colors.length; a++) {
    for (const base of grid ? [background, grid] : [background]) {
      const { t, off } = along(p, base, colors[a]!.color);
      if (t <= 0.04) continue;
      const share = Math.min(1, t);
      add(a, share, -1, 0, off + (base === grid ? 4 : 0) + over(t, base, colors[a]!.color));
    }
    for (let b = a + 1; b < colors.length; b++) {
      const { t, off } = along(p, colors[a]!.color, colors[b]!.color);
      if (t <= 0.04 || t >= 0.96) continue;
      add(a, 1 - t, b, t, off + 5);
    }
  }
  return out;
}

/** What lies beyond the pure colour is no blend of it. */
function over(t: number, base: Rgb, color: Rgb): number {
  return t > 1 ? (t - 1) * distance(base, color) : 0;
}
