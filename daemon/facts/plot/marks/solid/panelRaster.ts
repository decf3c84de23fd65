import type { ImageMedia } from '../../../../media/media';
import type { Rgb } from '../../../../media/plot';
import type { PixelBox } from '../../../../media/text';
import type { Steps } from '../../steps';

/** Opaque pixels of a rectangle of a picture, row-major RGB; `left`, `top` tell where it lies in the picture. */
export interface PanelRaster {
  left: number;
  top: number;
  width: number;
  height: number;
  rgb: Uint8Array;
}

/** Cuts `box` (whole pixels, clipped to the picture) out of the picture, laid over `background` where it is transparent. */
export function* panelRaster(image: ImageMedia, box: PixelBox, background: Rgb): Steps<PanelRaster> {
  const left = Math.max(0, Math.round(box.left));
  const top = Math.max(0, Math.round(box.top));
  const width = Math.max(0, Math.min(image.width, Math.round(box.right)) - left);
  const height = Math.max(0, Math.min(image.height, Math.round(box.bottom)) - top);
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0, to = 0; y < height; y++) {
    yield;
    let from = ((y + top) * image.width + left) * 4;
    for (let x = 0; x < width; x++, from += 4, to += 3) {
      const alpha = (image.data[from + 3] ?? 255) / 255;
      if (alpha === 1) {
        rgb[to] = image.data[from];
        rgb[to + 1] = image.data[from + 1];
        rgb[to + 2] = image.data[from + 2];
        continue;
      }
      for (let c = 0; c < 3; c++) {
        rgb[to + c] = Math.round((image.data[from + c] ?? 0) * alpha + (background[c] ?? 255) * (1 - alpha));
      }
    }
  }
  return { left, top, width, height, rgb };
}

/** The raster mirrored at its diagonal: what lay to the right now lies below. */
export function* transposeRaster(raster: PanelRaster): Steps<PanelRaster> {
  const { width, height, rgb } = raster;
  const turned = new Uint8Array(rgb.length);
  for (let y = 0; y < height; y++) {
    yield;
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * 3;
      const to = (x * height + y) * 3;
      turned[to] = rgb[from];
      turned[to + 1] = rgb[from + 1];
      turned[to + 2] = rgb[from + 2];
    }
  }
  return { left: raster.top, top: raster.left, width: height, height: width, rgb: turned };
}

/** Largest difference of a channel, 0..255. */
export function channelDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Math.max(Math.abs(a[0] - b[0]), Math.abs(a[1] - b[1]), Math.abs(a[2] - b[2]));
}
