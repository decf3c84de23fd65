import { errors } from '../../common/errors';
import type { ImageMedia } from '../../media/media';
import type { PlotReading } from '../../media/plot';
import type { Cancellation, TextReader } from '../../media/text';
import { readPlot } from './readPlot';

/** Reads plots; facts take it as a port, so that a reading can be shared. */
export interface PlotReader {
  /** The result is shared and not to be changed. Throws CANCELLED. */
  read(image: ImageMedia, signal?: Cancellation): Promise<PlotReading>;
}

// this layer has no types of Node or of the DOM; both have these two
declare const setTimeout: (callback: () => void, milliseconds: number) => unknown;
declare const clearTimeout: (timer: unknown) => void;

/** How soon one who waits for another's reading sees that it is cancelled, milliseconds. */
const LOOK_MS = 25;

/**
 * Remembers the reading of each picture for as long as the picture is held, so that facts and the data of a plot share
 * one. A reading that failed or was cancelled is not remembered: who waited for it reads anew.
 */
export class MemoPlotReader implements PlotReader {
  private readonly readings = new WeakMap<ImageMedia, Promise<PlotReading>>();

  constructor(
    private readonly text: TextReader,
    private readonly readOne: typeof readPlot = readPlot,
  ) {}

  async read(image: ImageMedia, signal?: Cancellation): Promise<PlotReading> {
    const running = this.readings.get(image);
    if (!running) return this.start(image, signal);
    try {
      return await unlessCancelled(running, signal);
    } catch (error) {
      if (signal?.aborted) throw error;
      return this.readings.get(image) ?? this.start(image, signal);
    }
  }

  private start(image: ImageMedia, signal?: Cancellation): Promise<PlotReading> {
    const reading = this.readOne(image, this.text, signal);
    this.readings.set(image, reading);
    reading.catch(() => {
      if (this.readings.get(image) === reading) this.readings.delete(image);
    });
    return reading;
  }
}

/** The work of someone else, or CANCELLED as soon as the own signal says so. */
async function unlessCancelled<Result>(work: Promise<Result>, signal?: Cancellation): Promise<Result> {
  let timer: unknown;
  const cancelled = new Promise<never>((_, reject) => {
    const look = () => {
      if (signal?.aborted) reject(errors.cancelled());
      else timer = setTimeout(look, LOOK_MS);
    };
    if (signal) look();
  });
  try {
    return await Promise.race([work, cancelled]);
  } finally {
    clearTimeout(timer);
  }
}
