import type { ImageMedia } from '../../media/media';
import type { PlotReading, PlotSeries, Rgb } from '../../media/plot';

/** Where a plot's numbers were read: pixels of the picture, x to the right, y down. */
export interface PlotOverlay {
  width: number;
  height: number;
  areas: Array<{ left: number; top: number; right: number; bottom: number }>;
  series: Array<{ name: string | null; color: string; mark: PlotSeries['mark']; points: Array<[number, number]> }>;
}

/** The plotting areas and the points of all panels, for drawing them over the picture; tenths of a pixel. */
export function plotOverlay(
  reading: PlotReading,
  { width, height }: Pick<ImageMedia, 'width' | 'height'>,
): PlotOverlay {
  const tenth = (value: number) => Math.round(value * 10) / 10;
  return {
    width,
    height,
    areas: reading.panels.map(({ layout }) => layout.area),
    series: reading.panels.flatMap((panel) =>
      panel.series.map(({ name, color, mark, pixels }) => ({
        name,
        color: hex(color),
        mark,
        points: pixels.map(([x, y]) => [tenth(x), tenth(y)] as [number, number]),
      })),
    ),
  };
}

const hex = (color: Rgb): string => `#${color.map((c) => Math.round(c).toString(16).padStart(2, '0')).join('')}`;
