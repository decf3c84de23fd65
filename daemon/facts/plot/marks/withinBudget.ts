import { every, type Steps } from '../steps';
import type { ColorLayer, PanelPixels } from './colorLayers';

/** Upright runs of ink that are followed, all layers together: some two dozen noisy lines, or two thousand markers in print. */
const MOST_RUNS = 60_000;

/**
 * The layers, most pixels first, that can be read in bounded time, and how many were left out: following strokes and parting
 * markers takes the longer the more runs of ink the columns have. The first layer is kept up to twice the bound.
 */
export function* withinBudget(pixels: PanelPixels): Steps<{ pixels: PanelPixels; left: number }> {
  const layers: ColorLayer[] = [];
  let runs = 0;
  for (const layer of pixels.layers) {
    runs += yield* runsOf(layer.mask, pixels.width);
    if (runs > (layers.length === 0 ? 2 : 1) * MOST_RUNS) break;
    layers.push(layer);
  }
  const left = pixels.layers.length - layers.length;
  return { pixels: left === 0 ? pixels : { ...pixels, layers }, left };
}

/** Pixels of the mask with none above them. */
function* runsOf(mask: Uint8Array, width: number): Steps<number> {
  let runs = 0;
  for (let i = 0; i < mask.length; i++) {
    if (every(i)) yield;
    if (mask[i] && !(i >= width && mask[i - width])) runs++;
  }
  return runs;
}
