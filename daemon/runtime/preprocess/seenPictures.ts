import type { ModelSquare } from '../../common/modelInput';
import type { ImageMedia, RgbxMedia, VideoMedia } from '../../media/media';
import type { Rgb8 } from './bicubic';
import { CLIP_MEAN, CLIP_STD } from './clipNorm';
import { prepareImage } from './image';
import { configOf } from './pictureConfig';
import { prepareRgbx } from './rgbx';
import { prepareVideo } from './video';

/**
 * The squares that a model with this `square` takes of a picture (one), a photograph with its map (two) or a video (one a
 * crop of each moment), in order: the numbers of its own preprocessing, turned back into 8-bit pixels.
 */
export function seenPictures(media: ImageMedia | RgbxMedia | VideoMedia, square: ModelSquare): Rgb8[] {
  const config = configOf(square);
  const { tensor } =
    media.kind === 'image'
      ? prepareImage(media, config)
      : media.kind === 'video'
        ? prepareVideo(media, config)
        : prepareRgbx(media, config);
  const plane = square.size * square.size;
  return Array.from({ length: tensor.length / (3 * plane) }, (_, i) =>
    pixelsOf(tensor.subarray(3 * plane * i, 3 * plane * (i + 1)), square.size),
  );
}

/** @param tensor [3, size, size], normalised as CLIP's pictures are */
function pixelsOf(tensor: Float32Array, size: number): Rgb8 {
  const plane = size * size;
  const data = new Uint8Array(3 * plane);
  for (let c = 0; c < 3; c++) {
    for (let i = 0; i < plane; i++) {
      const value = (tensor[c * plane + i]! * CLIP_STD[c]! + CLIP_MEAN[c]!) * 255;
      data[i * 3 + c] = Math.min(255, Math.max(0, Math.round(value)));
    }
  }
  return { width: size, height: size, data };
}
