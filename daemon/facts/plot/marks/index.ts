import type { ImageMedia } from '../../../media/media';
import type { PanelLayout, PlotLayout, PlotPanel, PlotSeries } from '../../../media/plot';
import type { Cancellation } from '../../../media/text';
import { WorkPacer } from '../../audio/workPacer';
import { areaSeries } from './area/areaSeries';
import { readArea } from './area/readAreas';
import { barSeries } from './bars/barSeries';
import { findBars } from './bars/findBars';
import { boxSeries } from './box/boxSeries';
import { findBoxes } from './box/findBoxes';
import { type ColorLayer, colorLayers, type PanelPixels } from './colorLayers';
import { bandEvidence, nestedLoops } from './contour/contourEvidence';
import { findHeatmap } from './heatmap/findHeatmap';
import { heatmapSeries } from './heatmap/heatmapSeries';
import { histogramSeries } from './histogram/histogramSeries';
import { decideKind, isClear, isPlain, type KindDecision, type KindEvidence, NOTHING } from './kind';
import { lineSeries } from './lines/lineSeries';
import { readLines } from './lines/readLines';
import { findPie } from './pie/findPie';
import { pieSeries } from './pie/pieSeries';
import { readScatter } from './scatter/readScatter';
import { scatterSeries } from './scatter/scatterSeries';
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
}

const CONTOUR = 'A contour plot has no series: its levels are lines of equal value, which are not read into numbers.';
const OTHER = 'The marks are of no kind that can be read back into numbers.';

/** Flat colours beyond which they are no areas of curves. */
const MOST_CURVES = 24;

/** How the marks of each kind become series. */
const readers = {
  pie: ({ evidence, panel, layout }) =>
    evidence.pie ? pieSeries(evidence.pie, panel, linesOf(panel, layout)) : nothing(),
  bar: ({ evidence, solid, panel }) => (evidence.bars ? barSeries(evidence.bars, solid, panel) : nothing()),
  histogram: ({ evidence, solid, panel }) => (evidence.bars ? histogramSeries(evidence.bars, solid, panel) : nothing()),
  box: ({ evidence, solid }) => (evidence.boxes ? boxSeries(evidence.boxes, solid) : nothing()),
  heatmap: ({ evidence, image, panel }) =>
    evidence.heatmap ? heatmapSeries(evidence.heatmap, image, panel) : nothing(),
  line: ({ pixels, panel }) => lineSeries(pixels, panel, false),
  step: ({ pixels, panel }) => lineSeries(pixels, panel, true),
  scatter: ({ pixels, panel }) => scatterSeries(pixels, panel),
  area: ({ pixels, panel }) => areaSeries(pixels, panel),
  contour: () => nothing(CONTOUR),
  other: () => nothing(OTHER),
  none: () => nothing(),
} satisfies Record<PlotPanel['kind'], (views: Views) => Marks>;

/**
 * The kind of one panel and its series in data units. `confidence` (0..1) is of the kind; where another kind is close a
 * warning says which. Without a readable axis there are pixels, but no points. Throws CANCELLED.
 */
export async function readPanel(
  image: ImageMedia,
  panel: PanelLayout,
  layout: PlotLayout,
  signal?: Cancellation,
): Promise<PlotPanel & { confidence: number }> {
  const pacer = new WorkPacer(signal);
  const views = await look(
    image,
    { ...panel, background: panelGround(image, panel, layout.background) },
    layout,
    pacer,
  );
  const decision = decideKind(views.evidence);
  const marks = readers[decision.kind](views);
  return {
    kind: decision.kind,
    layout: panel,
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
async function look(image: ImageMedia, panel: PanelLayout, layout: PlotLayout, pacer: WorkPacer): Promise<Views> {
  const solid = solidColors(panelRaster(image, panel.area, panel.background), panel);
  await pacer.breathe();
  const heatmap = findHeatmap(image, panel);
  await pacer.breathe();
  const strict: KindEvidence = {
    ...NOTHING,
    pie: findPie(image, panel),
    heatmap,
    bands: bandEvidence(solid),
    axes: panel.x.slope !== undefined && panel.y.slope !== undefined,
    legend: legendMarks(panel),
    filled: filledShare(solid),
  };
  await pacer.breathe();
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
  const bars = findBars(solid, panel);
  await pacer.breathe();
  views.evidence = { ...strict, bars };
  // so many colours are no few curves: what fills bars need not be looked at as strokes
  if (solid.colors.length > MOST_CURVES && bars && bars.covered >= 0.9 && bars.layout.stacks.length > MOST_CURVES)
    return views;
  views.pixels = colorLayers(image, panel);
  await pacer.breathe();
  const boxes = findBoxes(solid, views.pixels, panel);
  await eachLayer(views.pixels, pacer, readArea);
  const plain: KindEvidence = { ...strict, bars, boxes, areas: areaSeries(views.pixels, panel).evidence };
  views.evidence = plain;
  return isPlain(plain) ? views : lookForStrokes(views, pacer);
}

async function lookForStrokes(views: Views, pacer: WorkPacer): Promise<Views> {
  const { panel, evidence } = views;
  const { pixels, left } = withinBudget(views.pixels);
  await eachLayer(pixels, pacer, readLines);
  await eachLayer(pixels, pacer, readScatter);
  const lines = lineSeries(pixels, panel).evidence;
  await pacer.breathe();
  const scatter = scatterSeries(pixels, panel).evidence;
  await pacer.breathe();
  return { ...views, pixels, left, evidence: { ...evidence, nestedLoops: nestedLoops(pixels), lines, scatter } };
}

/** Lets a reader that reads each layer once read them one by one, with a breath between. */
async function eachLayer(
  pixels: PanelPixels,
  pacer: WorkPacer,
  read: (pixels: PanelPixels, layer: ColorLayer) => unknown,
): Promise<void> {
  for (const layer of pixels.layers) {
    await pacer.breathe();
    read(pixels, layer);
  }
}

const NO_PIXELS = { width: 0, height: 0, layers: [], foreground: new Uint8Array(0) };

/** Entries of the legend by what stands beside their names. */
function legendMarks({ legend }: PanelLayout): KindEvidence['legend'] {
  const count = (...marks: string[]) => legend.filter((entry) => marks.includes(entry.mark)).length;
  return { lines: count('line', 'both'), markers: count('marker'), patches: count('patch') };
}

/** Share of the drawn pixels that lie in solid colours. */
function filledShare({ labels }: SolidPixels): number {
  let solid = 0;
  let drawn = 0;
  for (const label of labels) {
    if (label === BACKGROUND) continue;
    drawn++;
    if (label !== UNLABELLED) solid++;
  }
  return drawn === 0 ? 0 : solid / drawn;
}
