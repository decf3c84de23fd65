import type { PanelLayout, PlotSeries, Rgb } from '../../../../media/plot';
import type { Point2 } from '../../../../media/text';
import { finish, type Steps } from '../../steps';
import { byCategory } from '../byCategory';
import type { PanelPixels } from '../colorLayers';
import { chroma } from '../colors/colorMath';
import { inkDistance } from '../colors/sameInk';
import { lineErrors } from '../errorBars/lineErrors';
import { toData } from '../toData';
import { densify } from './densify';
import { joinPieces } from './joinPieces';
import { entriesOf, nameTracks } from './nameTracks';
import { type LineReading, type LineTrack, readLines } from './readLines';

/** The lines of a panel, and what speaks for their being lines. */
export interface LineSet {
  series: PlotSeries[];
  warnings: string[];
  evidence: LineSetEvidence;
}

export interface LineSetEvidence {
  /** Share of the drawn pixels that the lines and their markers explain. */
  explained: number;
  /** Columns of the longest line over the width of the area. */
  span: number;
  /** Share of the columns between the lines' ends that have ink, mean over the lines: low for loose markers. */
  covered: number;
  /** Mean share of level pieces and upright jumps: above 0.9 with `jumps` of 2 or more the lines are steps. */
  stepShare: number;
  jumps: number;
  lines: number;
  /** Markers on the lines, all together. */
  markers: number;
  dashed: number;
  /** Points with an error bar. */
  errorBars: number;
}

/** An open gap of more than this share of the area's width is told. */
const LONG_GAP = 0.04;

/** Reads every layer as lines and keeps what is one. `asStep` gives the corners instead of the vertices. */
export function lineSeries(pixels: PanelPixels, panel: PanelLayout, asStep?: boolean): LineSet {
  return finish(lineSeriesInSteps(pixels, panel, asStep));
}

/** `lineSeries` in steps. */
export function* lineSeriesInSteps(pixels: PanelPixels, panel: PanelLayout, asStep?: boolean): Steps<LineSet> {
  const readings = yield* lineReadings(pixels, panel);
  const set: LineSet = { series: [], warnings: [], evidence: gather(pixels, readings) };
  const step = asStep ?? (set.evidence.stepShare > 0.88 && set.evidence.jumps >= 2);
  for (const reading of readings) {
    const names = nameTracks(panel, reading.color, reading.tracks);
    for (const [t, track] of reading.tracks.entries()) {
      const series = yield* seriesOf(pixels, panel, reading, track, names[t] ?? null, step);
      if (series.errors) set.evidence.errorBars += series.errors.filter(([low, high]) => low + high > 0).length;
      if (track.longestGap > LONG_GAP * pixels.width)
        set.warnings.push(
          `${series.name ? `The line "${series.name}"` : 'A line'} has a gap of ${Math.round((100 * track.longestGap) / pixels.width)} % of the plot's width, over which nothing was measured.`,
        );
      set.series.push(series);
    }
  }
  return set;
}

/** Readings of the layers that hold lines. */
export function* lineReadings(pixels: PanelPixels, panel: PanelLayout): Steps<LineReading[]> {
  const readings: LineReading[] = [];
  for (const layer of pixels.layers) {
    const reading = yield* readLines.steps(pixels, layer);
    const tracks = reading.tracks.filter((track) => isLine(reading, track, pixels));
    readings.push({ ...reading, tracks: joinPieces(tracks, entriesOf(panel, reading.color).length) });
  }
  const lines = readings.filter((reading) => reading.tracks.length > 0 && plausible(reading, pixels));
  const named = (color: Rgb) => panel.legend.some((entry) => inkDistance(color, entry.color, panel.background) < 40);
  const known = lines.filter(({ color }) => named(color));
  if (known.length === 0) return withoutGreys(lines, pixels);
  // beside the legend's own lines only a strong one counts: a threshold, not the rest of a frame or of letters
  const least = 0.4 * Math.min(...known.map(({ layer }) => layer.count));
  return lines.filter(
    (reading) =>
      named(reading.color) ||
      (reading.evidence.explained > 0.6 && reading.evidence.span > 0.35 && chroma(reading.color) > 40) ||
      (isStrong(reading) && reading.layer.count > least && chroma(reading.color) > 20),
  );
}

function isLine({ evidence }: LineReading, track: LineTrack, { width }: PanelPixels): boolean {
  const span = (track.samples.at(-1)?.[0] ?? 0) - (track.samples[0]?.[0] ?? 0);
  if (span < Math.max(10, 0.08 * width) || track.samples.length < 8) return false;
  return (
    track.covered >= 0.45 ||
    track.dash !== undefined ||
    (track.markers.length >= 4 && evidence.explained > 0.6 && track.covered > 0.25)
  );
}

function plausible({ evidence }: LineReading, { width, height }: PanelPixels): boolean {
  return evidence.explained >= 0.5 && evidence.stroke <= Math.max(6, 0.045 * Math.min(width, height));
}

/** A line over most of the area and nothing else. */
function isStrong({ evidence }: LineReading): boolean {
  return evidence.explained > 0.8 && evidence.span > 0.6;
}

/** Where coloured lines stand, faint grey ones are rests of grid and frame. */
function withoutGreys(lines: LineReading[], pixels: PanelPixels): LineReading[] {
  const coloured = lines.filter(({ color }) => chroma(color) > 40);
  const strong = (reading: LineReading) =>
    isStrong(reading) && reading.layer.count > 0.4 * (coloured[0]?.layer.count ?? 0);
  return coloured.length === 0
    ? lines.filter(({ layer }) => layer.count > 0.15 * (pixels.layers[0]?.count ?? 1))
    : lines.filter((reading) => chroma(reading.color) > 40 || strong(reading));
}

function* seriesOf(
  pixels: PanelPixels,
  panel: PanelLayout,
  reading: LineReading,
  track: LineTrack,
  name: string | null,
  step: boolean,
): Steps<PlotSeries> {
  const vertices = track.markers.length >= 3 ? track.vertices : densify(track.vertices, panel);
  const all = step && track.corners.length >= 2 && track.cornersHold > 0.85 ? track.corners : vertices;
  const bars = step
    ? undefined
    : yield* lineErrors(pixels, reading.layer, track.samples, track.markers, reading.evidence.stroke, panel);
  const chosen = bars?.points ?? (panel.x.scale === 'category' ? byCategory(panel, track.samples, track.markers) : all);
  const kept: Array<{ pixel: Point2; point: [number | string, number]; error?: [number, number] }> = [];
  chosen.forEach((pixel, k) => {
    const point = toData(panel, pixel);
    const error = bars?.errors[k];
    if (point) kept.push({ pixel, point, ...(error ? { error } : {}) });
  });
  const places = kept.map(({ pixel }) => pixel);
  return {
    name,
    color: reading.color,
    points: kept.map(({ point }) => point),
    pixels: kept.length > 0 ? places : chosen,
    mark: 'line',
    ...(bars ? { errors: kept.map(({ error }) => error ?? ([0, 0] as [number, number])) } : {}),
  };
}

function gather(pixels: PanelPixels, readings: LineReading[]): LineSetEvidence {
  const tracks = readings.flatMap((reading) => reading.tracks);
  const mean = (of: (track: LineTrack) => number) =>
    tracks.reduce((sum, track) => sum + of(track), 0) / Math.max(1, tracks.length);
  const drawn = pixels.layers.reduce((sum, layer) => sum + layer.count, 0);
  return {
    explained:
      readings.reduce((sum, { evidence, layer }) => sum + evidence.explained * layer.count, 0) / Math.max(1, drawn),
    span: Math.max(0, ...readings.map(({ evidence }) => evidence.span)),
    covered: mean(({ covered }) => covered),
    stepShare: mean(({ stepShare }) => stepShare),
    jumps: Math.max(0, ...tracks.map(({ jumps }) => jumps)),
    lines: tracks.length,
    markers: tracks.reduce((sum, { markers }) => sum + markers.length, 0),
    dashed: tracks.filter(({ dash }) => dash).length,
    errorBars: 0,
  };
}
