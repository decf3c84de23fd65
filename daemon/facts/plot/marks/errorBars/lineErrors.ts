import type { PanelLayout } from '../../../../media/plot';
import type { Point2 } from '../../../../media/text';
import { axisValue } from '../axisValue';
import type { ColorLayer, PanelPixels } from '../colorLayers';
import type { ErrorBars } from './errorsOf';
import { findWhiskers } from './findWhiskers';

/** One error bar on a line, picture coordinates. */
interface Bar {
  x: number;
  top: number;
  bottom: number;
  capped: boolean;
  /** Strokes that make it up: one, or two where a marker parts it. */
  pieces: number;
  ink: number;
}

const LEAST = 3;

/**
 * Error bars on a line: upright strokes, whole or parted by a marker, that stand out above and below the line. They
 * tell the line's points even where no marker does. `samples` are the line's middle in each column, `markers` its
 * markers (either may be empty). Undefined where there are fewer than three.
 */
export function lineErrors(
  pixels: PanelPixels,
  own: ColorLayer,
  samples: Point2[],
  markers: Point2[],
  stroke: number,
  panel: PanelLayout,
): (ErrorBars & { points: Point2[] }) | undefined {
  let best: { points: Point2[]; bars: Bar[] } | undefined;
  for (const layer of [own, ...pixels.layers.filter((other) => other !== own)]) {
    const found = barsOn(pixels, layer, samples, markers, stroke, layer === own);
    if (found.bars.length > (best?.bars.length ?? LEAST - 1)) best = found;
    if (best && layer === own) break;
  }
  if (!best) return undefined;
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

function barsOn(
  pixels: PanelPixels,
  layer: ColorLayer,
  samples: Point2[],
  markers: Point2[],
  stroke: number,
  isOwn: boolean,
): { points: Point2[]; bars: Bar[] } {
  const { area } = pixels;
  const groups: Bar[] = [];
  for (const whisker of findWhiskers(pixels, layer)) {
    const bar = {
      x: area.left + whisker.x,
      top: area.top + whisker.top,
      bottom: area.top + whisker.bottom,
      capped: whisker.capTop > 0 || whisker.capBottom > 0,
      pieces: 1,
      ink: (whisker.bottom - whisker.top + whisker.capTop + whisker.capBottom) * whisker.stroke,
    };
    const near = groups.find((other) => Math.abs(other.x - bar.x) <= 1.5 + whisker.stroke / 2);
    if (near) {
      [near.top, near.bottom] = [Math.min(near.top, bar.top), Math.max(near.bottom, bar.bottom)];
      near.capped ||= bar.capped;
      near.pieces++;
      near.ink += bar.ink;
    } else groups.push(bar);
  }
  const points: Point2[] = [];
  const bars: Bar[] = [];
  let against = 0;
  for (const bar of groups.sort((a, b) => a.x - b.x)) {
    const marker = markers
      .filter(([x]) => Math.abs(x - bar.x) <= stroke + 2)
      .sort((a, b) => Math.abs(a[0] - bar.x) - Math.abs(b[0] - bar.x))[0];
    const y = marker?.[1] ?? heightAt(samples, bar.x, stroke);
    if (y === undefined || y < bar.top - 2 || y > bar.bottom + 2) continue;
    // a peak of the line stands out to one side only
    const least = stroke / 2 + 1.5;
    if (y - bar.top < least || bar.bottom - y < least) {
      against++;
      continue;
    }
    if (bar.pieces > 2) continue;
    points.push([bar.x, y]);
    bars.push(bar);
  }
  // of another layer the bars must be most: else they are bits of grid or letters
  const ink = bars.reduce((sum, bar) => sum + bar.ink, 0);
  if (!isOwn && ink < 0.4 * layer.count) return { points: [], bars: [] };
  if (!areThePoints(points, samples, stroke)) return { points: [], bars: [] };
  return against > 0.6 * bars.length || areMarkers(bars, pixels.height) ? { points: [], bars: [] } : { points, bars };
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
