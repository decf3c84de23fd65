import type { ModelConfig } from '../../common/modelConfig';
import type { ModelSquare } from '../../common/modelInput';

/** The part of a model's configuration that decides how it sees pictures. */
export interface PictureConfig extends Pick<ModelConfig, 'image_fit' | 'video'> {
  clip: Pick<ModelConfig['clip'], 'image'>;
}

export function squareOf({ clip, image_fit, video }: PictureConfig): ModelSquare {
  return {
    size: clip.image,
    fit: image_fit,
    clips: video.clips,
    crops: video.crops,
    ...(video.follow ? { follow: true } : {}),
  };
}

export function configOf({ size, fit, clips, crops, follow = false }: ModelSquare): PictureConfig {
  return { clip: { image: size }, image_fit: fit, video: { clips, crops, follow } };
}
