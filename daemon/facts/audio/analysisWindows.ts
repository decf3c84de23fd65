import type { WorkPacer } from './workPacer';

/** A stretch of the recording, all channels mixed to one. */
export interface MonoWindow {
  /** Seconds from the recording's beginning. */
  start: number;
  samples: Float32Array;
}

/** Which parts of a recording a costly measure looks at. */
export interface WindowPlan {
  /** [from, to) in samples, in order. */
  ranges: Array<[number, number]>;
  /** For `how`: "" where the whole is measured. */
  note: string;
}

/** Long recordings are measured in `count` windows of `seconds`; those up to `whole` seconds entirely. */
export interface WindowBudget {
  whole: number;
  count: number;
  seconds: number;
}

export function planWindows(samples: number, sampleRate: number, { whole, count, seconds }: WindowBudget): WindowPlan {
  if (samples <= whole * sampleRate) return { ranges: [[0, samples]], note: '' };
  const length = Math.round(seconds * sampleRate);
  const ranges = Array.from({ length: count }, (_, i): [number, number] => {
    const from = Math.round((i * (samples - length)) / (count - 1));
    return [from, from + length];
  });
  return { ranges, note: `; of ${count} windows of ${seconds} s spread evenly over the recording` };
}

/** A mix this much weaker than its channels is one of opposite phases, which hides what is heard. */
const CANCELLED = 0.02;

/** Samples that are mixed between two looks at the clock. */
const CHUNK = 1 << 17;

/** The mean of the channels, or the first one where they cancel each other. */
export function monoWindow(
  channels: readonly Float32Array[],
  sampleRate: number,
  range: readonly [number, number],
): MonoWindow {
  const mix = new Mix(channels, range);
  if (channels.length > 1) mix.add(0, mix.samples.length);
  return mix.window(sampleRate);
}

/** The same of a long range, without keeping the thread. Throws CANCELLED. */
export async function longMonoWindow(
  channels: readonly Float32Array[],
  sampleRate: number,
  range: readonly [number, number],
  pacer: WorkPacer,
): Promise<MonoWindow> {
  const mix = new Mix(channels, range);
  if (channels.length > 1)
    for (let at = 0; at < mix.samples.length; at += CHUNK) {
      mix.add(at, Math.min(mix.samples.length, at + CHUNK));
      await pacer.breathe();
    }
  return mix.window(sampleRate);
}

class Mix {
  /** The sum of the channels over their number; of a single channel itself. */
  readonly samples: Float32Array;
  private readonly first: Float32Array;
  /** Of the mix, and of what went into it. */
  private mixed = 0;
  private energy = 0;

  constructor(
    private readonly channels: readonly Float32Array[],
    private readonly range: readonly [number, number],
  ) {
    this.first = channels[0]!.subarray(...range);
    this.samples = channels.length === 1 ? this.first : new Float32Array(range[1] - range[0]);
  }

  /** Mixes samples[at, to). */
  add(at: number, to: number): void {
    const { channels, samples } = this;
    const [from] = this.range;
    const share = 1 / channels.length;
    let [mixed, energy] = [0, 0];
    for (const channel of channels)
      for (let i = at; i < to; i++) {
        const value = channel[from + i]! * share;
        samples[i]! += value;
        energy += value * value;
      }
    for (let i = at; i < to; i++) mixed += samples[i]! * samples[i]!;
    this.mixed += mixed;
    this.energy += energy;
  }

  window(sampleRate: number): MonoWindow {
    const isCancelled = this.mixed < CANCELLED * this.energy;
    return { start: this.range[0] / sampleRate, samples: isCancelled ? this.first : this.samples };
  }
}
