import type { PanelLayout } from '../../../../media/plot';
import { every, type Steps } from '../../steps';
import type { ColorLayer, PanelPixels } from '../colorLayers';
import { along } from '../colors/colorMath';

/** A filling and the edge round it. */
export type EdgedPair = [fill: ColorLayer, edge: ColorLayer];

/** Of more pairs than this the colours are a scale, not fillings with their edges. */
const MOST_PAIRS = 24;

/** Layers that are a tint of another: translucent markers with an edge of their full colour. Chart.js draws them so. */
export function edgedPairs({ layers }: PanelPixels, panel: PanelLayout): EdgedPair[] {
  const pairs = layers.flatMap((fill) =>
    layers.filter((edge) => edge !== fill && isTint(fill, edge, panel)).map((edge): EdgedPair => [fill, edge]),
  );
  return pairs.length <= MOST_PAIRS ? pairs : [];
}

function isTint(fill: ColorLayer, edge: ColorLayer, panel: PanelLayout): boolean {
  const { t, off } = along(fill.color, panel.background, edge.color);
  return t > 0.15 && t < 0.92 && off < 14;
}

/** The layer as it would be if the markers had no edge. */
export function* joinEdged([fill, edge]: EdgedPair): Steps<ColorLayer> {
  const mask = Uint8Array.from(fill.mask);
  const coverage = Float32Array.from(fill.coverage);
  let count = 0;
  for (let i = 0; i < mask.length; i++) {
    if (every(i)) yield;
    if (edge.mask[i]) mask[i] = 1;
    coverage[i] = Math.min(1, coverage[i]! + edge.coverage[i]!);
    count += mask[i]!;
  }
  return {
    color: edge.color,
    mask,
    coverage,
    count,
    box: {
      left: Math.min(fill.box.left, edge.box.left),
      top: Math.min(fill.box.top, edge.box.top),
      right: Math.max(fill.box.right, edge.box.right),
      bottom: Math.max(fill.box.bottom, edge.box.bottom),
    },
  };
}
