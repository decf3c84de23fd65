import type { Point2 } from '../../media/text';
import type { GraphSession } from '../session';
import { type Alphabet, ctcDecode, type DecodedLine } from './ctcDecode';
import type { Raster } from './raster';
import { sampleQuad } from './sampleQuad';

/** The recogniser reads lines of this height. */
const HEIGHT = 48;
/** Its steps are this many pixels wide. */
const STEP = 8;
const NARROWEST = 32;
const WIDEST = 3200;

/** Corners of a line as one reads it: top left, top right, bottom left. */
export type LineQuad = [topLeft: Point2, topRight: Point2, bottomLeft: Point2];

export interface ReadCrop {
  line: DecodedLine;
  pixels: Float32Array;
  width: number;
  height: number;
}

/** Runs PP-OCR's recogniser on one line at a time: on a CPU a batch takes longer than its lines one by one. */
export class LineRecognizer {
  private readonly numbers: Uint8Array;

  constructor(
    private readonly session: GraphSession,
    private readonly alphabet: Alphabet,
  ) {
    this.numbers = Uint8Array.from(alphabet.characters, (c) => (NUMBER_CHARACTERS.has(c) ? 1 : 0));
  }

  /** Throws MODEL_FAILED. */
  async read(picture: Raster, quad: LineQuad, charset: 'number' | 'any' = 'any'): Promise<DecodedLine> {
    return (await this.readWithPixels(picture, quad, charset)).line;
  }

  /** The line, and the crop that it was read from (RGB 0..255). Throws MODEL_FAILED. */
  async readWithPixels(picture: Raster, quad: LineQuad, charset: 'number' | 'any' = 'any'): Promise<ReadCrop> {
    const width = lineWidth(quad);
    const pixels = sampleQuad(picture, quad, width, HEIGHT);
    const input = inputOf(pixels, width);
    const outputs = await this.session.run({ x: { data: input, dims: [1, 3, HEIGHT, width] } });
    const allowed = charset === 'number' ? this.numbers : undefined;
    return { line: ctcDecode(Object.values(outputs)[0]!, this.alphabet, allowed), pixels, width, height: HEIGHT };
  }
}

/** What numbers on axes are made of. */
const NUMBER_CHARACTERS = new Set('0123456789.,-+eE×x^%$€£¥kKMGTBm/:° ');

function lineWidth([topLeft, topRight, bottomLeft]: LineQuad): number {
  const across = Math.hypot(topRight[0] - topLeft[0], topRight[1] - topLeft[1]);
  const down = Math.hypot(bottomLeft[0] - topLeft[0], bottomLeft[1] - topLeft[1]);
  const width = Math.ceil((HEIGHT * across) / Math.max(down, 1e-6) / STEP) * STEP;
  return Math.min(WIDEST, Math.max(NARROWEST, width));
}

/** RGB 0..255 -> [3, HEIGHT, width] in BGR order, -1..1. */
function inputOf(pixels: Float32Array, width: number): Float32Array {
  const plane = HEIGHT * width;
  const input = new Float32Array(3 * plane);
  for (let i = 0; i < plane; i++) {
    for (let c = 0; c < 3; c++) input[c * plane + i] = pixels[i * 3 + 2 - c]! / 127.5 - 1;
  }
  return input;
}
