import { errors } from '../../common/errors';
import { type AudioShape, checkLength } from './limits';

/** Gathers decoded chunks of planar samples; the limits hold for the running total, whatever the header promised. */
export class SampleCollector {
  private readonly chunks: Float32Array[][];
  private total = 0;

  constructor(
    private readonly format: string,
    private readonly shape: AudioShape,
  ) {
    this.chunks = Array.from({ length: shape.channels }, () => []);
  }

  /** Samples a channel so far. */
  get length(): number {
    return this.total;
  }

  /** Takes one Float32Array a channel, all of one length; more channels than the shape has are let go. */
  add(channelData: readonly Float32Array[]): void {
    const length = channelData[0]?.length ?? 0;
    if (length === 0) return;
    checkLength(this.format, this.total + length, this.shape);
    this.chunks.forEach((chunk, c) => {
      const data = channelData[c];
      if (!data || data.length !== length)
        throw errors.damaged(this.format, `the number of channels changes after ${this.total} samples`);
      chunk.push(data);
    });
    this.total += length;
  }

  /** One array a channel of at most `limit` samples; may be called once. */
  finish(limit = Number.POSITIVE_INFINITY): Float32Array[] {
    const length = Math.min(this.total, limit);
    if (length === 0) throw errors.noContent(this.format, 'samples');
    return this.chunks.map((chunk) => {
      const whole = concat(chunk, length);
      chunk.length = 0;
      return whole;
    });
  }
}

function concat(parts: readonly Float32Array[], length: number): Float32Array {
  const whole = new Float32Array(length);
  let at = 0;
  for (const part of parts) {
    const fits = part.subarray(0, length - at);
    whole.set(fits, at);
    at += fits.length;
  }
  return whole;
}
