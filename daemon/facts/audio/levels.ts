import type { WorkPacer } from './workPacer';

/** Levels of digital silence are reported as this instead of minus infinity, which is not JSON. */
export const FLOOR_DBFS = -200;
/** This many samples in a row at full scale are a clipped peak; fewer may be a peak that just reaches it. */
export const CLIPPED_RUN = 3;
/** Clipped runs at most this far apart are one span. */
export const CLIPPED_GAP_SECONDS = 0.05;
export const MAX_CLIPPED_SPANS = 50;
/** Samples of a channel between two looks at the clock. */
export const CHUNK_SAMPLES = 1 << 18;

export interface Levels {
  /** Largest magnitude of a sample. */
  peak: number;
  /** Root mean square over all channels. */
  rms: number;
  /** Samples in runs of at least CLIPPED_RUN at full scale. */
  clipped: number;
  /** [start, end] in samples of stretches with clipped runs in any channel, in order; the first MAX_CLIPPED_SPANS. */
  clippedSpans: Array<[number, number]>;
  /** The mean of the channel whose mean is farthest from 0. */
  dcOffset: number;
}

export const toDbfs = (amplitude: number): number =>
  amplitude > 0 ? Math.max(FLOOR_DBFS, 20 * Math.log10(amplitude)) : FLOOR_DBFS;

/** The largest positive value that `bitDepth` bits hold; beyond 24 bits, and for lossy codecs, near 1. */
export function fullScale(bitDepth: number | undefined): number {
  return 1 - 2 ** (1 - Math.min(24, bitDepth ?? 16));
}

/** What one pass over one channel has met so far. */
class ChannelLevels {
  peak = 0;
  sum = 0;
  squares = 0;
  clipped = 0;
  readonly spans: Array<[number, number]> = [];
  private run = 0;

  constructor(
    private readonly limit: number,
    private readonly gap: number,
  ) {}

  add(samples: Float32Array, from: number, to: number): void {
    let { peak, sum, squares, run } = this;
    for (let i = from; i < to; i++) {
      const value = samples[i]!;
      const magnitude = value < 0 ? -value : value;
      if (magnitude > peak) peak = magnitude;
      sum += value;
      squares += value * value;
      if (magnitude < this.limit) run = 0;
      else if (++run >= CLIPPED_RUN) this.noteClipped(i, run);
    }
    Object.assign(this, { peak, sum, squares, run });
  }

  /** The run's first CLIPPED_RUN samples are noted together, then each by itself. */
  private noteClipped(i: number, run: number): void {
    this.clipped += run === CLIPPED_RUN ? CLIPPED_RUN : 1;
    const start = i + 1 - run;
    const last = this.spans.at(-1);
    if (last && start - last[1] <= this.gap) last[1] = i + 1;
    else this.spans.push([start, i + 1]);
  }
}

/** One pass over the samples. */
export async function measureLevels(
  channels: readonly Float32Array[],
  sampleRate: number,
  bitDepth: number | undefined,
  pacer: WorkPacer,
): Promise<Levels> {
  const gap = Math.round(CLIPPED_GAP_SECONDS * sampleRate);
  const passes: ChannelLevels[] = [];
  for (const samples of channels) {
    const pass = new ChannelLevels(fullScale(bitDepth), gap);
    for (let from = 0; from < samples.length; from += CHUNK_SAMPLES) {
      pass.add(samples, from, Math.min(samples.length, from + CHUNK_SAMPLES));
      await pacer.breathe();
    }
    passes.push(pass);
  }
  const length = channels[0]?.length ?? 0;
  const squares = passes.reduce((sum, pass) => sum + pass.squares, 0);
  const offsets = passes.map((pass) => pass.sum / length);
  return {
    peak: Math.max(0, ...passes.map((pass) => pass.peak)),
    rms: Math.sqrt(squares / (length * channels.length)),
    clipped: passes.reduce((sum, pass) => sum + pass.clipped, 0),
    clippedSpans: joined(
      passes.flatMap((pass) => pass.spans),
      gap,
    ).slice(0, MAX_CLIPPED_SPANS),
    dcOffset: offsets.reduce((worst, offset) => (Math.abs(offset) > Math.abs(worst) ? offset : worst), 0),
  };
}

function joined(spans: Array<[number, number]>, gap: number): Array<[number, number]> {
  const out: Array<[number, number]> = [];
  for (const [from, to] of spans.sort((a, b) => a[0] - b[0])) {
    const last = out.at(-1);
    if (last && from - last[1] <= gap) last[1] = Math.max(last[1], to);
    else out.push([from, to]);
  }
  return out;
}
