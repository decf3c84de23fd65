import type { ImageMedia } from '../../media/media';

/** Opaque 8-bit picture: row-major RGB, width * height * 3 bytes. */
export interface FlatImage {
  width: number;
  height: number;
  rgb: Uint8Array;
}

/** Lays the picture over white, as a page or an editor in a light theme shows it. */
export function flatten({ width, height, data }: ImageMedia): FlatImage {
  const rgb = new Uint8Array(width * height * 3);
  for (let from = 0, to = 0; from < data.length; from += 4) {
    const alpha = data[from + 3]!;
    for (let c = 0; c < 3; c++) {
      const value = data[from + c]!;
      rgb[to++] = alpha === 255 ? value : Math.round((value * alpha + 255 * (255 - alpha)) / 255);
    }
  }
  return { width, height, rgb };
}
