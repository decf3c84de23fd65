import type { PanelLayout, PlotSeries } from '../../../../media/plot';
import type { Point2, TextLine } from '../../../../media/text';
import { legendEntryOf } from '../seriesName';
import type { FoundPie, Slice } from './findPie';

/**
 * One series a slice, clockwise from twelve o'clock: name, colour, and one point [name, share in percent]. Names come from
 * the legend by colour, or from the text beside (or in) a slice; a slice without one has its number, from 1, instead.
 */
export function pieSeries(
  pie: FoundPie,
  panel: PanelLayout,
  lines: TextLine[],
): { series: PlotSeries[]; warnings: string[] } {
  const warnings: string[] = [];
  const total = pie.slices.reduce((sum, slice) => sum + slice.to - slice.from, 0);
  const ordered = [...pie.slices].sort((a, b) => turn(a.from) - turn(b.from));
  const texts = labelsOf(pie, ordered, lines);
  const legend = ordered.map((slice) => legendEntryOf(panel, pie.solid.colors[slice.label - 1])?.name);
  const byLegend = legend.filter((name) => name !== undefined).length * 2 >= ordered.length;
  const series = ordered.map((slice, i): PlotSeries => {
    const share = ((slice.to - slice.from) / total) * 100;
    const text = texts[i];
    if (text.percent !== undefined && Math.abs(text.percent - share) > 1) {
      warnings.push(`A slice has ${text.percent} % printed on it, but ${share.toFixed(1)} % of the circle.`);
    }
    const name = (byLegend ? legend[i] : undefined) ?? text.name ?? null;
    return {
      name,
      color: pie.solid.colors[slice.label - 1],
      points: [[name ?? i + 1, share]],
      pixels: [middle(pie, slice)],
      mark: 'slice',
    };
  });
  const unnamed = series.filter((s) => s.name === null).length;
  if (unnamed > 0) warnings.push(`${unnamed} of ${series.length} slices have no readable name.`);
  return { series, warnings };
}

function turn(angle: number): number {
  return ((angle % 360) + 360) % 360;
}

/** The middle of a slice, in pixels of the picture. */
function middle({ circle, hole, solid }: FoundPie, slice: Slice): Point2 {
  const angle = (((slice.from + slice.to) / 2) * Math.PI) / 180;
  const radius = hole > 0 ? (hole + circle.radius) / 2 : circle.radius * 0.62;
  return [
    solid.raster.left + circle.x + radius * Math.sin(angle),
    solid.raster.top + circle.y - radius * Math.cos(angle),
  ];
}

interface SliceText {
  name?: string;
  percent?: number;
}

const PERCENT = /[-–:(,\s]*(\d+(?:[.,]\d+)?)\s*%\)?\s*$/;

/** Names and printed percentages beside the slices: each text goes to the slice to which it is nearest, one name a slice. */
function labelsOf(pie: FoundPie, slices: Slice[], lines: TextLine[]): SliceText[] {
  const out: SliceText[] = slices.map(() => ({}));
  const pairs = lines.flatMap((line) => {
    const { distance, angle } = polar(pie, line);
    if (distance > 1.75 || distance < 0.1) return [];
    return slices.map((slice, index) => ({
      line,
      index,
      cost: offAngle(slice, angle) + Math.max(0, distance - 1.3) * 20,
    }));
  });
  const used = new Set<TextLine>();
  for (const { line, index, cost } of pairs.sort((a, b) => a.cost - b.cost)) {
    if (used.has(line) || cost > 40) continue;
    const percent = PERCENT.exec(line.text);
    const name = line.text.replace(PERCENT, '').trim();
    const slot = out[index];
    if ((name && slot.name !== undefined) || (!name && slot.percent !== undefined)) continue;
    if (!percent && /^[\d.,]+$/.test(name) && slot.name !== undefined) continue;
    used.add(line);
    if (name) slot.name = name;
    if (percent) slot.percent = Number(percent[1].replace(',', '.'));
  }
  return out;
}

/** Where a text stands: distance of its nearest point from the centre as a share of the radius, and its angle. */
function polar({ circle, solid }: FoundPie, line: TextLine): { distance: number; angle: number } {
  const x = solid.raster.left + circle.x;
  const y = solid.raster.top + circle.y;
  const near: Point2 = [clamp(x, line.box.left, line.box.right), clamp(y, line.box.top, line.box.bottom)];
  const center: Point2 = [(line.box.left + line.box.right) / 2, (line.box.top + line.box.bottom) / 2];
  // a label beside the pie is anchored at its near end
  const anchor: Point2 = [(near[0] + center[0]) / 2, (near[1] + center[1]) / 2];
  return {
    distance: Math.hypot(near[0] - x, near[1] - y) / circle.radius,
    angle: turn((Math.atan2(anchor[0] - x, -(anchor[1] - y)) * 180) / Math.PI),
  };
}

function clamp(v: number, low: number, high: number): number {
  return Math.min(Math.max(v, low), high);
}

/** Degrees between an angle and the middle of a slice; what lies inside the slice counts less. */
function offAngle(slice: Slice, angle: number): number {
  const middle = (slice.from + slice.to) / 2;
  const off = Math.abs(turn(angle - middle + 180) - 180);
  return off <= (slice.to - slice.from) / 2 ? off * 0.3 : off;
}
