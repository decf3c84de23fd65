import type { ModelConfig } from '../../common/modelConfig';
import type { PictureCrop } from '../../common/modelInput';
import type { ImageMedia } from '../../media/media';
import type { PreparedMedia } from '../preparedMedia';
import { type Rgb8, resizeBicubic } from './bicubic';
import { CLIP_MEAN, CLIP_STD } from './clipNorm';
import { fitOf } from './fitOf';
import { imageGeometry } from './imageGeometry';
import { type PictureConfig, squareOf } from './pictureConfig';
import { squeezedView } from './squeezedView';

/**
 * Picture -> [1, 3, S, S], the official evaluation's `Resize(S, BICUBIC)`, `CenterCrop(S)`, CLIP normalisation; with
 * `image_fit` "stretch" or "squeeze" as `imageGeometry` says. (The official demo crops at random: not copied.)
 */
export function prepareImage(media: ImageMedia, config: PictureConfig): Omit<PreparedMedia, 'modality'> {
  const size = config.clip.image;
  const rgb = overWhite(media);
  const fit = fitOf(rgb, config.image_fit);
  const tensor = fit === 'squeeze' ? squeezedView(rgb, size) : clipTensor(fitImage(rgb, size, fit));
  const square = { ...squareOf(config), fit };
  const input = { kind: 'picture' as const, square, ...shownPart(media, size, fit) };
  return { frames: 1, tensor, shape: [1, 3, size, size], warnings: [], input };
}

/** The picture's sides and what the model's square shows of it, in its own pixels, rounded. */
export function shownPart(
  { width, height }: Pick<ImageMedia, 'width' | 'height'>,
  size: number,
  fit: ModelConfig['image_fit'],
): { width: number; height: number; crop: PictureCrop } {
  const scaled = imageGeometry(width, height, size, fit);
  const [perX, perY] = [width / scaled.width, height / scaled.height];
  const { left, top } = scaled.window;
  const [x, y, w, h] = [left * perX, top * perY, size * perX, size * perY].map(Math.round) as [
    number,
    number,
    number,
    number,
  ];
  return { width, height, crop: { left: x, top: y, width: w, height: h } };
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
