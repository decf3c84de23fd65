import type { PixelBox, Point2, TextLine } from './text';

/** What was read in a picture of a plot. Pixels: x right, y down, of the picture that was given, pixel centres at .5. */

export type PlotKind =
  | 'line'
  | 'scatter'
  | 'bar'
  | 'histogram'
  | 'pie'
  | 'box'
  | 'heatmap'
  | 'area'
  | 'step'
  | 'contour'
  | 'other'
  | 'none';

/** Red, green, blue, 0..255. */
export type Rgb = [number, number, number];

export interface AxisTick {
  /** Along the axis: x of an x axis, y of a y axis. */
  pixel: number;
  /** As printed; "" for a tick without a readable label. */
  text: string;
  /** On a time axis milliseconds since 1970 UTC; on a category axis its index. Undefined where not readable. */
  value?: number;
}

/** One axis. Its value at a pixel: linear and time `offset + slope * pixel`; log `10 ** (offset + slope * pixel)`. */
export interface PlotAxis {
  label: string | null;
  scale: 'linear' | 'log' | 'category' | 'time';
  ticks: AxisTick[];
  /** Undefined on a category axis, and where the ticks could not be read: then no value is given, only a warning. */
  slope?: number;
  offset?: number;
  /** Of a category axis, in order of their pixels. */
  categories?: Array<{ name: string; pixel: number }>;
}

export interface LegendEntry {
  name: string;
  color: Rgb;
  /** What stands beside the name. */
  mark: 'line' | 'marker' | 'both' | 'patch';
  /** Of the sample beside the name. */
  sample: PixelBox;
  /** Shares of drawn and empty pixels along the sample's line, for dashes; undefined where it is solid. */
  dash?: { period: number; duty: number };
}

/** One plotting area with its axes and texts, before its marks are read. */
export interface PanelLayout {
  /** Inside the frame, spines excluded. */
  area: PixelBox;
  background: Rgb;
  /** Pixels of vertical (x) and horizontal (y) grid lines inside the area, with their colour. */
  grid: { x: number[]; y: number[]; color: Rgb | null };
  x: PlotAxis;
  y: PlotAxis;
  /** A second y axis on the right, where there is one. */
  y2?: PlotAxis;
  title: string | null;
  legend: LegendEntry[];
  /** Of the whole legend, where it lies inside the area it hides marks. */
  legendBox?: PixelBox;
  /** Colours from bottom or left to top or right with their values: of a colour bar beside this panel. */
  colorbar?: { box: PixelBox; axis: PlotAxis; vertical: boolean };
  /** Other text inside the area (annotations, value labels of bars, slices of a pie). */
  annotations: TextLine[];
  warnings: string[];
}

export interface PlotLayout {
  /** Over all panels (a suptitle, or the title of the only panel). */
  title: string | null;
  background: Rgb;
  /** Row by row, from the left. Empty: nothing like a plotting area was found. */
  panels: PanelLayout[];
  /** All lines that were read. */
  lines: TextLine[];
  warnings: string[];
}

export interface PlotSeries {
  /** From the legend; null without an entry. */
  name: string | null;
  color: Rgb;
  /** In data units: a number, or the category's name. On a time axis milliseconds since 1970 UTC. */
  points: Array<[number | string, number]>;
  /** The same points in pixels, for the overlay. Bars: the middle of their free end. */
  pixels: Point2[];
  /** How the overlay draws it. */
  mark: 'line' | 'marker' | 'bar' | 'slice' | 'cell';
  /** Half-lengths of error bars in data units, below and above, one a point. */
  errors?: Array<[number, number]>;
}

export interface PlotPanel {
  kind: PlotKind;
  layout: PanelLayout;
  series: PlotSeries[];
  /** What is not certain, in whole sentences. */
  warnings: string[];
}

export interface PlotReading {
  /** Of the first panel; "none" = not a plot. */
  kind: PlotKind;
  /** How sure, 0..1. */
  confidence: number;
  title: string | null;
  panels: PlotPanel[];
  warnings: string[];
}
