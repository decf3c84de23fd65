import type { ImageMedia } from '../../media/media';

/** Opaque picture: row-major RGB, 3 bytes a pixel. */
export interface Raster {
  width: number;
  height: number;
  rgb: Uint8Array;
}

const WHITE = 255;
const BLACK = 0;

/**
 * Lays a picture over a ground on which its text is seen: white, or black where the drawn pixels of a picture with
 * transparency are mostly bright (a plot saved without its dark background).
 */
export function rasterOf({ width, height, data, hasAlpha }: ImageMedia): Raster {
  const ground = hasAlpha && isBright(data) ? BLACK : WHITE;
  const rgb = new Uint8Array(width * height * 3);
  for (let from = 0, to = 0; from < data.length; from += 4) {
    const alpha = data[from + 3]!;
    for (let c = 0; c < 3; c++) {
      const value = data[from + c]!;
      rgb[to++] = alpha === 255 ? value : Math.round((value * alpha + ground * (255 - alpha)) / 255);
    }
  }
  return { width, height, rgb };
}

/** Whether much of the picture is transparent and what is drawn is bright on the whole. */
function isBright(data: Uint8ClampedArray): boolean {
  let [drawn, light] = [0, 0];
  for (let at = 0; at < data.length; at += 4) {
    const alpha = data[at + 3]!;
    drawn += alpha;
    light += alpha * (0.299 * data[at]! + 0.587 * data[at + 1]! + 0.114 * data[at + 2]!);
  }
  const pixels = data.length / 4;
  return drawn > 0 && drawn < 0.5 * 255 * pixels && light / drawn > 170;
}
