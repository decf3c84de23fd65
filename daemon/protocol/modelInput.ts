// The protocol is a leaf that imports nothing, so it has its own copy of daemon/common/modelInput.ts; where the engine hands one
// over as the other, the compiler holds them equal.
/** How a picture became the square that a model takes. */
export interface ModelSquare {
  /** Pixels of each side. */
  size: number;
  fit: 'crop' | 'stretch' | 'squeeze';
  /** Of a video: moments, and squares along the long side of each. */
  clips: number;
  crops: number;
  /** Of a video whose ground stands still: the square about what moves instead of the whole frame. */
  follow?: boolean;
}

/** What of one file reached the model, as its preprocessing found it: for telling a person, never for computing. */
export type ModelInput =
  /** `crop`: what the square shows, in pixels of the picture as decoded. */
  | { kind: 'picture'; square: ModelSquare; width: number; height: number; crop: PictureCrop }
  /** A photograph (width, height) and its map; `alone`: the map stood in for its photograph. */
  | { kind: 'pair'; square: ModelSquare; width: number; height: number; crop: PictureCrop; alone: boolean }
  /** Seconds of the frames, in order; `parts`: what of each was shown, where that is what moves. */
  | { kind: 'frames'; square: ModelSquare; times: number[]; parts?: PictureCrop[] }
  /** The first `seconds` of `of`, the first of `channels`, as `mels` x `frames` numbers at `sampleRate` Hz. */
  | {
      kind: 'sound';
      seconds: number;
      of: number;
      channels: number;
      sampleRate: number;
      mels: number;
      frames: number;
    }
  /** `points` of the `of` that were read; more than `of` where the cloud was repeated. `colors`: whether they are coloured. */
  | { kind: 'points'; points: number; of: number; colors: boolean }
  /** The first `seconds` of `of`, resampled to `sampleRate` Hz. */
  | { kind: 'motion'; seconds: number; of: number; sampleRate: number }
  | { kind: 'voxels'; voxels: number };

export interface PictureCrop {
  left: number;
  top: number;
  width: number;
  height: number;
}
