import type { ImageMedia } from '../../media/media';
import type { Cancellation, PixelBox, RecognizedText, RecognizeOptions, TextLine, TextReader } from '../../media/text';

/**
 * Remembers the lines of each picture for as long as the picture is held, so that facts and the plot reader share one
 * pass. A pass that failed or was cancelled is not remembered.
 */
export class MemoTextReader implements TextReader {
  private readonly lines = new WeakMap<ImageMedia, Promise<TextLine[]>>();

  constructor(private readonly reader: TextReader) {}

  async read(image: ImageMedia, signal?: Cancellation): Promise<TextLine[]> {
    const running = this.lines.get(image);
    if (!running) return this.start(image, signal);
    try {
      return await running;
    } catch {
      // another caller's pass failed, perhaps because that caller left
      return this.lines.get(image) ?? this.start(image, signal);
    }
  }

  recognize(
    image: ImageMedia,
    regions: Array<{ box: PixelBox; rotation?: 0 | 90 | 270 }>,
    signal?: Cancellation,
    options?: RecognizeOptions,
  ): Promise<RecognizedText[]> {
    return this.reader.recognize(image, regions, signal, options);
  }

  private start(image: ImageMedia, signal?: Cancellation): Promise<TextLine[]> {
    const lines = this.reader.read(image, signal);
    this.lines.set(image, lines);
    lines.catch(() => {
      if (this.lines.get(image) === lines) this.lines.delete(image);
    });
    return lines;
  }
}
