import { every, type Steps } from '../steps';
import type { ColorLayer, PanelPixels } from './colorLayers';

/** How many layers have a mark at a pixel; counted once a panel, for there may be two dozen layers. */
const counted = new WeakMap<readonly ColorLayer[], Uint8Array>();

/** 1 where a mark of another colour is drawn, which may hide one of this layer. */
export function* otherMarks(pixels: PanelPixels, layer: ColorLayer): Steps<Uint8Array> {
  const counts = counted.get(pixels.layers) ?? (yield* countLayers(pixels));
  const out = new Uint8Array(counts.length);
  const own = pixels.layers.includes(layer) ? layer.mask : new Uint8Array(out.length);
  for (let i = 0; i < out.length; i++) {
    if (every(i)) yield;
    if (counts[i]! > own[i]!) out[i] = 1;
  }
  return out;
}

function* countLayers({ layers, width, height }: PanelPixels): Steps<Uint8Array> {
  const counts = new Uint8Array(width * height);
  for (const { mask } of layers) {
    for (let i = 0; i < counts.length; i++) {
      if (every(i)) yield;
      counts[i]! += mask[i]!;
    }
  }
  counted.set(layers, counts);
  return counts;
}
