import type { PanelLayout } from '../../../../media/plot';
import type { Point2 } from '../../../../media/text';
import type { Steps } from '../../steps';
import { axisValue } from '../axisValue';
import type { ColorLayer, PanelPixels } from '../colorLayers';
import type { ErrorBars } from './errorsOf';
import { findWhiskers, type Whisker } from './findWhiskers';

/** One error bar on a line, picture coordinates. */
interface Bar {
  x: number;
  top: number;
  bottom: number;
  capped: boolean;
  ink: number;
}

const LEAST = 3;
/** A marker may part a bar from its point by this share of the area's shorter side. */
const PARTED = 0.03;

/**
 * Error bars on a line: upright strokes, whole or parted by a marker, that stand out above and below the line. They
 * tell the line's points even where no marker does. `samples` are the line's middle in each column, `markers` its
 * markers (either may be empty). Undefined where there are fewer than three.
 */
export function* lineErrors(
  pixels: PanelPixels,
  own: ColorLayer,
  samples: Point2[],
  markers: Point2[],
  stroke: number,
  panel: PanelLayout,
): Steps<(ErrorBars & { points: Point2[] }) | undefined> {
  let best: { points: Point2[]; bars: Bar[] } | undefined;
  for (const layer of [own, ...pixels.layers.filter((other) => other !== own)]) {
    const found = yield* barsOn(pixels, layer, samples, markers, stroke, layer === own);
    if (found.bars.length > (best?.bars.length ?? LEAST - 1)) best = found;
    if (best && layer === own) break;
  }
  // of markers that most have none the bars do not tell the points
  if (!best || (markers.length >= 5 && best.bars.length < 0.6 * markers.length)) return undefined;
  const errors = best.points.map(([, y], k): [number, number] => {
    const bar = best.bars[k]!;
    const value = axisValue(panel.y, y);
    if (value === undefined) return [0, 0];
    const ends = [axisValue(panel.y, bar.bottom)!, axisValue(panel.y, bar.top)!];
    return [Math.max(0, value - Math.min(...ends)), Math.max(0, Math.max(...ends) - value)];
  });
  const ends = best.points.map(([x], k): [Point2, Point2] => [
    [x, best.bars[k]!.bottom],
    [x, best.bars[k]!.top],
  ]);
  return { errors, ends, found: best.bars.length, points: best.points };
}

function* barsOn(
  pixels: PanelPixels,
  layer: ColorLayer,
  samples: Point2[],
  markers: Point2[],
  stroke: number,
  isOwn: boolean,
): Steps<{ points: Point2[]; bars: Bar[] }> {
  const uprights = uprightsOf(yield* findWhiskers.steps(pixels, layer), pixels, isOwn);
  const points: Point2[] = [];
  const bars: Bar[] = [];
  let against = 0;
  for (const pieces of uprights) {
    yield;
    const { x } = pieces[0]!;
    const marker = markers
      .filter(([u]) => Math.abs(u - x) <= stroke + 2)
      .sort((a, b) => Math.abs(a[0] - x) - Math.abs(b[0] - x))[0];
    const y = marker?.[1] ?? heightAt(samples, x, stroke);
    if (y === undefined) continue;
    const bar = barThrough(pieces, y, 2 + PARTED * Math.min(pixels.width, pixels.height));
    if (!bar) continue;
    // a peak of the line stands out to one side only
    const least = stroke / 2 + 1.5;
    if (y - bar.top < least || bar.bottom - y < least) {
      against++;
      continue;
    }
    points.push([bar.x, y]);
    bars.push(bar);
  }
  // of another layer the bars must be most: else they are bits of grid or letters
  const ink = bars.reduce((sum, bar) => sum + bar.ink, 0);
  if (!isOwn && ink < 0.4 * layer.count) return { points: [], bars: [] };
  if (!areThePoints(points, samples, stroke)) return { points: [], bars: [] };
  if (against > 0.6 * bars.length || areMarkers(bars, pixels.height)) return { points: [], bars: [] };
  const places = points.map((_, k) => cornerAt(points, k, samples, markers, stroke));
  return {
    points: places,
    bars: bars.map((bar, k) => (isCutOff(bar, bars, pixels) ? lengthless(bar, places[k]!) : bar)),
  };
}

/** Whether a bar at a side of the area lacks the caps that the others have: it is the side of a marker, its bar is not seen. */
function isCutOff(bar: Bar, bars: Bar[], { area }: PanelPixels): boolean {
  const capped = bars.filter((other) => other.capped).length;
  return !bar.capped && capped > 0.6 * bars.length && Math.min(bar.x - area.left, area.right - bar.x) < 3;
}

function lengthless(bar: Bar, [, y]: Point2): Bar {
  return { ...bar, top: y, bottom: y };
}

/** Upright strokes from the left, those at one x together, the longest first; picture coordinates. Ticks at the frame are none. */
function uprightsOf(whiskers: Whisker[], { area, height }: PanelPixels, isOwn: boolean): Bar[][] {
  const columns: Bar[][] = [];
  for (const { x, top, bottom, capTop, capBottom, stroke } of [...whiskers].sort((a, b) => a.x - b.x)) {
    if (!isOwn && (top < 2 || bottom > height - 2)) continue;
    const bar: Bar = {
      x: area.left + x,
      top: area.top + top,
      bottom: area.top + bottom,
      capped: capTop > 0 || capBottom > 0,
      ink: (bottom - top + capTop + capBottom) * stroke,
    };
    const last = columns.at(-1);
    if (last && bar.x - last[0]!.x <= 1.5 + stroke / 2) last.push(bar);
    else columns.push([bar]);
  }
  // the side of a marker is short: the longest one is the bar
  return columns.map((column) => column.sort((a, b) => b.bottom - b.top - (a.bottom - a.top)));
}

/** The stroke through height `y`, or the two that end next to it where a marker parts them; else undefined. */
function barThrough(pieces: Bar[], y: number, parted: number): Bar | undefined {
  const through = pieces.find((piece) => piece.top - 2 <= y && piece.bottom + 2 >= y);
  const above = pieces.filter((piece) => piece.bottom <= y && y - piece.bottom <= parted && piece !== through);
  const below = pieces.filter((piece) => piece.top >= y && piece.top - y <= parted && piece !== through);
  const joined = [...(through ? [through] : []), ...above, ...below];
  if (!through && (above.length === 0 || below.length === 0)) return undefined;
  if (joined.length > 2) return undefined;
  const ink = joined.reduce((sum, piece) => sum + piece.ink, 0);
  return {
    x: joined.reduce((sum, piece) => sum + piece.x * piece.ink, 0) / ink,
    top: Math.min(...joined.map((piece) => piece.top)),
    bottom: Math.max(...joined.map((piece) => piece.bottom)),
    capped: joined.some((piece) => piece.capped),
    ink,
  };
}

/**
 * The k-th point, its height from the straight pieces of line on both sides: better than the few columns beside the
 * upright, which a marker may cover. As it is where it has a marker of its own, or a side is not straight.
 */
function cornerAt(points: Point2[], k: number, samples: Point2[], markers: Point2[], stroke: number): Point2 {
  const [x, y] = points[k]!;
  if (markers.some(([u]) => Math.abs(u - x) <= stroke + 2)) return [x, y];
  const sides = [points[k - 1], points[k + 1]].flatMap((other) => {
    const line = other && straightBetween(samples, Math.min(x, other[0]), Math.max(x, other[0]), stroke);
    return line ? [line] : [];
  });
  if (sides.length === 0) return [x, y];
  // a steep piece tells the height less well
  const weights = sides.map(({ slope }) => 1 / (1 + slope * slope));
  const sum = sides.reduce(
    (all, { middle, height, slope }, s) => all + weights[s]! * (height + slope * (x - middle)),
    0,
  );
  return [x, sum / weights.reduce((a, b) => a + b, 0)];
}

/** Least squares through the samples between two uprights, their own surroundings left out; undefined where they bend. */
function straightBetween(
  samples: Point2[],
  from: number,
  to: number,
  stroke: number,
): { middle: number; height: number; slope: number } | undefined {
  const away = Math.max(stroke + 3, 0.2 * (to - from));
  const inner = samples.filter(([x]) => x > from + away && x < to - away);
  if (inner.length < 6) return undefined;
  const middle = inner.reduce((sum, [x]) => sum + x, 0) / inner.length;
  const height = inner.reduce((sum, [, y]) => sum + y, 0) / inner.length;
  const slope =
    inner.reduce((sum, [x, y]) => sum + (x - middle) * (y - height), 0) /
    inner.reduce((sum, [x]) => sum + (x - middle) ** 2, 0);
  const off = ([x, y]: Point2) => Math.abs(height + slope * (x - middle) - y);
  return inner.every((one) => off(one) <= (1 + stroke / 2) * (1 + Math.abs(slope) / 2))
    ? { middle, height, slope }
    : undefined;
}

/** Error bars stand at every point of the line: from end to end, and the line is straight between them. */
function areThePoints(points: Point2[], samples: Point2[], stroke: number): boolean {
  if (points.length < LEAST || samples.length === 0) return false;
  const [from, to] = [samples[0]![0], samples.at(-1)![0]];
  if (points.at(-1)![0] - points[0]![0] < 0.7 * (to - from)) return false;
  const straight = points.slice(1).filter(([bx, by], k) => {
    const [ax, ay] = points[k]!;
    const between = samples.filter(([x]) => x > ax + stroke + 6 && x < bx - stroke - 6);
    return between.every(
      ([x, y]) =>
        Math.abs(ay + ((by - ay) * (x - ax)) / (bx - ax) - y) < 3 + stroke + 0.6 * Math.abs((by - ay) / (bx - ax)),
    );
  });
  return straight.length >= 0.6 * (points.length - 1);
}

/** Short strokes of one length are the uprights of crosses, stars and open squares, unless caps end them. */
function areMarkers(bars: Bar[], height: number): boolean {
  const lengths = bars.map(({ top, bottom }) => bottom - top).sort((a, b) => a - b);
  const middle = lengths[Math.floor(lengths.length / 2)] ?? 0;
  const alike = lengths.filter((length) => Math.abs(length - middle) <= 1.6).length;
  const capped = bars.filter((bar) => bar.capped).length;
  return (
    alike > 0.6 * bars.length && (middle < 0.035 * height || (capped < 0.5 * bars.length && middle < 0.07 * height))
  );
}

/** Where the line meets an upright: the columns of the upright itself show its middle, so those beside count. */
function heightAt(samples: Point2[], x: number, stroke: number): number | undefined {
  const skip = stroke / 2 + 1;
  const side = (sign: 1 | -1) => {
    const reach = samples.filter(([u]) => sign * (u - x) > skip && sign * (u - x) < skip + 5 + 2 * stroke);
    if (reach.length < 3) return undefined;
    const [near, far] = sign > 0 ? [reach[0]!, reach.at(-1)!] : [reach.at(-1)!, reach[0]!];
    // drawn on to the upright
    return near[1] + ((near[1] - far[1]) / (near[0] - far[0])) * (x - near[0]);
  };
  const [left, right] = [side(-1), side(1)];
  if (left === undefined) return right;
  return right === undefined ? left : (left + right) / 2;
}
