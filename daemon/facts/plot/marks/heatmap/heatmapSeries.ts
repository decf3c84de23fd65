import type { ImageMedia } from '../../../../media/media';
import type { PanelLayout, PlotAxis, PlotSeries } from '../../../../media/plot';
import type { Point2 } from '../../../../media/text';
import type { Steps } from '../../steps';
import { axisValue } from '../axisValue';
import { type ColorScale, colorScale } from './colorScale';
import type { FoundHeatmap } from './findHeatmap';

/** A colour farther from the colour bar than this is not one of its colours. */
const FARTHEST = 28;

/**
 * One series a row from the top, named as the row, with the points [column, value]. Values come from the colour bar, or
 * else from numbers printed in the cells; without both there are none.
 */
export function* heatmapSeries(
  found: FoundHeatmap,
  image: ImageMedia,
  panel: PanelLayout,
): Steps<{ series: PlotSeries[]; warnings: string[] }> {
  const scale = yield* colorScale(image, panel);
  const printed = printedNumbers(found, panel);
  const cells = found.rows.count * found.columns.count;
  if (!scale && printed.size < 0.8 * cells) {
    return { series: [], warnings: ['The heat map has no readable colour bar, so its cells have no values.'] };
  }
  const warnings = scale ? [] : ['The values of the heat map are the numbers printed in its cells.'];
  const unlike = { count: 0 };
  const series: PlotSeries[] = [];
  for (let r = 0; r < found.colors.length; r++) series.push(yield* rowSeries(found, panel, r, scale, printed, unlike));
  if (unlike.count > 0)
    warnings.push(`${unlike.count} of ${cells} cells have a colour that the colour bar has not; they are left out.`);
  return { series: series.filter((s) => s.points.length > 0), warnings };
}

function* rowSeries(
  found: FoundHeatmap,
  panel: PanelLayout,
  r: number,
  scale: ColorScale | null,
  printed: Map<string, number>,
  unlike: { count: number },
): Steps<PlotSeries> {
  const y = found.raster.top + found.rows.first + (r + 0.5) * found.rows.width;
  const color = found.colors[r][0];
  const series: PlotSeries = {
    name: String(nameAt(panel.y, y, found.rows.width)),
    color,
    points: [],
    pixels: [],
    mark: 'cell',
  };
  for (const [c, cell] of found.colors[r].entries()) {
    yield;
    const x = found.raster.left + found.columns.first + (c + 0.5) * found.columns.width;
    const read = scale?.(cell);
    const value = read ? (read.off <= FARTHEST ? read.value : undefined) : printed.get(`${r} ${c}`);
    if (read && value === undefined) unlike.count++;
    if (value === undefined) continue;
    series.points.push([nameAt(panel.x, x, found.columns.width), value]);
    series.pixels.push([x, y]);
  }
  return series;
}

/** The category nearest to a cell, or the axis' value there: a whole number where cells are one apart. */
function nameAt(axis: PlotAxis, pixel: number, width: number): string | number {
  const categories = axis.categories ?? [];
  const near = categories.find((c) => Math.abs(c.pixel - pixel) <= width / 2);
  if (near) return near.name;
  const value = axisValue(axis, pixel);
  if (value === undefined) return Math.round(pixel);
  const step = Math.abs((axis.slope ?? 0) * width);
  if (axis.scale === 'linear' && Math.abs(step - 1) < 0.05 && Math.abs(value - Math.round(value)) < 0.1)
    return Math.round(value) + 0;
  return Number(value.toPrecision(4));
}

/** Numbers among the annotations, by "row column" of the cell in which their middle lies. */
function printedNumbers(found: FoundHeatmap, panel: PanelLayout): Map<string, number> {
  const out = new Map<string, number>();
  for (const { text, box } of panel.annotations) {
    const plain = text
      .trim()
      .replace('−', '-')
      .replace(/^(-?\d+),(\d+)$/, '$1.$2');
    if (!/^-?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain)) continue;
    const middle: Point2 = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    const c = Math.floor((middle[0] - found.raster.left - found.columns.first) / found.columns.width);
    const r = Math.floor((middle[1] - found.raster.top - found.rows.first) / found.rows.width);
    if (c >= 0 && r >= 0 && c < found.columns.count && r < found.rows.count) out.set(`${r} ${c}`, Number(plain));
  }
  return out;
}
