import type { ImageMedia } from './media';

/** One line of text found in a picture. Pixels: x to the right, y down, of the picture that was given. */
export interface TextLine {
  text: string;
  /** Mean probability of the characters, 0..1. */
  score: number;
  /** Corners: top left, top right, bottom right, bottom left as one reads the line. */
  corners: [Point2, Point2, Point2, Point2];
  /** Degrees clockwise by which the line is turned: 0, 90 (reads downwards) or 270 (reads upwards). */
  rotation: 0 | 90 | 270;
  /** Smallest upright rectangle round the corners. */
  box: PixelBox;
}

export type Point2 = [number, number];

/** Edges of an upright rectangle; right and bottom are exclusive. */
export interface PixelBox {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** What a crop of one line reads. */
export interface RecognizedText {
  text: string;
  score: number;
  /** One a character: its probability and where it stands, 0..1 of the crop's width. */
  characters: Array<{ char: string; score: number; at: number }>;
}

/** An AbortSignal, as far as this layer needs it. */
export interface Cancellation {
  readonly aborted: boolean;
}

/** Reads text in pictures; facts take it as a port, because the models behind it need ONNX Runtime. */
export interface TextReader {
  /**
   * All lines of a picture, in reading order. Small pictures are enlarged first; upright lines that read upwards or
   * downwards are found as well. Throws CANCELLED.
   */
  read(image: ImageMedia, signal?: Cancellation): Promise<TextLine[]>;
  /**
   * Reads rectangles of the picture that hold one line each (a tick's label): no detection, so that a lone digit is
   * read too. `rotation` as in TextLine. One result a region, in order; '' with score 0 where nothing is written. A
   * raised exponent is written with '^': "10^3". Throws CANCELLED.
   */
  recognize(
    image: ImageMedia,
    regions: Array<{ box: PixelBox; rotation?: 0 | 90 | 270 }>,
    signal?: Cancellation,
    options?: RecognizeOptions,
  ): Promise<RecognizedText[]>;
}

export interface RecognizeOptions {
  /** 'number': only characters of numbers (digits, sign, point, comma, exponent, %, k, M, G ...) are considered. */
  charset?: 'number' | 'any';
}
