import type { PanelLayout, PlotAxis } from '../../../media/plot';
import type { Point2 } from '../../../media/text';
import { axisValue } from './axisValue';

/** A point of the picture in data units; undefined where an axis has no scale there. A category axis gives the nearest name. */
export function toData(
  panel: PanelLayout,
  [x, y]: Point2,
  axis: PlotAxis = panel.y,
): [number | string, number] | undefined {
  const value = axisValue(axis, y);
  const at = panel.x.scale === 'category' ? nearestCategory(panel.x, x) : axisValue(panel.x, x);
  if (value === undefined || at === undefined || !Number.isFinite(value)) return undefined;
  return typeof at === 'number' && !Number.isFinite(at) ? undefined : [at, value];
}

function nearestCategory({ categories }: PlotAxis, pixel: number): string | undefined {
  let best: { name: string; pixel: number } | undefined;
  for (const one of categories ?? [])
    if (!best || Math.abs(one.pixel - pixel) < Math.abs(best.pixel - pixel)) best = one;
  return best?.name;
}
