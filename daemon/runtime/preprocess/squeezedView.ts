import { type Rgb8, resizeBicubic } from './bicubic';
import { bilinearView } from './bilinear';
import { imageGeometry } from './imageGeometry';

/** Short side of the photographs from which the embedded model's training pictures were made, about. */
const USUAL = 400;

/**
 * A photograph under "squeeze", CLIP-normalised, [3, S, S]: brought to the size of usual photographs where it is larger, then scaled
 * without antialiasing, as the pictures of Tiny ImageNet were: their power at the highest frequencies is that of sampled pixels, four
 * times what antialiasing leaves, and a small encoder depends on it.
 */
export function squeezedView(photo: Rgb8, size: number): Float32Array {
  const usual = atUsualSize(photo);
  const { width, height, window } = imageGeometry(usual.width, usual.height, size, 'squeeze');
  return bilinearView(usual, width, height, window.left, window.top, size);
}

function atUsualSize(photo: Rgb8): Rgb8 {
  const factor = USUAL / Math.min(photo.width, photo.height);
  if (factor >= 1) return photo;
  const [width, height] = [Math.round(photo.width * factor), Math.round(photo.height * factor)];
  return resizeBicubic(photo, width, height, { left: 0, top: 0, width, height });
}
