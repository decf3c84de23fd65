import type { PanelLayout } from '../../../../media/plot';
import type { Point2 } from '../../../../media/text';

/** Pixels between neighbouring points on a log axis. */
const APART = 6;

/**
 * On a log axis a straight stroke is no straight line in data units: gives points along it, close enough that straight
 * lines between them, in data units, stay within a fraction of a pixel. Elsewhere the points as they are.
 */
export function densify(points: Point2[], panel: PanelLayout): Point2[] {
  if (panel.x.scale !== 'log' && panel.y.scale !== 'log') return points;
  return points.flatMap(([x, y], k): Point2[] => {
    const next = points[k + 1];
    if (!next) return [[x, y]];
    const parts = Math.max(1, Math.ceil(Math.hypot(next[0] - x, next[1] - y) / APART));
    return Array.from(
      { length: parts },
      (_, i): Point2 => [x + ((next[0] - x) * i) / parts, y + ((next[1] - y) * i) / parts],
    );
  });
}
