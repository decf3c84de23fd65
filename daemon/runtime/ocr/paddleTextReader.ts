import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { errors } from '../../common/errors';
import type { ImageMedia } from '../../media/media';
import type { Cancellation, PixelBox, RecognizedText, RecognizeOptions, TextLine, TextReader } from '../../media/text';
import type { SessionRuntime } from '../session';
import { alphabetOf } from './ctcDecode';
import { detectLines } from './detectLines';
import { LineRecognizer } from './lineRecognizer';
import { type Raster, rasterOf } from './raster';
import { readBox } from './readBox';
import { readingOrder } from './readingOrder';
import { readRegion } from './readRegion';

/** Files of the weights' folder: PP-OCRv4's detector and recogniser, and the recogniser's alphabet. */
export const OCR_FILES = {
  detector: 'ch_PP-OCRv4_det_infer.onnx',
  recognizer: 'ch_PP-OCRv4_rec_infer.onnx',
  alphabet: 'ppocr_keys_v1.txt',
} as const;

/** Lines below it are more often wrong than right. */
const LEAST_SCORE = 0.5;
/** A lone character may be any speck of a photograph. */
const LEAST_SCORE_OF_ONE = 0.8;

export interface TextReaderOptions {
  /** Where the weights lie (OCR_FILES). */
  folder: string;
  runtime: Pick<SessionRuntime, 'open'>;
}

/** A reader whose weights are opened when it is first used. Keep one a process. */
export function createTextReader(options: TextReaderOptions): TextReader {
  return new PaddleTextReader(options);
}

interface Models {
  detector: Awaited<ReturnType<SessionRuntime['open']>>;
  recognizer: LineRecognizer;
}

/** Reads text with PP-OCRv4: a detector of lines (DB) and a recogniser of their characters (SVTR-LCNet with CTC). */
export class PaddleTextReader implements TextReader {
  private models: Promise<Models> | undefined;

  constructor(private readonly options: TextReaderOptions) {}

  async read(image: ImageMedia, signal?: Cancellation): Promise<TextLine[]> {
    const { detector, recognizer } = await this.load(signal);
    const picture = rasterOf(image);
    const boxes = await detectLines(picture, detector);
    const lines: TextLine[] = [];
    for (const box of boxes) {
      await breathe(signal);
      for (const line of await readBox(picture, box, recognizer)) {
        if (isSure(line)) lines.push(line);
      }
    }
    return readingOrder(lines);
  }

  async recognize(
    image: ImageMedia,
    regions: Array<{ box: PixelBox; rotation?: 0 | 90 | 270 }>,
    signal?: Cancellation,
    { charset = 'any' }: RecognizeOptions = {},
  ): Promise<RecognizedText[]> {
    const { recognizer } = await this.load(signal);
    const picture: Raster = rasterOf(image);
    const results: RecognizedText[] = [];
    for (const { box, rotation = 0 } of regions) {
      await breathe(signal);
      results.push(await readRegion(picture, box, rotation, recognizer, charset));
    }
    return results;
  }

  private async load(signal?: Cancellation): Promise<Models> {
    await breathe(signal);
    this.models ??= this.open();
    try {
      return await this.models;
    } catch (error) {
      this.models = undefined;
      throw error;
    }
  }

  private async open(): Promise<Models> {
    const at = (name: string) => join(this.options.folder, name);
    const keys = await readFile(at(OCR_FILES.alphabet), 'utf8').catch((error: Error) => {
      throw errors.modelDamaged(this.options.folder, `${OCR_FILES.alphabet}: ${error.message}`);
    });
    const detector = await this.options.runtime.open(at(OCR_FILES.detector));
    const recognizer = await this.options.runtime.open(at(OCR_FILES.recognizer));
    return { detector, recognizer: new LineRecognizer(recognizer, alphabetOf(keys)) };
  }
}

function isSure({ text, score }: TextLine): boolean {
  return text !== '' && score >= (text.length === 1 ? LEAST_SCORE_OF_ONE : LEAST_SCORE);
}

/** A run blocks its thread: between two of them a cancel gets its chance to arrive. Throws CANCELLED. */
async function breathe(signal?: Cancellation): Promise<void> {
  await nextTurn();
  if (signal?.aborted) throw errors.cancelled();
}
