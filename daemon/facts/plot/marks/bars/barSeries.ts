import type { PanelLayout, PlotSeries, Rgb } from '../../../../media/plot';
import { axisValue } from '../axisValue';
import { legendEntryOf } from '../seriesName';
import type { SolidPixels } from '../solid/solidColors';
import type { FoundBars } from './findBars';
import { endPoint, type MeasuredBar, measureBars } from './measureBars';

/** Bars under one name of the base axis. */
interface Place {
  name: string | number;
  /** Along the base axis, pixels of the picture. */
  pixel: number;
  bars: MeasuredBar[];
}

/**
 * Bar series. Points are [category or number, value]; the value of a part of a stacked bar is its own thickness, not the
 * height of its top. Lying bars have [category, value] too. A series that has no bar at a place where the baseline is in
 * plain sight has 0 there.
 */
export function barSeries(
  bars: FoundBars,
  solid: SolidPixels,
  panel: PanelLayout,
): { series: PlotSeries[]; warnings: string[] } {
  const measured = splitWide(withoutOutlines(measureBars(bars)), bars);
  const warnings = warningsOf(measured, bars);
  const places = placesOf(measured, bars, warnings);
  const labels = [...new Set(measured.map((bar) => bar.label))];
  const groups = isOneSeries(places, labels, solid, panel) ? [labels] : labels.map((label) => [label]);
  const series = groups.map((group) => seriesOf(group, places, bars, solid, panel, groups.length > 1, warnings));
  return { series: series.filter((s) => s.points.length > 0).sort(byLegend(panel)), warnings };
}

function byLegend(panel: PanelLayout): (a: PlotSeries, b: PlotSeries) => number {
  const at = (s: PlotSeries) => panel.legend.findIndex((entry) => entry.name === s.name);
  return (a, b) => at(a) - at(b) || (a.pixels[0]?.[0] ?? 0) - (b.pixels[0]?.[0] ?? 0);
}

function warningsOf(measured: MeasuredBar[], bars: FoundBars): string[] {
  const cut = measured.filter((bar) => bar.cut).length;
  const warnings: string[] = [];
  if (cut > 0)
    warnings.push(
      `The end of ${cut === 1 ? 'one bar' : `${cut} bars`} lies at the edge of the plot or under the legend; the true value may be larger.`,
    );
  if (bars.value.slope === undefined) warnings.push('The value axis could not be read, so the bars have no values.');
  return warnings;
}

/** Thickness of the lines round bars, pixels. */
const OUTLINE = 4;

/**
 * Without the lines round bars where they were taken for parts of a stack: a colour that has nothing but flat parts, each in a
 * stack with a part that is not. What stands on such a line begins where the line does.
 */
function withoutOutlines(measured: MeasuredBar[]): MeasuredBar[] {
  const isFlat = ({ rectangle }: MeasuredBar) => rectangle.bottom - rectangle.top <= OUTLINE;
  const parts = new Map<number, MeasuredBar[]>();
  for (const bar of measured) parts.set(bar.stack, [...(parts.get(bar.stack) ?? []), bar]);
  const isLine = (label: number) =>
    measured.filter((b) => b.label === label).every((b) => isFlat(b) && parts.get(b.stack)!.some((o) => !isFlat(o)));
  const lines = new Set([...new Set(measured.map((bar) => bar.label))].filter(isLine));
  if (lines.size === 0) return measured;
  return [...parts.values()].flatMap((stack) => [true, false].flatMap((up) => withoutLines(stack, up, lines)));
}

/** The parts of one stack on one side of its baseline, the values of the lines below each added to it. */
function withoutLines(stack: MeasuredBar[], up: boolean, lines: Set<number>): MeasuredBar[] {
  const kept: MeasuredBar[] = [];
  let below = 0;
  for (const bar of stack.filter((b) => b.up === up)) {
    if (lines.has(bar.label)) below += bar.value;
    else {
      kept.push({ ...bar, value: bar.value + below, raised: kept.length > 0 });
      below = 0;
    }
  }
  return kept;
}

/** A bar that runs over several categories is several touching bars of one height. */
function splitWide(measured: MeasuredBar[], bars: FoundBars): MeasuredBar[] {
  const categories = bars.base.categories ?? [];
  if (categories.length < 2) return measured;
  const pitch = pitchOf(categories.map((c) => c.pixel));
  return measured.flatMap((bar) => {
    const inside = categories.filter((c) => c.pixel > bar.sides[0] && c.pixel < bar.sides[1]);
    if (inside.length < 2 || bar.sides[1] - bar.sides[0] < 1.5 * pitch) return [bar];
    return inside.map((c) => ({
      ...bar,
      center: c.pixel,
      sides: [c.pixel - pitch / 2, c.pixel + pitch / 2] as [number, number],
    }));
  });
}

function pitchOf(pixels: number[]): number {
  const sorted = [...pixels].sort((a, b) => a - b);
  const gaps = sorted.slice(1).map((p, i) => p - sorted[i]);
  return gaps.sort((a, b) => a - b)[gaps.length >> 1] ?? Number.POSITIVE_INFINITY;
}

function placesOf(measured: MeasuredBar[], bars: FoundBars, warnings: string[]): Place[] {
  const categories = bars.base.categories ?? [];
  if (categories.length === 0) return byNumber(measured, bars);
  const places = byCategory(measured, categories);
  if (!places.some(holdsNeighbours)) return places;
  const numbered = byPosition(measured, categories);
  const unnamed = numbered.filter((place) => !categories.some((c) => c.name === place.name)).length;
  warnings.push(
    `The names of ${unnamed} of ${numbered.length} places on the ${bars.horizontal ? 'y' : 'x'} axis could not be read; they are numbered.`,
  );
  return numbered;
}

/** Whether two bars of one colour that stand beside each other came under one name: some names were not read. */
function holdsNeighbours({ bars }: Place): boolean {
  return bars.some((a, i) =>
    bars
      .slice(i + 1)
      .some((b) => a.label === b.label && Math.abs(a.center - b.center) > 0.8 * (a.sides[1] - a.sides[0])),
  );
}

/** Places by where the bars themselves stand, in order; a name that was read belongs to the place under whose middle it stands. */
function byPosition(measured: MeasuredBar[], categories: Array<{ name: string; pixel: number }>): Place[] {
  const columns: MeasuredBar[][] = [];
  const reach = (bar: MeasuredBar) => 0.5 * (bar.sides[1] - bar.sides[0]);
  for (const bar of [...measured].sort((a, b) => a.center - b.center)) {
    const last = columns.at(-1);
    if (last && bar.center - last[0]!.center < reach(bar)) last.push(bar);
    else columns.push([bar]);
  }
  const groups = inGroups(columns);
  const middles = groups.map((group) => middleOf(group));
  const near = 0.25 * pitchOf(middles);
  return groups.map((bars, i) => {
    const named = categories.find((c) => Math.abs(c.pixel - middles[i]!) <= near);
    return { name: named?.name ?? String(i + 1), pixel: middles[i]!, bars };
  });
}

const middleOf = (bars: MeasuredBar[]): number =>
  (Math.min(...bars.map((b) => b.sides[0])) + Math.max(...bars.map((b) => b.sides[1]))) / 2;

/** Columns of bars that stand in groups: every colour as often, in the same order in each group. */
function inGroups(columns: MeasuredBar[][]): MeasuredBar[][] {
  const labels = [...new Set(columns.flat().map((bar) => bar.label))];
  const order = columns.map((column) => column[0]!.label);
  const cycle = order.slice(0, labels.length);
  const repeats =
    columns.every((column) => column.length === 1) &&
    new Set(cycle).size === labels.length &&
    order.length % labels.length === 0 &&
    order.every((label, i) => label === cycle[i % labels.length]);
  if (!repeats || labels.length < 2) return columns;
  return Array.from({ length: order.length / labels.length }, (_, i) =>
    columns.slice(i * labels.length, (i + 1) * labels.length).flat(),
  );
}

function byCategory(measured: MeasuredBar[], categories: Array<{ name: string; pixel: number }>): Place[] {
  const places: Place[] = categories.map((c) => ({ ...c, bars: [] }));
  for (const bar of measured) {
    const nearest = places.reduce((a, b) => (Math.abs(b.pixel - bar.center) < Math.abs(a.pixel - bar.center) ? b : a));
    nearest.bars.push(bar);
  }
  return places;
}

/** Groups on an axis of numbers: bars with less between them than between the groups. */
function byNumber(measured: MeasuredBar[], bars: FoundBars): Place[] {
  const ordered = [...measured].sort((a, b) => a.center - b.center);
  const groups: MeasuredBar[][] = [];
  for (const bar of ordered) {
    const last = groups[groups.length - 1];
    const open =
      last &&
      !last.some((other) => other.label === bar.label && !bar.raised && Math.abs(other.center - bar.center) > 2);
    if (open && bar.sides[0] - Math.max(...last.map((b) => b.sides[1])) <= 3) last.push(bar);
    else groups.push([bar]);
  }
  return groups.map((group) => {
    const left = Math.min(...group.map((b) => b.sides[0]));
    const right = Math.max(...group.map((b) => b.sides[1]));
    const pixel = (left + right) / 2;
    return { name: numberAt(bars, pixel), pixel, bars: group };
  });
}

/** The base axis' number at a pixel; the tick's own where one stands within two pixels. */
function numberAt(bars: FoundBars, pixel: number): number {
  const tick = bars.base.ticks.find((t) => t.value !== undefined && Math.abs(t.pixel - pixel) <= 2);
  return tick?.value ?? axisValue(bars.base, pixel) ?? pixel;
}

/** Many colours are one series when each bar has its own and the legend, if any, only repeats the categories. */
function isOneSeries(places: Place[], labels: number[], solid: SolidPixels, panel: PanelLayout): boolean {
  if (labels.length < 2) return true;
  const filled = places.filter((place) => place.bars.length > 0);
  if (filled.some((place) => place.bars.length > 1) || filled.length < 2) return false;
  const names = labels.map((label) => legendEntryOf(panel, solid.colors[label - 1])?.name);
  if (names.every((name) => name === undefined)) return true;
  return names.every((name) => name === undefined || places.some((place) => place.name === name));
}

function seriesOf(
  group: number[],
  places: Place[],
  bars: FoundBars,
  solid: SolidPixels,
  panel: PanelLayout,
  several: boolean,
  warnings: string[],
): PlotSeries {
  const color: Rgb = solid.colors[group[0] - 1];
  const name = group.length === 1 ? (legendEntryOf(panel, color)?.name ?? null) : null;
  const series: PlotSeries = { name, color, points: [], pixels: [], mark: 'bar' };
  const own = places.flatMap((place) => place.bars).filter((bar) => group.includes(bar.label));
  for (const place of places) {
    const here = place.bars.filter((bar) => group.includes(bar.label));
    for (const bar of here.slice(0, 1)) {
      if (Number.isNaN(bar.value)) continue;
      series.points.push([place.name, sumParts(here)]);
      series.pixels.push(endPoint(bars, bar));
    }
    if (here.length === 0 && (!several || own.length > 1)) addZero(series, place, bars, own, warnings);
  }
  return series;
}

/** Parts of one colour at one place: above and below the baseline they are one value. */
function sumParts(here: MeasuredBar[]): number {
  return here.length === 1 ? here[0].value : here.reduce((sum, bar) => sum + bar.value, 0);
}

/** 0 where the category is there and nothing but background lies over its baseline. */
function addZero(series: PlotSeries, place: Place, bars: FoundBars, own: MeasuredBar[], warnings: string[]): void {
  if (typeof place.name === 'number' || bars.value.slope === undefined || bars.value.scale === 'log') return;
  if (place.bars.length > 0 || baselineIsFree(place, bars, own)) {
    const end = bars.raster.top + bars.layout.baseline;
    series.points.push([place.name, 0]);
    series.pixels.push(bars.horizontal ? [end, place.pixel] : [place.pixel, end]);
  } else warnings.push(`No bar of ${series.name ?? 'the series'} could be read at "${place.name}".`);
}

function baselineIsFree(place: Place, bars: FoundBars, own: MeasuredBar[]): boolean {
  const { width, height, labels } = bars.map;
  const half = own.length > 0 ? (own[0].sides[1] - own[0].sides[0]) / 4 : 2;
  let free = 0;
  let all = 0;
  for (let x = Math.round(place.pixel - bars.raster.left - half); x <= place.pixel - bars.raster.left + half; x++) {
    for (const row of [bars.layout.baseline - 6, bars.layout.baseline + 5]) {
      if (x < 0 || x >= width || row < 0 || row >= height) continue;
      all++;
      if (labels[row * width + x] === 0) free++;
    }
  }
  return all > 0 && free >= 0.8 * all;
}
