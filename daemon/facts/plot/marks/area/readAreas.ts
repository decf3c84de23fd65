import type { Rgb } from '../../../../media/plot';
import type { Point2 } from '../../../../media/text';
import type { Steps } from '../../steps';
import type { ColorLayer, PanelPixels } from '../colorLayers';
import { simplify } from '../lines/simplify';
import { oncePerLayer } from '../oncePerLayer';
import { otherMarks } from '../otherMarks';

/** A filled band of one colour. Pixels of the picture, one sample a column, left to right. */
export interface AreaReading {
  layer: ColorLayer;
  color: Rgb;
  /** Upper and lower edge in each column. */
  top: Point2[];
  bottom: Point2[];
  /** The upper edge with as few vertices as keep it within half a pixel. */
  vertices: Point2[];
  /** Thickness of the line drawn on the upper edge; 0 without one. */
  edge: number;
  /** The layer of that line. */
  edgeLayer?: ColorLayer;
  evidence: AreaEvidence;
}

export interface AreaEvidence {
  /** Share of the area's columns that it fills. */
  span: number;
  /** Of its columns, those with one run without holes. */
  solid: number;
  /** Median height of the filled runs, over the height of the area. */
  thickness: number;
  /** Columns whose upper edge differs from the last one's, over all: bars have level tops, so few. */
  varied: number;
  /** Share of the columns at whose foot another area ends (stacked), or the baseline. */
  onBaseline: number;
  stacked: number;
}

/** Reads one layer as a filled band. The edges are exact to a fraction of a pixel by the coverage at them. */
export const readArea = oncePerLayer(read);

function* read(pixels: PanelPixels, layer: ColorLayer): Steps<AreaReading> {
  const { area, width, height } = pixels;
  const others = yield* otherMarks(pixels, layer);
  const bands = yield* columnBands(layer, others, width, height);
  const tops = bands.map(({ x, top }) => ({ x: x + 0.5, y: top }));
  const picture = (points: Array<{ x: number; y: number }>): Point2[] =>
    points.map(({ x, y }) => [area.left + x, area.top + y]);
  return {
    layer,
    color: layer.color,
    top: picture(tops),
    bottom: picture(bands.map(({ x, bottom }) => ({ x: x + 0.5, y: bottom }))),
    vertices: picture(simplify(tops, 0.5)),
    edge: 0,
    evidence: evidenceOf(bands, others, width, height),
  };
}

interface Band {
  x: number;
  top: number;
  bottom: number;
  /** Share of the pixels between its ends that are filled or hidden by other marks. */
  filled: number;
}

function* columnBands(
  { mask, coverage }: ColorLayer,
  others: Uint8Array,
  width: number,
  height: number,
): Steps<Band[]> {
  const bands: Band[] = [];
  for (let x = 0; x < width; x++) {
    yield;
    let first = -1;
    let last = -1;
    let own = 0;
    for (let y = 0; y < height; y++) {
      if (!mask[y * width + x]) continue;
      if (first < 0) first = y;
      last = y;
      own++;
    }
    if (first < 0) continue;
    let hidden = 0;
    for (let y = first; y <= last; y++) if (!mask[y * width + x] && others[y * width + x]) hidden++;
    const above = first > 0 ? coverage[(first - 1) * width + x]! : 0;
    const below = last + 1 < height ? coverage[(last + 1) * width + x]! : 0;
    const top = first + 1 - coverage[first * width + x]! - above;
    const bottom = last + coverage[last * width + x]! + below;
    bands.push({ x, top, bottom, filled: (own + hidden) / (last - first + 1) });
  }
  return bands;
}

function evidenceOf(bands: Band[], others: Uint8Array, width: number, height: number): AreaEvidence {
  const count = Math.max(1, bands.length);
  const heights = bands.map((band) => band.bottom - band.top).sort((a, b) => a - b);
  const baseline = mode(bands.map((band) => Math.round(band.bottom)));
  let varied = 0;
  let stacked = 0;
  for (let k = 0; k < bands.length; k++) {
    const band = bands[k]!;
    if (k > 0 && Math.abs(band.top - bands[k - 1]!.top) > 0.12) varied++;
    const under = Math.min(height - 1, Math.round(band.bottom) + 1);
    if (others[under * width + band.x] || others[Math.min(height - 1, under + 1) * width + band.x]) stacked++;
  }
  return {
    span: bands.length / width,
    solid: bands.filter((band) => band.filled > 0.9).length / count,
    thickness: (heights[Math.floor(heights.length / 2)] ?? 0) / height,
    varied: varied / count,
    onBaseline: bands.filter((band) => Math.abs(band.bottom - baseline) <= 1.5).length / count,
    stacked: stacked / count,
  };
}

function mode(values: number[]): number {
  const counts = new Map<number, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let best = 0;
  let most = 0;
  for (const [value, count] of counts) if (count > most) [best, most] = [value, count];
  return best;
}
