import type { PlotKind, PlotPanel } from '../../../media/plot';
import type { AreaSetEvidence } from './area/areaSeries';
import { overlapShare, stepsShare } from './bars/barLayout';
import type { FoundBars } from './bars/findBars';
import type { FoundBoxes } from './box/findBoxes';
import type { BandEvidence } from './contour/contourEvidence';
import type { FoundHeatmap } from './heatmap/findHeatmap';
import { regularBins } from './histogram/bins';
import type { LineSetEvidence } from './lines/lineSeries';
import type { FoundPie } from './pie/findPie';
import type { ScatterSetEvidence } from './scatter/scatterSeries';

/** What every reader has to say about a panel. */
export interface KindEvidence {
  pie: FoundPie | null;
  bars: FoundBars | null;
  boxes: FoundBoxes | null;
  /** Filling of the boxes over all that is drawn. */
  boxed: number;
  heatmap: FoundHeatmap | null;
  bands: BandEvidence;
  /** Rings of contour lines inside rings. */
  nestedLoops: number;
  lines: LineSetEvidence;
  scatter: ScatterSetEvidence;
  areas: AreaSetEvidence;
  /** Whether both axes could be read: a pie has none. */
  axes: boolean;
  /** Entries of the legend by what stands beside their names. */
  legend: { lines: number; markers: number; patches: number };
  /** Share of the drawn pixels that lie in flat colours, against thin strokes. */
  filled: number;
}

export interface KindDecision {
  kind: PlotPanel['kind'];
  /** 0..1. */
  confidence: number;
  /** The next best kind, where it is close. */
  close?: PlotKind;
}

/** Two kinds whose scores lie nearer than this are told as uncertain. */
const CLOSE = 0.12;
/** Markers of one size that no rings of lines are taken for. */
const MANY_MARKERS = 20;
/** Below it nothing fits: a violin, a radar chart, a map. */
const LEAST = 0.3;

/** A score 0..1 for each kind; the table is the whole rule. Strict kinds (a circle, a grid of cells) score high or nothing. */
const scores = {
  pie: ({ pie, axes }) => (pie ? (axes ? 0.6 : 0.97) * pie.round : 0),
  heatmap: ({ heatmap }) => (heatmap ? heatmapScore(heatmap) : 0),
  contour: (evidence) => contourScore(evidence),
  box: (evidence) => boxScore(evidence),
  bar: (evidence) => (isHistogram(evidence) ? 0 : barScore(evidence)),
  histogram: (evidence) => (isHistogram(evidence) ? barScore(evidence) : 0),
  area: (evidence) => areaScore(evidence),
  step: ({ lines }) => (isStep(lines) ? lineScore(lines) : 0),
  line: ({ lines, legend }) => (isStep(lines) ? 0 : lineScore(lines) + (legend.lines > 0 ? 0.08 : 0)),
  scatter: ({ scatter, lines, legend }) =>
    scatterScore(scatter, lines) + (legend.markers > 0 && legend.lines === 0 ? 0.08 : 0),
} satisfies Partial<Record<PlotKind, (evidence: KindEvidence) => number>>;

/** No reader found anything. */
export const NOTHING: KindEvidence = {
  pie: null,
  bars: null,
  boxes: null,
  boxed: 0,
  heatmap: null,
  bands: { nestedBands: 0, straight: 1, flat: 0, colors: 0, covered: 0 },
  nestedLoops: 0,
  lines: { explained: 0, span: 0, covered: 0, stepShare: 0, jumps: 0, lines: 0, markers: 0, dashed: 0, errorBars: 0 },
  scatter: { explained: 0, count: 0, loneShare: 0, size: 0, errorBars: 0 },
  areas: { explained: 0, span: 0, solid: 0, varied: 0, areas: 0, stacked: false },
  axes: false,
  legend: { lines: 0, markers: 0, patches: 0 },
  filled: 0,
};

/** Whether the strict kinds alone decide, so that strokes and markers need not be looked for. */
export function isClear(evidence: KindEvidence): boolean {
  return Math.max(scores.pie(evidence), scores.heatmap(evidence), scores.contour(evidence)) >= 0.85;
}

/** Whether bars or boxes are plain enough that strokes and markers need not be looked for. */
export function isPlain(evidence: KindEvidence): boolean {
  const { bars, filled, areas } = evidence;
  if (scores.box(evidence) >= 0.9) return true;
  return (
    bars !== null &&
    !isSloped(areas, bars) &&
    bars.covered >= 0.9 &&
    filled >= 0.85 &&
    bars.layout.stacks.length >= 2 &&
    stepsShare(bars.layout) >= 0.6
  );
}

/** The kind with the best score, "other" where none fits. */
export function decideKind(evidence: KindEvidence): KindDecision {
  const ranked = Object.entries(scores)
    .map(([kind, score]) => ({ kind: kind as PlotKind, score: Math.min(1, score(evidence)) }))
    .sort((a, b) => b.score - a.score);
  const [best, second] = ranked;
  if (best.score < LEAST) return { kind: 'other', confidence: 0.5 - best.score };
  const margin = best.score - second.score;
  const confidence = Math.max(0.05, Math.min(1, best.score * (0.6 + Math.min(0.4, margin))));
  return { kind: best.kind, confidence, ...(margin < CLOSE && second.score >= LEAST ? { close: second.kind } : {}) };
}

/** A box is the largest part of what is drawn; the caps of error bars may enclose one too. */
function boxScore({ boxes, boxed }: KindEvidence): number {
  if (!boxes || boxes.complete < 0.5) return 0;
  return (0.6 + 0.35 * boxes.complete) * (boxed < 0.1 ? 0.5 : 1);
}

function heatmapScore({ columns, rows, flat, distinct, filled }: FoundHeatmap): number {
  if (distinct < 3 || filled < 0.55 || flat < 0.55) return 0;
  return 0.5 + 0.25 * flat + 0.2 * Math.min(columns.seen, rows.seen);
}

function contourScore({
  bands: { nestedBands, straight, flat, colors, covered },
  nestedLoops,
  legend,
  scatter,
}: KindEvidence): number {
  // a legend names lines, and levels stand on a colour bar or on the lines themselves; crowded markers leave holes between them
  if (legend.lines >= 2 || (scatter.count >= MANY_MARKERS && scatter.explained > 0.8)) return 0;
  const bands = nestedBands >= 1 && straight < 0.5 && flat > 0.85 && colors >= 3 && covered > 0.4 ? 0.9 : 0;
  const lines = nestedLoops >= 1 ? Math.min(0.95, 0.75 + 0.1 * nestedLoops) : 0;
  return Math.max(bands, lines);
}

function barScore({ bars, areas, filled, legend }: KindEvidence): number {
  if (!bars || bars.covered < 0.5) return 0;
  const sloped = isCurve(bars) ? 0.3 : stepsShare(bars.layout) < 0.45 || isSloped(areas, bars) ? 0.5 : 1;
  return (
    (bars.covered * 0.75 + 0.2 * Math.min(1, filled) + (legend.patches > 0 ? 0.05 : 0)) *
    sloped *
    (filled < 0.4 ? 0.5 : 1)
  );
}

/** Touching bars of one width over an axis of numbers. */
function isHistogram({ bars }: KindEvidence): boolean {
  if (!bars) return false;
  const named = bars.base.categories?.length ?? 0;
  const colors = new Set(bars.layout.stacks.flatMap(({ up, down }) => [...up, ...down].map(({ label }) => label)));
  // names below a single colour may be misread numbers, but not where they stand under most bars or groups
  if (bars.base.scale === 'category' && (colors.size > 1 || named >= 0.6 * bars.layout.stacks.length)) return false;
  const sides = bars.layout.stacks.map(({ left, right }) => ({ left, right }));
  if (sides.length < 3) return false;
  const narrowest = Math.min(...sides.map(({ left, right }) => right - left));
  const gaps = sides.slice(1).map(({ left }, i) => left - sides[i].right);
  const touching = gaps.filter((gap) => gap <= Math.max(3.5, 0.1 * narrowest)).length;
  return touching >= 0.5 * gaps.length && regularBins(sides, Math.max(4, 0.1 * narrowest)) !== null;
}

function areaScore({ areas, bars }: KindEvidence): number {
  // the edge of a smooth, flat curve changes seldom, and then by a pixel
  const least = bars && isCurve(bars) ? 0.08 : 0.25;
  if (areas.areas === 0 || areas.varied < least) return 0;
  const level = bars && !isCurve(bars) && !isSloped(areas, bars) && bars.covered > 0.8 && areas.varied < 0.5 ? 0.4 : 1;
  return (0.45 * Math.min(1, areas.explained) + 0.25 * areas.span + 0.25 * areas.solid) * level;
}

/** Many touching steps of a pixel or two, one after the other: the edge of a flat curve, not bars. */
function isCurve({ layout }: FoundBars): boolean {
  return layout.stacks.length >= 8 && stepsShare(layout) < 0.2;
}

/**
 * Whether fillings have upper edges that change from column to column: no bars. So they are where they change far more often
 * than the bars found have sides, or where these lie over one another, as the steps of a slope do.
 */
function isSloped(areas: AreaSetEvidence, { layout, horizontal, raster }: FoundBars): boolean {
  if (areas.areas === 0) return false;
  if (areas.varied > 0.4) return true;
  const columns = horizontal ? raster.height : raster.width;
  const sides = (2 * layout.stacks.length) / Math.max(1, columns);
  return areas.varied > 0.2 && (areas.varied > 3 * sides + 0.1 || overlapShare(layout) > 0.25);
}

function isStep(lines: LineSetEvidence): boolean {
  return lines.lines > 0 && lines.stepShare > 0.88 && lines.jumps >= 2;
}

function lineScore({ lines, explained, span, covered, dashed }: LineSetEvidence): number {
  if (lines === 0) return 0;
  return 0.5 * explained + 0.25 * Math.min(1, span / 0.7) + 0.2 * Math.min(1, covered + (dashed > 0 ? 0.3 : 0));
}

function scatterScore({ explained, count, loneShare }: ScatterSetEvidence, lines: LineSetEvidence): number {
  if (count < 2) return 0;
  // the dots of a dotted line are alike too, but a line goes through them
  const through = lines.dashed > 0 && lines.explained > 0.8 ? 0.6 : 1;
  return (0.55 * explained + 0.4 * loneShare) * through;
}
