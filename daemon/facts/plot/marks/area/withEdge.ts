import type { PanelLayout, Rgb } from '../../../../media/plot';
import type { Point2 } from '../../../../media/text';
import type { Steps } from '../../steps';
import type { ColorLayer, PanelPixels } from '../colorLayers';
import { along, distance } from '../colors/colorMath';
import { readLines } from '../lines/readLines';
import { simplify } from '../lines/simplify';
import type { AreaReading } from './readAreas';

/**
 * A translucent fill is a tint of its series' colour: gives the reading that colour, where the legend has it or a line
 * of it is drawn on the upper edge. The values lie in the middle of that line, which hides the fill's own edge.
 */
export function* withEdge(reading: AreaReading, pixels: PanelPixels, panel: PanelLayout): Steps<AreaReading> {
  const tintOf = (color: Rgb) => {
    const { t, off } = along(reading.color, panel.background, color);
    return t > 0.04 && t < 0.96 && off < 6 + 0.06 * distance(color, panel.background) ? off : Infinity;
  };
  const tints = pixels.layers
    .filter((layer) => layer !== reading.layer && tintOf(layer.color) < Infinity)
    .sort((a, b) => tintOf(a.color) - tintOf(b.color));
  let line: { layer: ColorLayer; top: { samples: Point2[]; stroke: number } } | undefined;
  for (const layer of tints) {
    const top = yield* lineTop(pixels, layer);
    if (!liesOn(top.samples, reading.top, top.stroke)) continue;
    line = { layer, top };
    break;
  }
  if (line) {
    const heights = new Map(line.top.samples.map(([x, y]) => [x, y]));
    const top = reading.top.map(([x, y]): Point2 => [x, heights.get(x) ?? y]);
    const vertices = simplify(
      top.map(([x, y]) => ({ x, y })),
      0.5,
    ).map(({ x, y }): Point2 => [x, y]);
    return { ...reading, color: line.layer.color, top, vertices, edge: line.top.stroke, edgeLayer: line.layer };
  }
  const entry = panel.legend
    .filter(({ color }) => tintOf(color) < Infinity)
    .sort((a, b) => tintOf(a.color) - tintOf(b.color))[0];
  return entry && !panel.legend.some(({ color }) => distance(color, reading.color) < 24)
    ? { ...reading, color: entry.color }
    : reading;
}

function* lineTop(pixels: PanelPixels, layer: ColorLayer): Steps<{ samples: Point2[]; stroke: number }> {
  const { tracks, evidence } = yield* readLines.steps(pixels, layer);
  return { samples: tracks[0]?.samples ?? [], stroke: evidence.stroke };
}

/** Whether the line runs along the fill's upper edge in most of its columns. */
function liesOn(line: Point2[], top: Point2[], stroke: number): boolean {
  const heights = new Map(top.map(([x, y]) => [x, y]));
  const near = line.filter(([x, y]) => Math.abs((heights.get(x) ?? Infinity) - y) < 2 * stroke + 2).length;
  return near > 0.6 * top.length;
}
