import type { ImageMedia } from '../../../media/media';
import type { PanelLayout, PlotLayout, PlotPanel, PlotSeries } from '../../../media/plot';
import type { Cancellation } from '../../../media/text';
import { WorkPacer } from '../../audio/workPacer';
import { every, type Pacer, paced, type Steps } from '../steps';
import { areaSeriesInSteps } from './area/areaSeries';
import { barSeries } from './bars/barSeries';
import { findBars } from './bars/findBars';
import { boxSeries } from './box/boxSeries';
import { findBoxes } from './box/findBoxes';
import { colorLayersInSteps, type PanelPixels } from './colorLayers';
import { bandEvidence, nestedLoops } from './contour/contourEvidence';
import { wholeArea } from './extent/wholeArea';
import { findHeatmap } from './heatmap/findHeatmap';
import { heatmapSeries } from './heatmap/heatmapSeries';
import { histogramSeries } from './histogram/histogramSeries';
import { decideKind, isClear, isPlain, type KindDecision, type KindEvidence, NOTHING } from './kind';
import { lineSeriesInSteps } from './lines/lineSeries';
import { findPie } from './pie/findPie';
import { pieSeries } from './pie/pieSeries';
import { scatterSeriesInSteps } from './scatter/scatterSeries';
import { BACKGROUND, UNLABELLED } from './solid/labels';
import { panelGround } from './solid/panelGround';
import { panelRaster } from './solid/panelRaster';
import { type SolidPixels, solidColors } from './solid/solidColors';
import { withinBudget } from './withinBudget';

interface Marks {
  series: PlotSeries[];
  warnings: string[];
}

/** Everything that was looked at in a panel, each only once. */
interface Views {
  image: ImageMedia;
  panel: PanelLayout;
  layout: PlotLayout;
  evidence: KindEvidence;
  solid: SolidPixels;
  pixels: PanelPixels;
  /** Colours that were left out, for there are too many marks. */
  left: number;
  /** Read for the evidence, where it came to that. */
  scatter?: Marks;
}

const CONTOUR = 'A contour plot has no series: its levels are lines of equal value, which are not read into numbers.';
const OTHER = 'The marks are of no kind that can be read back into numbers.';

/** Where more than this share of a panel and of its rim is drawn on, a picture fills it: curves and markers leave ground bare. */
const FULL = 0.75;
/** From the frame and its blur to the rim, pixels. */
const RIM = 4;

/** Of the ink this share must be read for it to be curves. */
const MOST_INK = 0.67;

/** Flat colours beyond which they are no areas of curves. */
const MOST_CURVES = 24;

/** How the marks of each kind become series. */
const readers = {
  pie: atOnce(({ evidence, panel, layout }) =>
    evidence.pie ? pieSeries(evidence.pie, panel, linesOf(panel, layout)) : nothing(),
  ),
  bar: atOnce(({ evidence, solid, panel }) => (evidence.bars ? barSeries(evidence.bars, solid, panel) : nothing())),
  *histogram({ evidence, solid, panel }) {
    return evidence.bars ? yield* histogramSeries(evidence.bars, solid, panel) : nothing();
  },
  box: atOnce(({ evidence, solid }) => (evidence.boxes ? boxSeries(evidence.boxes, solid) : nothing())),
  *heatmap({ evidence, image, panel }) {
    return evidence.heatmap ? yield* heatmapSeries(evidence.heatmap, image, panel) : nothing();
  },
  line: ({ pixels, panel }) => lineSeriesInSteps(pixels, panel, false),
  step: ({ pixels, panel }) => lineSeriesInSteps(pixels, panel, true),
  *scatter({ pixels, panel, scatter }) {
    return scatter ?? (yield* scatterSeriesInSteps(pixels, panel));
  },
  area: ({ pixels, panel }) => areaSeriesInSteps(pixels, panel),
  contour: atOnce(() => nothing(CONTOUR)),
  other: atOnce(() => nothing(OTHER)),
  none: atOnce(() => nothing()),
} satisfies Record<PlotPanel['kind'], (views: Views) => Steps<Marks>>;

/** A short reader as one step. */
function atOnce(read: (views: Views) => Marks): (views: Views) => Steps<Marks> {
  return function* (views) {
    yield;
    return read(views);
  };
}

/**
 * The kind of one panel and its series in data units. `confidence` (0..1) is of the kind; where another kind is close a
 * warning says which. Without a readable axis there are pixels, but no points. Throws CANCELLED.
 */
export async function readPanel(
  image: ImageMedia,
  panel: PanelLayout,
  layout: PlotLayout,
  signal?: Cancellation,
  pacer: Pacer = new WorkPacer(signal),
): Promise<PlotPanel & { confidence: number }> {
  return paced(readMarks(image, panel, layout), pacer);
}

function* readMarks(
  image: ImageMedia,
  panel: PanelLayout,
  layout: PlotLayout,
): Steps<PlotPanel & { confidence: number }> {
  const area = yield* wholeArea(image, panel, layout);
  const background = yield* panelGround(image, { ...panel, area }, layout.background);
  const views = yield* look(image, { ...panel, area, background }, layout);
  const decision = decideKind(views.evidence);
  const marks = yield* readers[decision.kind](views);
  return {
    kind: decision.kind,
    layout: { ...panel, area },
    series: marks.series,
    warnings: [...doubt(decision), ...tooMany(views), ...marks.warnings],
    confidence: decision.confidence,
  };
}

function nothing(...warnings: string[]): Marks {
  return { series: [], warnings };
}

function tooMany({ left }: Views): string[] {
  return left > 0 ? [`There are too many marks to read them all: ${left} of the colours were left out.`] : [];
}

function doubt({ kind, close }: KindDecision): string[] {
  return close ? [`It could be a ${close} plot as well as a ${kind} plot.`] : [];
}

/** Texts that may name slices: those round the panel, titles excluded. */
function linesOf(panel: PanelLayout, layout: PlotLayout) {
  const titles = new Set([panel.title, layout.title, ...panel.legend.map((entry) => entry.name)]);
  const all = [...panel.annotations, ...layout.lines.filter((line) => !panel.annotations.includes(line))];
  return all.filter((line) => !titles.has(line.text));
}

/** Looks for marks of every kind, the strict ones first; what they leave open goes to the readers of strokes and markers. */
function* look(image: ImageMedia, panel: PanelLayout, layout: PlotLayout): Steps<Views> {
  const solid = yield* solidColors(yield* panelRaster(image, panel.area, panel.background), panel);
  const strict: KindEvidence = {
    ...NOTHING,
    pie: yield* findPie(image, panel),
    heatmap: yield* findHeatmap(image, panel),
    bands: yield* bandEvidence(solid),
    axes: panel.x.slope !== undefined && panel.y.slope !== undefined,
    legend: legendMarks(panel),
    filled: yield* filledShare(solid),
  };
  const views: Views = {
    image,
    panel,
    layout,
    evidence: strict,
    solid,
    pixels: { ...NO_PIXELS, area: panel.area },
    left: 0,
  };
  if (isClear(strict)) return views;
  const bars = yield* findBars(solid, panel);
  views.evidence = { ...strict, bars };
  // so many colours are no few curves: what fills bars need not be looked at as strokes
  if (solid.colors.length > MOST_CURVES && bars && bars.covered >= 0.9 && bars.layout.stacks.length > MOST_CURVES)
    return views;
  views.pixels = yield* colorLayersInSteps(image, panel);
  const boxes = yield* findBoxes(solid, views.pixels, panel);
  const areas = (yield* areaSeriesInSteps(views.pixels, panel)).evidence;
  const boxed = (boxes?.boxes.reduce((sum, { filled }) => sum + filled, 0) ?? 0) / Math.max(1, inkOf(views.pixels));
  const plain: KindEvidence = { ...strict, bars, boxes, boxed, areas };
  views.evidence = plain;
  return isPlain(plain) ? views : yield* lookForStrokes(views);
}

function* lookForStrokes(views: Views): Steps<Views> {
  const { panel, evidence } = views;
  const { pixels, left } = yield* withinBudget(views.pixels);
  const loops = yield* nestedLoops(pixels);
  if (yield* fillsAll(pixels)) return { ...views, pixels, left, evidence: { ...evidence, nestedLoops: loops } };
  // where much is left out for its many runs of ink, these are no curves
  const lines =
    inkOf(pixels) < MOST_INK * inkOf(views.pixels) ? NOTHING.lines : (yield* lineSeriesInSteps(pixels, panel)).evidence;
  const scatter = yield* scatterSeriesInSteps(pixels, panel);
  return {
    ...views,
    pixels,
    left,
    scatter,
    evidence: { ...evidence, nestedLoops: loops, lines, scatter: scatter.evidence },
  };
}

const NO_PIXELS = { width: 0, height: 0, layers: [], foreground: new Uint8Array(0) };

/** Pixels of all layers. */
function inkOf({ layers }: PanelPixels): number {
  return layers.reduce((sum, { count }) => sum + count, 0);
}

/** Whether a picture, such as a heat map of very many cells, covers the panel up to its rim. */
function* fillsAll({ foreground, width, height }: PanelPixels): Steps<boolean> {
  let [drawn, rim] = [0, 0];
  for (let y = 0; y < height; y++) {
    yield;
    for (let x = 0; x < width; x++) {
      if (!foreground[y * width + x]) continue;
      drawn++;
      if (x === RIM || y === RIM || x === width - 1 - RIM || y === height - 1 - RIM) rim++;
    }
  }
  return drawn > FULL * width * height && rim > FULL * 2 * (width + height);
}

/** Entries of the legend by what stands beside their names. */
function legendMarks({ legend }: PanelLayout): KindEvidence['legend'] {
  const count = (...marks: string[]) => legend.filter((entry) => marks.includes(entry.mark)).length;
  return { lines: count('line', 'both'), markers: count('marker'), patches: count('patch') };
}

/** Share of the drawn pixels that lie in solid colours. */
function* filledShare({ labels }: SolidPixels): Steps<number> {
  let solid = 0;
  let drawn = 0;
  for (let i = 0; i < labels.length; i++) {
    if (every(i)) yield;
    const label = labels[i];
    if (label === BACKGROUND) continue;
    drawn++;
    if (label !== UNLABELLED) solid++;
  }
  return drawn === 0 ? 0 : solid / drawn;
}
