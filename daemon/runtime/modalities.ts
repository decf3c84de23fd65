import type { Modality } from '../common/modality';
import type { ModelConfig } from '../common/modelConfig';
import type { TokenizerName } from '../common/packLayout';
import type { Media } from '../media/media';
import type { PreparedMedia } from './preparedMedia';
import { prepareAudio } from './preprocess/audio';
import { prepareFmri } from './preprocess/fmri';
import { prepareImage } from './preprocess/image';
import { prepareImu } from './preprocess/imu';
import { preparePoints } from './preprocess/points';
import { prepareRgbx } from './preprocess/rgbx';
import { prepareVideo } from './preprocess/video';

/** Goes into the encoder's fingerprint: raise it with every change that makes a file preprocess to other numbers. */
export const PREPROCESSING_VERSION = 1;

export interface ModalityRow<M extends Modality> {
  /** Graph that turns it into tokens; pictures of every modality share one. */
  tokenizer: TokenizerName;
  /** Shape of what the graph takes for one of `PreparedMedia.frames`; several are averaged (video: or put side by side, `video_frames`) after the encoder. */
  frameShape(prepared: Pick<PreparedMedia, 'shape'>): number[];
  preprocess(media: Media & { kind: M }, config: ModelConfig): Omit<PreparedMedia, 'modality'>;
}

const whole = ({ shape }: Pick<PreparedMedia, 'shape'>) => shape;
const oneFrame = ({ shape }: Pick<PreparedMedia, 'shape'>) => [1, ...shape.slice(2)];

/** Everything in which the modalities differ while the model runs. */
export const MODALITY_TABLE = {
  image: { tokenizer: 'image', frameShape: whole, preprocess: prepareImage },
  video: { tokenizer: 'image', frameShape: oneFrame, preprocess: prepareVideo },
  audio: { tokenizer: 'audio', frameShape: whole, preprocess: prepareAudio },
  point: { tokenizer: 'point', frameShape: whole, preprocess: preparePoints },
  rgbd: { tokenizer: 'image', frameShape: oneFrame, preprocess: prepareRgbx },
  rgbn: { tokenizer: 'image', frameShape: oneFrame, preprocess: prepareRgbx },
  fmri: { tokenizer: 'fmri', frameShape: whole, preprocess: prepareFmri },
  imu: { tokenizer: 'imu', frameShape: whole, preprocess: prepareImu },
} as const satisfies { [M in Modality]: ModalityRow<M> };

/** Decoded media are named after the modality that takes them. */
export function modalityOf(media: Media): Modality {
  return media.kind;
}

/**
 * Media -> the tensor that its modality tokenizer takes. Warnings are the decoder's, then the preprocessing's.
 * Throws MODALITY_UNSUPPORTED and MEDIA_EMPTY.
 */
export function preprocess(media: Media, config: ModelConfig): PreparedMedia {
  // A row and its media belong together by their key, which the type system cannot follow through an index.
  const row = MODALITY_TABLE[media.kind] as ModalityRow<Modality>;
  const prepared = row.preprocess(media as Media & { kind: Modality }, config);
  return { modality: modalityOf(media), ...prepared, warnings: [...media.warnings, ...prepared.warnings] };
}
