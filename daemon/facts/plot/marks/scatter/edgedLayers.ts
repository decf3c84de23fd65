import type { PanelLayout } from '../../../../media/plot';
import type { ColorLayer, PanelPixels } from '../colorLayers';
import { along } from '../colors/colorMath';

/**
 * Layers as they would be if translucent markers had no edge of their full colour: a layer that is a tint of another,
 * joined with it. Chart.js draws markers so.
 */
export function edgedLayers(
  { layers }: PanelPixels,
  panel: PanelLayout,
): Array<{ joined: ColorLayer; parts: [ColorLayer, ColorLayer] }> {
  return layers.flatMap((fill) =>
    layers
      .filter((edge) => edge !== fill && isTint(fill, edge, panel))
      .map((edge): { joined: ColorLayer; parts: [ColorLayer, ColorLayer] } => ({
        joined: join(fill, edge),
        parts: [fill, edge],
      })),
  );
}

function isTint(fill: ColorLayer, edge: ColorLayer, panel: PanelLayout): boolean {
  const { t, off } = along(fill.color, panel.background, edge.color);
  return t > 0.15 && t < 0.92 && off < 14;
}

function join(fill: ColorLayer, edge: ColorLayer): ColorLayer {
  const mask = fill.mask.map((on, i) => (on || edge.mask[i] ? 1 : 0));
  return {
    color: edge.color,
    mask,
    coverage: fill.coverage.map((share, i) => Math.min(1, share + edge.coverage[i]!)),
    count: mask.reduce((sum, on) => sum + on, 0),
    box: {
      left: Math.min(fill.box.left, edge.box.left),
      top: Math.min(fill.box.top, edge.box.top),
      right: Math.max(fill.box.right, edge.box.right),
      bottom: Math.max(fill.box.bottom, edge.box.bottom),
    },
  };
}
