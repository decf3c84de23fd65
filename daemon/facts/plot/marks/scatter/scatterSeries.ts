import type { PanelLayout, PlotSeries, Rgb } from '../../../../media/plot';
import type { Point2 } from '../../../../media/text';
import type { ColorLayer, PanelPixels } from '../colorLayers';
import { chroma } from '../colors/colorMath';
import { inkDistance } from '../colors/sameInk';
import { errorsOf } from '../errorBars/errorsOf';
import { toData } from '../toData';
import { edgedLayers } from './edgedLayers';
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
  const readings = scatterReadings(pixels, panel);
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
    const series = seriesOf(pixels, panel, reading);
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
export function scatterReadings(pixels: PanelPixels, panel: PanelLayout): ScatterReading[] {
  const alone = pixels.layers.map((layer) => readScatter(pixels, layer));
  const joined = edgedReadings(pixels, panel, alone);
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
  return kept.filter((reading) => !kept.some((other) => other !== reading && isOutlineOf(reading, other, named)));
}

function isGood({ points, evidence }: ScatterReading): boolean {
  return points.length >= 1 && evidence.explained >= 0.6;
}

interface EdgedReading {
  reading: ScatterReading;
  parts: [ColorLayer, ColorLayer];
}

/** Readings of translucent markers with their edges, where that shows more of them whole than fill or edge alone. */
function edgedReadings(pixels: PanelPixels, panel: PanelLayout, alone: ScatterReading[]): EdgedReading[] {
  const pairs = edgedLayers(pixels, panel).map(({ joined, parts }) => ({
    view: { ...pixels, layers: [joined, ...pixels.layers.filter((layer) => !parts.includes(layer))] },
    joined,
    parts,
  }));
  const all = pairs.map(({ view, joined, parts }) => ({ reading: readScatter(view, joined), parts }));
  const better = ({ reading, parts }: EdgedReading) =>
    isGood(reading) &&
    reading.points.length >= 2 &&
    (reading.evidence.loneShare > 0.3 || (reading.evidence.lone >= 5 && reading.evidence.explained > 0.9)) &&
    alone.every((one) => !parts.includes(one.layer) || one.evidence.loneShare < reading.evidence.loneShare);
  const first = all.filter(better);
  // none of a series may stand free: its markers look like those of the others
  const model = [...first].sort((a, b) => b.reading.evidence.lone - a.reading.evidence.lone)[0]?.reading.template;
  if (!model) return first;
  return all.flatMap((one, k) => {
    if (first.includes(one)) return [one];
    const { view, joined, parts } = pairs[k]!;
    if (first.some((other) => other.parts.some((part) => parts.includes(part)))) return [];
    const reading = readScatterLike(view, joined, model);
    return reading.points.length >= 3 && reading.evidence.explained > 0.85 ? [{ reading, parts }] : [];
  });
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
  const near = a.points.filter(([x, y]) =>
    b.points.some(([u, v]) => Math.hypot(x - u, y - v) < 0.3 * b.evidence.size + 0.7),
  ).length;
  if (near < 0.7 * a.points.length) return false;
  if (named(a.color) !== named(b.color)) return named(b.color);
  return a.evidence.open !== b.evidence.open ? a.evidence.open : a.layer.count < b.layer.count;
}

function seriesOf(pixels: PanelPixels, panel: PanelLayout, reading: ScatterReading): PlotSeries {
  const kept: Array<{ pixel: Point2; point: [number | string, number] }> = [];
  for (const pixel of reading.points) {
    const point = toData(panel, pixel);
    if (point) kept.push({ pixel, point });
  }
  kept.sort((a, b) => a.pixel[0] - b.pixel[0]);
  const places = kept.map(({ pixel }) => pixel);
  const bars = errorsOf(pixels, reading.layer, places, panel, reading.evidence.size);
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
