import type { PanelLayout, PlotSeries, Rgb } from '../../../../media/plot';
import type { Point2 } from '../../../../media/text';
import { finish, type Steps } from '../../steps';
import type { ColorLayer, PanelPixels } from '../colorLayers';
import { chroma } from '../colors/colorMath';
import { inkDistance } from '../colors/sameInk';
import { errorsOf } from '../errorBars/errorsOf';
import { toData } from '../toData';
import { type EdgedPair, edgedPairs, joinEdged } from './edgedLayers';
import { readScatter, readScatterLike, type ScatterReading } from './readScatter';

/** The markers of a panel, and what speaks for their being a scatter plot. */
export interface ScatterSet {
  series: PlotSeries[];
  warnings: string[];
  evidence: ScatterSetEvidence;
}

export interface ScatterSetEvidence {
  /** Share of the drawn pixels inside markers. */
  explained: number;
  /** Markers, all together. */
  count: number;
  /** Share of the connected parts that are markers by themselves, mean over the layers weighted by pixels. */
  loneShare: number;
  /** Pixels, of the largest layer's markers. */
  size: number;
  /** Points with an error bar. */
  errorBars: number;
}

/** Reads every layer as markers and keeps what is some. */
export function scatterSeries(pixels: PanelPixels, panel: PanelLayout): ScatterSet {
  return finish(scatterSeriesInSteps(pixels, panel));
}

/** `scatterSeries` in steps. */
export function* scatterSeriesInSteps(pixels: PanelPixels, panel: PanelLayout): Steps<ScatterSet> {
  const readings = yield* scatterReadings(pixels, panel);
  const drawn = pixels.layers.reduce((sum, layer) => sum + layer.count, 0);
  const inked = readings.reduce((sum, { layer }) => sum + layer.count, 0);
  const set: ScatterSet = {
    series: [],
    warnings: [],
    evidence: {
      explained:
        readings.reduce((sum, { evidence, layer }) => sum + evidence.explained * layer.count, 0) / Math.max(1, drawn),
      count: readings.reduce((sum, { points }) => sum + points.length, 0),
      loneShare:
        readings.reduce((sum, { evidence, layer }) => sum + evidence.loneShare * layer.count, 0) / Math.max(1, inked),
      size: readings[0]?.evidence.size ?? 0,
      errorBars: 0,
    },
  };
  for (const reading of readings) {
    const series = yield* seriesOf(pixels, panel, reading);
    if (series.errors) set.evidence.errorBars += series.errors.filter(([low, high]) => low + high > 0).length;
    if (reading.evidence.sizes === 'one' && reading.evidence.loneShare < 0.3)
      set.warnings.push(
        `Many markers${series.name ? ` of "${series.name}"` : ''} lie over each other: some may be missing.`,
      );
    set.series.push(series);
  }
  return set;
}

/** Readings of the layers that hold markers, without letters and without the outlines of filled markers. */
export function* scatterReadings(pixels: PanelPixels, panel: PanelLayout): Steps<ScatterReading[]> {
  const alone: ScatterReading[] = [];
  for (const layer of pixels.layers) alone.push(yield* readScatter.steps(pixels, layer));
  const joined = yield* edgedReadings(pixels, panel, alone);
  const readings = [
    ...alone.filter((reading) => isGood(reading) && !joined.some(({ parts }) => parts.includes(reading.layer))),
    ...joined.map(({ reading }) => reading),
  ];
  const named = (color: Rgb) => panel.legend.some((entry) => inkDistance(color, entry.color, panel.background) < 40);
  const known = readings.filter(({ color }) => named(color));
  const sized = (reading: ScatterReading) =>
    known.some(({ evidence }) => Math.abs(evidence.size - reading.evidence.size) <= 0.12 * evidence.size + 0.5);
  const kept =
    known.length > 0
      ? readings.filter(
          (reading) =>
            known.includes(reading) ||
            (chroma(reading.color) > 40 && reading.points.length >= 3 && reading.evidence.explained > 0.85) ||
            // a grey series that the legend does not tell has markers of the others' size
            (sized(reading) && reading.points.length >= 5),
        )
      : notGrey(readings);
  const out: ScatterReading[] = [];
  for (const reading of kept) {
    let outline = false;
    for (const other of kept) {
      if (outline || other === reading) continue;
      yield;
      outline = isOutlineOf(reading, other, named);
    }
    if (!outline) out.push(reading);
  }
  return out;
}

function isGood({ points, evidence }: ScatterReading): boolean {
  return points.length >= 1 && evidence.explained >= 0.6;
}

interface EdgedReading {
  reading: ScatterReading;
  parts: EdgedPair;
}

/** Readings of translucent markers with their edges, where that shows more of them whole than fill or edge alone. */
function* edgedReadings(pixels: PanelPixels, panel: PanelLayout, alone: ScatterReading[]): Steps<EdgedReading[]> {
  const pairs = edgedPairs(pixels, panel);
  const view = (joined: ColorLayer, parts: EdgedPair) => ({
    ...pixels,
    layers: [joined, ...pixels.layers.filter((layer) => !parts.includes(layer))],
  });
  const better = ({ reading, parts }: EdgedReading) =>
    isGood(reading) &&
    reading.points.length >= 2 &&
    (reading.evidence.loneShare > 0.3 || (reading.evidence.lone >= 5 && reading.evidence.explained > 0.9)) &&
    alone.every((one) => !parts.includes(one.layer) || one.evidence.loneShare < reading.evidence.loneShare);
  // only the good ones are held, for each has a layer of its own
  const good = new Map<EdgedPair, EdgedReading>();
  for (const parts of pairs) {
    const joined = yield* joinEdged(parts);
    const one = { reading: yield* readScatter.steps(view(joined, parts), joined), parts };
    if (better(one)) good.set(parts, one);
  }
  const first = [...good.values()];
  // none of a series may stand free: its markers look like those of the others
  const model = [...first].sort((a, b) => b.reading.evidence.lone - a.reading.evidence.lone)[0]?.reading.template;
  if (!model) return first;
  const out: EdgedReading[] = [];
  for (const parts of pairs) {
    const one = good.get(parts);
    if (one) out.push(one);
    if (first.some((other) => other.parts.some((part) => parts.includes(part)))) continue;
    const joined = yield* joinEdged(parts);
    const reading = yield* readScatterLike(view(joined, parts), joined, model);
    if (reading.points.length >= 3 && reading.evidence.explained > 0.85) out.push({ reading, parts });
  }
  return out;
}

function notGrey(readings: ScatterReading[]): ScatterReading[] {
  const coloured = readings.filter(({ color, points }) => chroma(color) > 40 && points.length >= 3);
  const most = Math.max(0, ...coloured.map(({ layer }) => layer.count));
  return readings.filter(
    ({ color, evidence, layer }) =>
      coloured.length === 0 ||
      chroma(color) > 40 ||
      (evidence.explained > 0.8 && evidence.loneShare > 0.5 && layer.count > 0.3 * most),
  );
}

/** Whether most markers of `a` lie round markers of `b`: the edge that is drawn round a filled marker. */
function isOutlineOf(a: ScatterReading, b: ScatterReading, named: (color: Rgb) => boolean): boolean {
  const reach = 0.3 * b.evidence.size + 0.7;
  const cell = (x: number, y: number) => Math.floor(y / reach) * 0x10000 + Math.floor(x / reach);
  const cells = new Map<number, Point2[]>();
  for (const point of b.points) {
    const key = cell(...point);
    const list = cells.get(key);
    if (list) list.push(point);
    else cells.set(key, [point]);
  }
  const around = [-1, 0, 1].flatMap((dy) => [-1, 0, 1].map((dx) => [dx * reach, dy * reach] as const));
  const near = a.points.filter(([x, y]) =>
    around.some(([dx, dy]) =>
      cells.get(cell(x + dx, y + dy))?.some(([u, v]) => (x - u) ** 2 + (y - v) ** 2 < reach * reach),
    ),
  ).length;
  if (near < 0.7 * a.points.length) return false;
  if (named(a.color) !== named(b.color)) return named(b.color);
  return a.evidence.open !== b.evidence.open ? a.evidence.open : a.layer.count < b.layer.count;
}

function* seriesOf(pixels: PanelPixels, panel: PanelLayout, reading: ScatterReading): Steps<PlotSeries> {
  const kept: Array<{ pixel: Point2; point: [number | string, number] }> = [];
  for (const pixel of reading.points) {
    const point = toData(panel, pixel);
    if (point) kept.push({ pixel, point });
  }
  kept.sort((a, b) => a.pixel[0] - b.pixel[0]);
  const places = kept.map(({ pixel }) => pixel);
  const bars = yield* errorsOf(pixels, reading.layer, places, panel, reading.evidence.size);
  return {
    name: nameOf(panel, reading.color),
    color: reading.color,
    points: kept.map(({ point }) => point),
    pixels: kept.length > 0 ? places : reading.points,
    mark: 'marker',
    ...(bars ? { errors: bars.errors } : {}),
  };
}

/** Of the legend's entry of this ink, a translucent marker's tint included. */
function nameOf(panel: PanelLayout, color: Rgb): string | null {
  const far = (sample: Rgb) => inkDistance(color, sample, panel.background);
  const best = [...panel.legend].sort((a, b) => far(a.color) - far(b.color))[0];
  return best && far(best.color) < 48 ? best.name : null;
}
