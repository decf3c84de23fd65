import type { PlotSeries, Rgb } from '../../../../media/plot';
import type { Point2 } from '../../../../media/text';
import { axisValue } from '../axisValue';
import type { SolidPixels } from '../solid/solidColors';
import type { BoxMark, FoundBoxes } from './findBoxes';

const PARTS = ['median', 'q1', 'q3', 'low', 'high'] as const;

/**
 * The series "median", "q1", "q3", "low", "high" (ends of the whiskers), one point a box that has it, and "outliers", one
 * point a marker beyond the whiskers. Points are [category or number, value].
 */
export function boxSeries(found: FoundBoxes, solid: SolidPixels): { series: PlotSeries[]; warnings: string[] } {
  const warnings: string[] = [];
  const color: Rgb = solid.colors[found.boxes[0].label - 1] ?? solid.background;
  const series = PARTS.map((name) => oneSeries(name, found, color, (box) => rowsOf(box, found)[name]));
  const outliers = oneSeries('outliers', found, color, (box) => box.outliers);
  const open = found.boxes.filter((box) => box.median === undefined).length;
  if (open > 0) warnings.push(`${open} of ${found.boxes.length} boxes show no line of the median.`);
  if (found.value.slope === undefined) warnings.push('The value axis could not be read, so the boxes have no values.');
  return { series: [...series, outliers].filter((s) => s.points.length > 0), warnings };
}

/** Rows of a box by name: values grow upwards or downwards, as the axis says. */
function rowsOf(box: BoxMark, { value }: FoundBoxes): Record<(typeof PARTS)[number], number[]> {
  const grows = (value.slope ?? -1) < 0;
  const list = (row: number | undefined) => (row === undefined ? [] : [row]);
  const [high, low] = grows
    ? [box.whiskerUp ?? box.upper, box.whiskerDown ?? box.lower]
    : [box.whiskerDown ?? box.lower, box.whiskerUp ?? box.upper];
  const [q3, q1] = grows ? [box.upper, box.lower] : [box.lower, box.upper];
  return { median: list(box.median), q1: [q1], q3: [q3], low: [low], high: [high] };
}

function oneSeries(name: string, found: FoundBoxes, color: Rgb, rows: (box: BoxMark) => number[]): PlotSeries {
  const series: PlotSeries = { name, color, points: [], pixels: [], mark: 'marker' };
  for (const box of found.boxes) {
    const center = (box.left + box.right) / 2;
    for (const row of rows(box)) {
      const value = axisValue(found.value, row);
      if (value === undefined) continue;
      series.points.push([placeOf(found, center), value]);
      const pixel: Point2 = found.horizontal ? [row, center] : [center, row];
      series.pixels.push(pixel);
    }
  }
  return series;
}

function placeOf({ base }: FoundBoxes, center: number): string | number {
  const categories = base.categories ?? [];
  if (categories.length === 0) return axisValue(base, center) ?? center;
  return categories.reduce((a, b) => (Math.abs(b.pixel - center) < Math.abs(a.pixel - center) ? b : a)).name;
}
