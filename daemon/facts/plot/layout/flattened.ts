import type { ImageMedia } from '../../../media/media';
import type { FlatImage } from '../../image/flatten';
import type { Steps } from '../steps';

/** `flatten` in steps: the picture laid over white. */
export function* flattened({ width, height, data }: ImageMedia): Steps<FlatImage> {
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0, to = 0; y < height; y++) {
    yield;
    for (let from = 4 * y * width; from < 4 * (y + 1) * width; from += 4) {
      const alpha = data[from + 3]!;
      for (let c = 0; c < 3; c++) {
        const value = data[from + c]!;
        rgb[to++] = alpha === 255 ? value : Math.round((value * alpha + 255 * (255 - alpha)) / 255);
      }
    }
  }
  return { width, height, rgb };
}
