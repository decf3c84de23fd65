import type { Rgb } from '../../../media/plot';
import type { PixelBox } from '../../../media/text';
import type { FlatImage } from '../../image/flatten';
import type { Steps } from '../steps';
import { type StraightLine, thickest } from './findLines';
import type { PanelCandidate } from './findPanels';
import { boxHeight, boxWidth, difference, differenceAt } from './raster';

export interface FoundGrid {
  x: number[];
  y: number[];
  color: Rgb | null;
}

/** Grid lines inside an area: the long lines that showed the panel, and rows or columns that are dashed or dotted. */
export function* findGrid(image: FlatImage, panel: PanelCandidate, background: Rgb): Steps<FoundGrid> {
  const { area, spines } = panel;
  const margin = thickest(image) + 1;
  const edges = new Set(Object.values(spines));
  const inner = (lo: number, hi: number) => (l: { at: number }) => l.at > lo + 1 && l.at < hi - 1;
  const isGrid = (isUpright: boolean) => (line: StraightLine) =>
    !edges.has(line) && !isStroke(image, area, background, line, isUpright);
  const level = panel.level.filter(isGrid(false)).filter(inner(area.top, area.bottom));
  const upright = panel.upright.filter(isGrid(true)).filter(inner(area.left, area.right));
  const x = merged(
    upright.map((l) => l.at),
    yield* dashedLines(image, area, background, true),
    margin,
  );
  const y = merged(
    level.map((l) => l.at),
    yield* dashedLines(image, area, background, false),
    margin,
  );
  const color = level[0]?.color ?? upright[0]?.color ?? null;
  return { x, y, color };
}

/** Difference from the background from which on a line is dark. */
const DARK = 100;
/** Of the area's side this much plain ground in one piece parts a stroke from the frame. */
const LEAST_GAP = 0.04;

/** A dark line that leaves ground bare before the frame: the whisker of a box between two tick marks. */
function isStroke(
  image: FlatImage,
  area: PixelBox,
  background: Rgb,
  { at: place, color }: Pick<StraightLine, 'at'> & { color?: Rgb },
  isUpright: boolean,
): boolean {
  if (color && difference(color, background) < DARK) return false;
  const [from, to] = isUpright ? [area.top, area.bottom] : [area.left, area.right];
  const [first, last] = [Math.floor(place - 0.5), Math.ceil(place - 0.5)];
  const isBare = (along: number) => {
    for (let across = first; across <= last; across++) {
      const at = isUpright ? along * image.width + across : across * image.width + along;
      if (differenceAt(image.rgb, at, background) > 10) return false;
    }
    return true;
  };
  const isDark = (along: number) => {
    const across = Math.floor(place);
    const at = isUpright ? along * image.width + across : across * image.width + along;
    return differenceAt(image.rgb, at, background) >= DARK;
  };
  let [gap, dark, drawn] = [0, 0, 0];
  let widest = 0;
  for (let along = Math.ceil(from); along < Math.floor(to); along++) {
    gap = isBare(along) ? gap + 1 : 0;
    widest = Math.max(widest, gap);
    if (gap > 0) continue;
    drawn++;
    if (isDark(along)) dark++;
  }
  return widest >= Math.max(6, LEAST_GAP * (to - from)) && dark > 0.5 * drawn;
}

function merged(solid: number[], dashed: number[], margin: number): number[] {
  const all = [...solid];
  for (const at of dashed) if (!all.some((b) => Math.abs(b - at) <= margin)) all.push(at);
  return all.sort((a, b) => a - b);
}

/**
 * Rows (or columns, `upright`) in which ink of about one colour keeps coming back from edge to edge, while the rows beside
 * them have little of it.
 */
function* dashedLines(image: FlatImage, area: PixelBox, background: Rgb, upright: boolean): Steps<number[]> {
  const { width, rgb } = image;
  const [n, along] = upright ? [boxWidth(area), boxHeight(area)] : [boxHeight(area), boxWidth(area)];
  const parts = 12;
  const profile = new Float64Array(n);
  const spread = new Uint8Array(n);
  for (let j = 0; j < n; j++) {
    yield;
    let total = 0;
    for (let p = 0; p < parts; p++) {
      const [from, to] = [Math.floor((p * along) / parts), Math.floor(((p + 1) * along) / parts)];
      let ink = 0;
      for (let i = from; i < to; i++) {
        const at = upright ? (area.top + i) * width + area.left + j : (area.top + j) * width + area.left + i;
        if (differenceAt(rgb, at, background) > 10) ink++;
      }
      total += ink;
      if (ink > 0.15 * (to - from)) spread[j]!++;
    }
    profile[j] = total / along;
  }
  const found: number[] = [];
  const reach = thickest(image);
  for (let j = reach; j < n - reach; j++) {
    if (spread[j]! < 0.8 * parts || profile[j]! < profile[j - 1]! || profile[j]! <= profile[j + 1]!) continue;
    const side = Math.max(profile[j - reach]!, profile[j + reach]!);
    if (profile[j]! < side + 0.18) continue;
    let [sum, weight] = [0, 0];
    for (let k = j - 2; k <= j + 2; k++) {
      const w = Math.max(0, (profile[k] ?? 0) - side);
      sum += w * (k + 0.5);
      weight += w;
    }
    const at = (upright ? area.left : area.top) + sum / weight;
    if (!isStroke(image, area, background, { at }, upright)) found.push(at);
  }
  return found;
}
