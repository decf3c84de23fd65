import type { ModelConfig } from '../../common/modelConfig';
import type { ImageMedia } from '../../media/media';
import type { PreparedMedia } from '../preparedMedia';
import { type Rgb8, resizeBicubic } from './bicubic';
import { imageGeometry } from './imageGeometry';

/** CLIP's mean and deviation of RGB in [0, 1]. */
export const CLIP_MEAN = [0.48145466, 0.4578275, 0.40821073] as const;
export const CLIP_STD = [0.26862954, 0.26130258, 0.27577711] as const;

/**
 * Picture -> [1, 3, S, S], the official evaluation's `Resize(S, BICUBIC)`, `CenterCrop(S)`, CLIP normalisation; with
 * `image_fit` "stretch" both sides are scaled to S instead. (The official demo crops at random: not copied.)
 */
export function prepareImage(media: ImageMedia, config: ModelConfig): Omit<PreparedMedia, 'modality'> {
  const size = config.clip.image;
  const tensor = clipTensor(fitImage(overWhite(media), size, config.image_fit));
  return { frames: 1, tensor, shape: [1, 3, size, size], warnings: [] };
}

/** S x S pixels of the model. */
export function fitImage(image: Rgb8, size: number, fit: ModelConfig['image_fit']): Rgb8 {
  const { width, height, window } = imageGeometry(image.width, image.height, size, fit);
  return resizeBicubic(image, width, height, window);
}

/** RGBA composed over white, the paper that transparent plots are drawn for. */
export function overWhite({ width, height, data }: Pick<ImageMedia, 'width' | 'height' | 'data'>): Rgb8 {
  const rgb = new Uint8Array(width * height * 3);
  for (let i = 0, o = 0; o < rgb.length; i += 4, o += 3) {
    const alpha = data[i + 3]!;
    for (let c = 0; c < 3; c++) {
      rgb[o + c] = alpha === 255 ? data[i + c]! : Math.round((data[i + c]! * alpha + 255 * (255 - alpha)) / 255);
    }
  }
  return { width, height, data: rgb };
}

/** [3, height, width], normalised with CLIP's mean and deviation. */
export function clipTensor({ width, height, data }: Rgb8): Float32Array {
  const plane = width * height;
  const out = new Float32Array(3 * plane);
  for (let c = 0; c < 3; c++) {
    for (let i = 0; i < plane; i++) out[c * plane + i] = (data[i * 3 + c]! / 255 - CLIP_MEAN[c]!) / CLIP_STD[c]!;
  }
  return out;
}
