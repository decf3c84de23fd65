import type { ColorLayer, PanelPixels } from './colorLayers';

/** A reader of one layer that reads each layer once, however many ask; the result is shared, so it is not to be changed. */
export function oncePerLayer<Reading>(read: (pixels: PanelPixels, layer: ColorLayer) => Reading): typeof read {
  const known = new WeakMap<ColorLayer, Reading>();
  return (pixels, layer) => {
    const before = known.get(layer);
    if (before) return before;
    const reading = read(pixels, layer);
    known.set(layer, reading);
    return reading;
  };
}
