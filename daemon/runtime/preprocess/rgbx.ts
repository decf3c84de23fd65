import type { RgbxMedia } from '../../media/media';
import type { PreparedMedia } from '../preparedMedia';
import { type Rgb8, resizeBicubic } from './bicubic';
import { fitOf } from './fitOf';
import { clipTensor, fitImage, overWhite, shownPart } from './image';
import { type PictureConfig, squareOf } from './pictureConfig';

/**
 * Photograph and its depth or normal map -> [1, 2, 3, S, S] (`load_rgbx`): the map is scaled to the photograph's size,
 * then both are cut alike. Depth is fed as it is, without scaling to its range. A map alone stands in for its
 * photograph too, which the model was not trained on.
 */
export function prepareRgbx(media: RgbxMedia, config: PictureConfig): Omit<PreparedMedia, 'modality'> {
  const size = config.clip.image;
  const map = overWhite(media.map);
  const photo = media.photo ? overWhite(media.photo) : map;
  const fit = fitOf(photo, config.image_fit);
  const views = [photo, scaledTo(map, photo)].map((view) => clipTensor(fitImage(view, size, fit)));
  const tensor = new Float32Array(2 * 3 * size * size);
  views.forEach((view, i) => {
    tensor.set(view, i * view.length);
  });
  const input = {
    kind: 'pair' as const,
    square: { ...squareOf(config), fit },
    ...shownPart(photo, size, fit),
    alone: media.photo === undefined,
  };
  const warnings = media.photo ? [] : [lonelyMap(media.kind)];
  return { frames: 2, tensor, shape: [1, 2, 3, size, size], warnings, input };
}

function scaledTo(map: Rgb8, { width, height }: Rgb8): Rgb8 {
  if (map.width === width && map.height === height) return map;
  return resizeBicubic(map, width, height, { left: 0, top: 0, width, height });
}

function lonelyMap(kind: RgbxMedia['kind']): string {
  const name = kind === 'rgbd' ? 'depth' : 'normal';
  return `The ${name} map has no photograph beside it; the model was trained on pairs and will be less sure.`;
}
