import type { ColorLayer, PanelPixels } from './colorLayers';

/** 1 where a mark of another colour is drawn, which may hide one of this layer. */
export function otherMarks(pixels: PanelPixels, layer: ColorLayer): Uint8Array {
  const out = new Uint8Array(pixels.width * pixels.height);
  for (const other of pixels.layers) {
    if (other === layer) continue;
    for (let i = 0; i < out.length; i++) if (other.mask[i]) out[i] = 1;
  }
  return out;
}
