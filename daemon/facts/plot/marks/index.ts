import type { ImageMedia } from '../../../media/media';
import type { PanelLayout, PlotLayout, PlotPanel, PlotSeries } from '../../../media/plot';
import { areaSeries } from './area/areaSeries';
import { barSeries } from './bars/barSeries';
import { findBars } from './bars/findBars';
import { boxSeries } from './box/boxSeries';
import { findBoxes } from './box/findBoxes';
import { colorLayers, type PanelPixels } from './colorLayers';
import { bandEvidence, nestedLoops } from './contour/contourEvidence';
import { findHeatmap } from './heatmap/findHeatmap';
import { heatmapSeries } from './heatmap/heatmapSeries';
import { histogramSeries } from './histogram/histogramSeries';
import { decideKind, isClear, isPlain, type KindDecision, type KindEvidence, NOTHING } from './kind';
import { lineSeries } from './lines/lineSeries';
import { findPie } from './pie/findPie';
import { pieSeries } from './pie/pieSeries';
import { scatterSeries } from './scatter/scatterSeries';
import { panelGround } from './solid/panelGround';
import { panelRaster } from './solid/panelRaster';
import { BACKGROUND, type SolidPixels, solidColors, UNLABELLED } from './solid/solidColors';

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
}

const CONTOUR = 'A contour plot has no series: its levels are lines of equal value, which are not read into numbers.';
const OTHER = 'The marks are of no kind that can be read back into numbers.';

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
 * warning says which. Without a readable axis there are pixels, but no points.
 */
export function readPanel(
  image: ImageMedia,
  panel: PanelLayout,
  layout: PlotLayout,
): PlotPanel & { confidence: number } {
  const views = look(image, { ...panel, background: panelGround(image, panel) }, layout);
  const decision = decideKind(views.evidence);
  const marks = readers[decision.kind](views);
  return {
    kind: decision.kind,
    layout: panel,
    series: marks.series,
    warnings: [...doubt(decision), ...marks.warnings],
    confidence: decision.confidence,
  };
}

function nothing(...warnings: string[]): Marks {
  return { series: [], warnings };
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

function look(image: ImageMedia, panel: PanelLayout, layout: PlotLayout): Views {
  const solid = solidColors(panelRaster(image, panel.area, panel.background), panel);
  const axes = panel.x.slope !== undefined && panel.y.slope !== undefined;
  const marks = (mark: string[]) => panel.legend.filter((entry) => mark.includes(entry.mark)).length;
  const legend = { lines: marks(['line', 'both']), markers: marks(['marker']), patches: marks(['patch']) };
  const heatmap = findHeatmap(image, panel);
  const pie = findPie(image, panel);
  const strict: KindEvidence = {
    ...NOTHING,
    pie,
    heatmap,
    bands: bandEvidence(solid),
    axes,
    legend,
    filled: filledShare(solid),
  };
  const nothingDrawn: PanelPixels = {
    area: panel.area,
    width: 0,
    height: 0,
    layers: [],
    foreground: new Uint8Array(0),
  };
  if (isClear(strict)) return { image, panel, layout, evidence: strict, solid, pixels: nothingDrawn };
  const pixels = colorLayers(image, panel);
  const plain: KindEvidence = {
    ...strict,
    bars: findBars(solid, panel),
    boxes: findBoxes(solid, pixels, panel),
    areas: areaSeries(pixels, panel).evidence,
  };
  if (isPlain(plain)) return { image, panel, layout, evidence: plain, solid, pixels };
  const evidence: KindEvidence = {
    ...plain,
    nestedLoops: nestedLoops(pixels),
    lines: lineSeries(pixels, panel).evidence,
    scatter: scatterSeries(pixels, panel).evidence,
  };
  return { image, panel, layout, evidence, solid, pixels };
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
