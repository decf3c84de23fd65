import type { PanelLayout, PlotSeries, Rgb } from '../../../../media/plot';
import { every, type Steps } from '../../steps';
import { axisValue } from '../axisValue';
import { layoutBars } from '../bars/barLayout';
import type { FoundBars } from '../bars/findBars';
import { type MeasuredBar, measureBars } from '../bars/measureBars';
import { findRectangles } from '../bars/rectangles';
import { legendEntryOf } from '../seriesName';
import type { SolidPixels } from '../solid/solidColors';
import { type Bins, regularBins } from './bins';
import { type Overlap, overlaps } from './overlaps';

/**
 * Histogram series: [centre of the bin, height]; bins of height 0 between the first and the last are given too. Where
 * translucent histograms overlap each of them is read in full; opaque ones that hide each other give what is seen.
 */
export function* histogramSeries(
  bars: FoundBars,
  solid: SolidPixels,
  panel: PanelLayout,
): Steps<{ series: PlotSeries[]; warnings: string[] }> {
  const warnings: string[] = [];
  const labels = [...new Set(bars.layout.stacks.flatMap((s) => [...s.up, ...s.down].map((r) => r.label)))];
  const mixes = overlaps(labels, solid);
  const base = labels.filter((label) => !mixes.some((mix) => mix.label === label));
  const series: PlotSeries[] = [];
  for (const label of base) {
    const own = mixes.length > 0 || base.length > 1 ? yield* only(bars, label, mixes) : bars;
    if (own)
      series.push(...oneHistogram(own, label, solid.colors[label - 1], panel, base.length > 1 && mixes.length === 0));
  }
  if (base.length > 1 && mixes.length === 0)
    warnings.push(
      'Several histograms share the plot: parts of one that are hidden by another, or that stand on it, are read as they are seen.',
    );
  if (bars.value.slope === undefined || bars.base.slope === undefined)
    warnings.push('An axis could not be read, so the bins have no values.');
  return { series, warnings };
}

/** The bars of one colour alone, the mixtures with others counted as its own. */
function* only(bars: FoundBars, label: number, mixes: Overlap[]): Steps<FoundBars | null> {
  const own = new Set([label, ...mixes.filter((mix) => mix.of.includes(label)).map((mix) => mix.label)]);
  const labels = Uint8Array.from(bars.map.labels);
  for (let i = 0; i < labels.length; i++) {
    if (every(i)) yield;
    if (own.has(labels[i])) labels[i] = label;
  }
  const map = { ...bars.map, labels };
  const rectangles = (yield* findRectangles(map)).filter((r) => r.label === label);
  const layout = yield* layoutBars(rectangles, [bars.layout.baseline]);
  return layout && { ...bars, map, rectangles, layout };
}

function oneHistogram(bars: FoundBars, label: number, color: Rgb, panel: PanelLayout, stacked: boolean): PlotSeries[] {
  const measured = measureBars(bars).filter((bar) => bar.label === label);
  if (measured.length === 0) return [];
  const bins = regularBins(measured.map((bar) => ({ left: bar.sides[0], right: bar.sides[1] })));
  const series: PlotSeries = {
    name: legendEntryOf(panel, color)?.name ?? null,
    color,
    points: [],
    pixels: [],
    mark: 'bar',
  };
  const add = (pixel: number, value: number, end: number) => {
    const x = axisValue(bars.base, pixel);
    if (x === undefined || Number.isNaN(value)) return;
    series.points.push([x, value]);
    series.pixels.push(bars.horizontal ? [end, pixel] : [pixel, end]);
  };
  if (bins) eachBin(bins, measured, bars, stacked, add);
  else for (const bar of measured) add(bar.center, bar.value, bar.end);
  return series.points.length > 0 ? [series] : [];
}

function eachBin(
  bins: Bins,
  measured: MeasuredBar[],
  bars: FoundBars,
  stacked: boolean,
  add: (pixel: number, value: number, end: number) => void,
): void {
  for (let k = 0; k < bins.count; k++) {
    const center = bins.first + (k + 0.5) * bins.width;
    const bar = measured.find((b) => b.sides[0] <= center && b.sides[1] >= center);
    if (bar) add(center, bar.value, bar.end);
    else if (!stacked && bars.value.scale !== 'log') add(center, 0, bars.raster.top + bars.layout.baseline);
  }
}
