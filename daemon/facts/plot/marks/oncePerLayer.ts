import { finish, type Steps } from '../steps';
import type { ColorLayer, PanelPixels } from './colorLayers';

/** Reads a layer, at once or in `steps`. */
export interface LayerReader<Reading> {
  (pixels: PanelPixels, layer: ColorLayer): Reading;
  steps(pixels: PanelPixels, layer: ColorLayer): Steps<Reading>;
}

/** A reader of one layer that reads each layer once, however many ask; the result is shared, so it is not to be changed. */
export function oncePerLayer<Reading extends object>(
  read: (pixels: PanelPixels, layer: ColorLayer) => Steps<Reading>,
): LayerReader<Reading> {
  const known = new WeakMap<ColorLayer, Reading>();
  function* steps(pixels: PanelPixels, layer: ColorLayer): Steps<Reading> {
    const before = known.get(layer);
    if (before) return before;
    const reading = yield* read(pixels, layer);
    known.set(layer, reading);
    return reading;
  }
  return Object.assign((pixels: PanelPixels, layer: ColorLayer) => finish(steps(pixels, layer)), { steps });
}
