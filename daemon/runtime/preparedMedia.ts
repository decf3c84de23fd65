import type { Modality } from '../common/modality';
import type { ModelInput } from '../common/modelInput';

/**
 * One medium as its modality tokenizer takes it: what `preprocess` of `modalities.ts` returns.
 *
 * `shape` is that of `M.input` in the reference cases, S = clip.image:
 * image [1,3,S,S] · video [1,F,3,S,S] · rgbd, rgbn [1,2,3,S,S] (photograph, map) · audio [1,1,mels,frames] ·
 * point [1,N,6] (xyz, rgb) · fmri [1,1,voxels] · imu [1,6,samples].
 */
export interface PreparedMedia {
  modality: Modality;
  /** Passes through the universal encoder whose outputs are averaged (video: or concatenated, `video_frames`): F for video, 2 for rgbd and rgbn, else 1. */
  frames: number;
  /** Row-major, product(shape) numbers. */
  tensor: Float32Array;
  shape: number[];
  /** Sentences for the user: what was cut, filled in or lost. */
  warnings: string[];
  /** What of the file this is; absent where it was not made from one (reference cases). */
  input?: ModelInput;
}
