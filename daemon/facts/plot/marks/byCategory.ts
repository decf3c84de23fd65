import type { PanelLayout } from '../../../media/plot';
import type { Point2 } from '../../../media/text';

/** A line's points over the categories of the x axis: the marker there, else where the line passes. */
export function byCategory(panel: PanelLayout, samples: Point2[], markers: Point2[]): Point2[] {
  const categories = panel.x.categories ?? [];
  const gap =
    categories.length > 1 ? Math.abs(categories[1]!.pixel - categories[0]!.pixel) : panel.area.right - panel.area.left;
  const out: Point2[] = [];
  for (const { pixel } of categories) {
    const near = (points: Point2[], reach: number) =>
      points
        .filter(([x]) => Math.abs(x - pixel) <= reach)
        .sort((a, b) => Math.abs(a[0] - pixel) - Math.abs(b[0] - pixel))[0];
    const point = near(markers, 0.25 * gap) ?? near(samples, Math.max(2, 0.06 * gap));
    if (point) out.push([pixel, point[1]]);
  }
  return out;
}
