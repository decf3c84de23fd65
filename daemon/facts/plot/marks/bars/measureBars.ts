import type { Point2 } from '../../../../media/text';
import { axisValue } from '../axisValue';
import { edgeRow } from './edges';
import type { FoundBars } from './findBars';
import type { Rectangle } from './rectangles';

/** One bar, or one part of a stacked bar, measured. */
export interface MeasuredBar {
  label: number;
  /** Its place among the stacks, from the left (from the top for lying bars). */
  stack: number;
  /** Middle along the base axis, in pixels of the picture. */
  center: number;
  /** Outer sides along the base axis, in pixels of the picture. */
  sides: [number, number];
  /** Its free end along the value axis, in pixels of the picture. */
  end: number;
  /** In data units: from the part below to the free end; the lowest part counts from zero. NaN without a scale. */
  value: number;
  /** Whether other parts lie below it. */
  raised: boolean;
  /** Whether it stands over the baseline on the side that is up in the raster. */
  up: boolean;
  /** Whether its free end lies at the edge of the area or under the legend: then it may be longer. */
  cut: boolean;
  rectangle: Rectangle;
}

/** Measures all bars with edges to a fraction of a pixel. */
export function measureBars(bars: FoundBars): MeasuredBar[] {
  const solid = new Set(bars.rectangles.map((r) => r.label));
  const out: MeasuredBar[] = [];
  bars.layout.stacks.forEach((stack, index) => {
    for (const [list, side] of [
      [stack.up, 'top'],
      [stack.down, 'bottom'],
    ] as const) {
      let before: number | null = null;
      for (const rectangle of list) {
        const row = edgeRow(bars.raster, bars.map, rectangle, side, solid);
        const end = bars.raster.top + row;
        const at = axisValue(bars.value, end);
        const from: number | undefined = before === null ? 0 : axisValue(bars.value, before);
        const border = side === 'top' ? rectangle.top : rectangle.bottom;
        out.push({
          label: rectangle.label,
          stack: index,
          center: bars.raster.left + (rectangle.left + rectangle.right) / 2,
          sides: [bars.raster.left + rectangle.left, bars.raster.left + rectangle.right],
          end,
          value: at === undefined || from === undefined ? Number.NaN : at - from,
          raised: before !== null,
          up: side === 'top',
          cut: border <= 1 || border >= bars.raster.height - 1 || underLegend(rectangle, border, bars.legend),
          rectangle,
        });
        before = end;
      }
    }
  });
  return out;
}

function underLegend(
  r: Rectangle,
  row: number,
  box?: { left: number; right: number; top: number; bottom: number },
): boolean {
  // beside a legend that covers only a part of it the bar shows its end
  return !!box && r.left >= box.left - 3 && r.right <= box.right + 3 && row >= box.top - 3 && row <= box.bottom + 3;
}

/** Picture coordinates of a bar's free end. */
export function endPoint(bars: FoundBars, bar: MeasuredBar): Point2 {
  return bars.horizontal ? [bar.end, bar.center] : [bar.center, bar.end];
}
