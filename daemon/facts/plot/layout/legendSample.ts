import type { LegendEntry, Rgb } from '../../../media/plot';
import type { PixelBox } from '../../../media/text';
import type { FlatImage } from '../../image/flatten';
import { boxHeight, boxWidth, colorAt, difference } from './raster';

const INK = 24;

/**
 * Colour of a legend's sample: the commonest flat one that is not the ground, a strong colour counting more, because
 * the anti-aliased rows of a thin line are flat too.
 */
export function sampleColor(image: FlatImage, box: PixelBox, ground: Rgb): Rgb {
  return onTile(image, box, ground) ?? strongestFlat(image, box, ground);
}

/** Colour of what is drawn on a tile that fills the whole box; undefined where there is no tile, or nothing on it. */
function onTile(image: FlatImage, box: PixelBox, ground: Rgb): Rgb | undefined {
  const corners = [
    colorAt(image, box.left, box.top),
    colorAt(image, box.right - 1, box.top),
    colorAt(image, box.left, box.bottom - 1),
    colorAt(image, box.right - 1, box.bottom - 1),
  ];
  const tile = corners[0]!;
  if (difference(tile, ground) <= INK || corners.some((c) => difference(c, tile) > 6)) return undefined;
  const drawn = strongestFlat(image, box, tile);
  let ink = 0;
  for (let y = box.top; y < box.bottom; y++)
    for (let x = box.left; x < box.right; x++) if (difference(colorAt(image, x, y), tile) > INK) ink++;
  return ink >= 0.04 * boxWidth(box) * boxHeight(box) ? drawn : undefined;
}

function strongestFlat(image: FlatImage, box: PixelBox, ground: Rgb): Rgb {
  const counts = new Map<number, { color: Rgb; weight: number }>();
  for (let y = box.top; y < box.bottom; y++)
    for (let x = box.left; x < box.right; x++) {
      const color = colorAt(image, x, y);
      const d = difference(color, ground);
      if (d <= INK) continue;
      const flat = x + 1 < box.right && difference(color, colorAt(image, x + 1, y)) <= 6;
      const key = ((color[0] >> 2) << 12) | ((color[1] >> 2) << 6) | (color[2] >> 2);
      const cell = counts.get(key) ?? { color, weight: 0 };
      cell.weight += (flat ? 1 : 0.2) * d * d;
      counts.set(key, cell);
    }
  return [...counts.values()].sort((a, b) => b.weight - a.weight)[0]?.color ?? ground;
}

/** What the sample shows, from its shape. */
export function markOf(image: FlatImage, box: PixelBox, ground: Rgb, h: number): LegendEntry['mark'] {
  const [w, tall] = [boxWidth(box), boxHeight(box)];
  const heights: number[] = [];
  let ink = 0;
  for (let x = box.left; x < box.right; x++) {
    let column = 0;
    for (let y = box.top; y < box.bottom; y++) if (difference(colorAt(image, x, y), ground) > INK) column++;
    heights.push(column);
    ink += column;
  }
  if (w >= 1.1 * h && tall <= 0.42 * h) return 'line';
  if (ink >= 0.9 * w * tall && w >= 0.4 * h && tall >= 0.4 * h) return 'patch';
  const edge = Math.max(1, Math.round(0.15 * w));
  const ends = [...heights.slice(0, edge), ...heights.slice(-edge)].filter((n) => n > 0);
  const thin = ends.length > 0 && Math.max(...ends) <= 0.45 * tall;
  return w >= 1.3 * h && w >= 1.3 * tall && thin ? 'both' : w >= 2.2 * h && ink >= 0.8 * w * tall ? 'patch' : 'marker';
}

/** Period and drawn share along the middle of a line sample; undefined where it is solid. */
export function dashOf(image: FlatImage, box: PixelBox, ground: Rgb): LegendEntry['dash'] {
  const drawn: boolean[] = [];
  for (let x = box.left; x < box.right; x++) {
    let most = 0;
    for (let y = box.top; y < box.bottom; y++) most = Math.max(most, difference(colorAt(image, x, y), ground));
    drawn.push(most > 60);
  }
  const starts = drawn.flatMap((d, i) => (d && !drawn[i - 1] ? [i] : []));
  if (starts.length < 2) return undefined;
  const span = starts.at(-1)! - starts[0]!;
  const inside = drawn.slice(starts[0]!, starts.at(-1)!).filter(Boolean).length;
  return { period: span / (starts.length - 1), duty: inside / span };
}
