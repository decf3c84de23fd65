import type { Rgb } from '../../../media/plot';
import type { PixelBox } from '../../../media/text';
import type { FlatImage } from '../../image/flatten';
import { differenceAt } from './raster';
import type { Side } from './sideLabels';

/** A short line at the edge of a plotting area. */
export interface TickMark {
  /** Along the axis, pixel centres at .5, weighted by its ink. */
  pixel: number;
  /** Pixels that it sticks out. */
  length: number;
}

/** Least difference from the background of a tick's pixel. */
const INK = 24;

/**
 * Tick marks that begin at `edge` (the first row or column beyond the spine) and go outward, or inward where `inside`.
 * Sorted along the axis. Wider than `thickest` pixels or longer than `longest` is no tick.
 */
export function findTicks(
  image: FlatImage,
  area: PixelBox,
  side: Side,
  edge: number,
  background: Rgb,
  { longest, thickest, inside = false }: { longest: number; thickest: number; inside?: boolean },
): TickMark[] {
  const upright = side === 'left' || side === 'right';
  const outward = side === 'bottom' || side === 'right' ? 1 : -1;
  const direction = inside ? -outward : outward;
  const first = outward === 1 ? (inside ? edge - 1 : edge) : inside ? edge : edge - 1;
  const [from, to] = upright ? [area.top - 3, area.bottom + 3] : [area.left - 3, area.right + 3];
  const across = upright ? image.width : image.height;
  const at = (i: number, d: number): number => {
    const j = first + direction * d;
    if (j < 0 || j >= across) return 0;
    const along = upright ? image.height : image.width;
    if (i < 0 || i >= along) return 0;
    return differenceAt(image.rgb, upright ? i * image.width + j : j * image.width + i, background);
  };
  const lengths: number[] = [];
  for (let i = from; i < to; i++) lengths.push(inkLength(at, i, longest, thickest));
  return peaksOf(lengths, thickest, longest).map(({ start, end, length }) => ({
    pixel: from + weightedMiddle(at, from + start, from + end, length) - from,
    length,
  }));
}

/**
 * Pixels of ink outward from the edge, as far as it is no wider than a tick (a label may touch the mark); the first may be
 * pale, as beside an anti-aliased spine.
 */
function inkLength(at: (i: number, d: number) => number, i: number, longest: number, thickest: number): number {
  let d = at(i, 0) > INK ? 0 : 1;
  const start = d;
  while (d <= longest + 1 && at(i, d) > INK && (d === start || isNarrow(at, i, d, thickest))) d++;
  return d === start ? 0 : d;
}

/** Whether the ink at a place is at most `thickest` pixels wide along the axis. */
function isNarrow(at: (i: number, d: number) => number, i: number, d: number, thickest: number): boolean {
  let [from, to] = [i, i];
  while (to - from <= thickest && at(from - 1, d) > INK) from--;
  while (to - from <= thickest && at(to + 1, d) > INK) to++;
  return to - from + 1 <= thickest;
}

function peaksOf(lengths: number[], thickest: number, longest: number) {
  const peaks: Array<{ start: number; end: number; length: number }> = [];
  for (let i = 0; i < lengths.length; ) {
    if (lengths[i]! < 2) {
      i++;
      continue;
    }
    let end = i;
    while (end < lengths.length && lengths[end]! >= 2) end++;
    const length = Math.max(...lengths.slice(i, end));
    if (end - i <= thickest && length <= longest) peaks.push({ start: i, end, length });
    i = end;
  }
  return peaks;
}

function weightedMiddle(at: (i: number, d: number) => number, start: number, end: number, length: number): number {
  let [sum, weight] = [0, 0];
  const d = Math.floor(length / 2);
  for (let i = start - 1; i <= end; i++) {
    const w = at(i, d);
    sum += w * (i + 0.5);
    weight += w;
  }
  return weight === 0 ? (start + end) / 2 : sum / weight;
}
