import type { PanelLayout, PlotSeries, Rgb } from '../../../../media/plot';
import type { Point2 } from '../../../../media/text';
import { finish, type Steps } from '../../steps';
import { axisValue } from '../axisValue';
import type { PanelPixels } from '../colorLayers';
import { distance } from '../colors/colorMath';
import { densify } from '../lines/densify';
import { strokeWidth } from '../lines/strokeWidth';
import { legendEntryOf } from '../seriesName';
import { type AreaReading, readArea } from './readAreas';
import { withEdge } from './withEdge';

/**
 * The filled areas of a panel. Points are a series' own values: of stacked areas the thickness of each, not the height
 * of its upper edge; of the lowest one, and of areas that are not stacked, the upper edge.
 */
export interface AreaSet {
  series: PlotSeries[];
  warnings: string[];
  evidence: AreaSetEvidence;
}

export interface AreaSetEvidence {
  /** Share of the drawn pixels that the areas fill. */
  explained: number;
  /** Columns of the widest one over the width of the panel's area. */
  span: number;
  /** Of their columns, those without holes; mean. */
  solid: number;
  /** Of their columns, those whose upper edge differs from the last one's; mean. Near 0 for bars. */
  varied: number;
  areas: number;
  stacked: boolean;
}

/** Reads every layer as a filled area and keeps what is one. */
export function areaSeries(pixels: PanelPixels, panel: PanelLayout): AreaSet {
  return finish(areaSeriesInSteps(pixels, panel));
}

/** `areaSeries` in steps. */
export function* areaSeriesInSteps(pixels: PanelPixels, panel: PanelLayout): Steps<AreaSet> {
  const edged: AreaReading[] = [];
  for (const reading of yield* areaReadings(pixels)) edged.push(yield* withEdge(reading, pixels, panel));
  // the line on an edge is no area of its own
  const readings = edged.filter(({ layer }) => !edged.some((other) => other.edgeLayer === layer));
  const stacked = isStacked(readings);
  const drawn = pixels.layers.reduce((sum, layer) => sum + layer.count, 0);
  const mean = (of: (reading: AreaReading) => number) =>
    readings.reduce((sum, reading) => sum + of(reading), 0) / Math.max(1, readings.length);
  return {
    series: readings.map((reading) => seriesOf(panel, reading, stacked ? footOf(reading, readings) : undefined)),
    warnings: [],
    evidence: {
      explained: readings.reduce((sum, { layer }) => sum + layer.count, 0) / Math.max(1, drawn),
      span: Math.max(0, ...readings.map(({ evidence }) => evidence.span)),
      solid: mean(({ evidence }) => evidence.solid),
      varied: mean(({ evidence }) => evidence.varied),
      areas: readings.length,
      stacked,
    },
  };
}

/** Layers that fill a band over much of the width, the largest first. */
export function* areaReadings(pixels: PanelPixels): Steps<AreaReading[]> {
  const readings: AreaReading[] = [];
  for (const layer of pixels.layers) {
    const reading = yield* readArea.steps(pixels, layer);
    const { evidence, top } = reading;
    if (evidence.span <= 0.4 || evidence.solid <= 0.75 || evidence.thickness <= 0.02 || evidence.varied <= 0.1)
      continue;
    if (layer.count <= 2.2 * top.length + 0.004 * pixels.width * pixels.height) continue;
    if (!(yield* isLine(reading, pixels))) readings.push(reading);
  }
  return readings.filter((reading) => !isEdge(reading, readings, pixels));
}

/** A line: one that goes up and down fills tall stretches of its columns too, but is narrow across. */
function* isLine({ layer, evidence }: AreaReading, { width, height }: PanelPixels): Steps<boolean> {
  const stroke = yield* strokeWidth(layer, width, height);
  const thickness = evidence.thickness * height;
  const least = Math.min(width, height);
  // a thick line in a low plot is as thick as it is wide across, all along
  if (stroke > 0.6 * thickness && stroke <= Math.max(6, 0.025 * least)) return true;
  return stroke < 0.4 * thickness && stroke <= Math.max(6, 0.012 * least);
}

/** A line drawn on the upper edge of a larger area is its edge, no area. */
function isEdge(reading: AreaReading, all: AreaReading[], pixels: PanelPixels): boolean {
  return all.some(
    (other) =>
      other !== reading &&
      other.layer.count > 4 * reading.layer.count &&
      reading.evidence.thickness < 0.02 + 6 / pixels.height &&
      distance(reading.color as Rgb, other.color) < 140,
  );
}

/** Whether bands lie on each other: most columns of one end where another begins. */
function isStacked(readings: AreaReading[]): boolean {
  return readings.length > 1 && readings.some((reading) => footOf(reading, readings));
}

/** The band that this one stands on: its top is this one's foot in most columns. */
function footOf(reading: AreaReading, readings: AreaReading[]): AreaReading | undefined {
  const feet = new Map(reading.bottom.map(([x, y]) => [x, y]));
  return readings.find((other) => {
    if (other === reading) return false;
    const shared = other.top.filter(([x]) => feet.has(x));
    const touching = shared.filter(([x, y]) => Math.abs(y - feet.get(x)!) < 7 + other.edge).length;
    return shared.length > 0 && touching > 0.7 * shared.length;
  });
}

function seriesOf(panel: PanelLayout, reading: AreaReading, foot: AreaReading | undefined): PlotSeries {
  const feet = new Map(foot?.top.map(([x, y]) => [x, y]));
  const pixels: Point2[] = [];
  const points: Array<[number | string, number]> = [];
  for (const [x, y] of foot ? reading.top : densify(reading.vertices, panel)) {
    const at = axisValue(panel.x, x) ?? categoryAt(panel, x);
    const upper = axisValue(panel.y, y);
    const lower = foot ? axisValue(panel.y, feet.get(x) ?? Number.NaN) : 0;
    if (at === undefined || upper === undefined || lower === undefined || Number.isNaN(lower)) continue;
    points.push([at, upper - lower]);
    pixels.push([x, y]);
  }
  return {
    name: legendEntryOf(panel, reading.color)?.name ?? null,
    color: reading.color,
    points,
    pixels: points.length > 0 ? pixels : reading.vertices,
    mark: 'line',
  };
}

/** The name of the category at a pixel, within a column of it. */
function categoryAt(panel: PanelLayout, x: number): string | undefined {
  return panel.x.categories?.find(({ pixel }) => Math.abs(pixel - x) <= 0.5)?.name;
}
