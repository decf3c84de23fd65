/** What a larger preview shows of a file: made from the decoded media when somebody looks, never kept. */

/**
 * `large`: all but what follows. `normals`: a direction a point of the cloud's view. `wav`: the sound as 16-bit PCM, for a
 * browser that cannot play the file's own codec. `seen`: the squares that the model took.
 */
export type ViewPart = 'large' | 'normals' | 'wav' | 'seen';

/** Numbers are little-endian, as base64. */
export type MediaView =
  /** Pictures to look into: one, frames of a video in order, a photograph and its map, squares of the model. */
  | { kind: 'pictures'; pictures: ViewPicture[]; relief?: DepthRelief }
  | {
      kind: 'sound';
      /** Largest absolute sample of equal stretches, 0..1. */
      peaks: number[];
      /** Seconds. */
      duration: number;
      sampleRate: number;
      channels: number;
      spectrogram: SpectrogramPicture;
    }
  | CloudView
  | { kind: 'traces'; traces: ViewTrace[]; duration: number }
  /** Three signed bytes a point of the cloud's view, 127 = 1, in its order; estimated, so that the sign means nothing. */
  | { kind: 'normals'; base64: string }
  /** A whole WAV file of the first `seconds` of `of`. */
  | { kind: 'wav'; base64: string; seconds: number; of: number }
  /** There is nothing to see: a response vector, a video without frames. */
  | { kind: 'none' };

export interface ViewPicture {
  /** "depth", "photograph", "1.5 s"; "" for a picture alone. */
  caption: string;
  pngBase64: string;
  /** Of the file, which `pngBase64` may be shrunk from. */
  width: number;
  height: number;
  /** Seconds of a video's frame. */
  time?: number;
}

/** Points evenly spread over the file's order. */
export interface CloudView {
  kind: 'cloud';
  count: number;
  /** Points of the file. */
  of: number;
  /** float32 x, y, z a point, less `middle`. */
  positionsBase64: string;
  /** In the file's coordinates. */
  middle: [number, number, number];
  /** r, g, b a point, one byte each. */
  colorsBase64?: string;
  up: 'y' | 'z';
}

/** Values of a depth map on a grid of its pixels. */
export interface DepthRelief {
  columns: number;
  rows: number;
  /** float32 a cell, row-major; NaN where nothing was measured. */
  valuesBase64: string;
  /** r, g, b a cell from the photograph. */
  colorsBase64?: string;
  /** The 1st and the 99th percentile of the values. */
  range: [number, number];
  unit?: string;
  /** Disparity grows with nearness. */
  quantity: 'depth' | 'disparity';
}

export interface ViewTrace {
  label: string;
  unit: string;
  /** Smallest and largest value of each of equal stretches. */
  low: number[];
  high: number[];
}

/** Loudness over time (columns) and frequency (rows, the highest first): one byte a cell, 0 = quiet, 255 = loud. */
export interface SpectrogramPicture {
  columns: number;
  rows: number;
  /** Row-major, `rows * columns` bytes. */
  base64: string;
  /** Hz at the lower edge of the last row and the upper edge of the first; rows are even on a logarithmic scale. */
  minHz: number;
  maxHz: number;
}
