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

/** The mean of the channels, or the first one where they cancel each other. */
export function monoWindow(
  channels: readonly Float32Array[],
  sampleRate: number,
  [from, to]: readonly [number, number],
): MonoWindow {
  const start = from / sampleRate;
  const first = channels[0]!.subarray(from, to);
  if (channels.length === 1) return { start, samples: first };
  const samples = new Float32Array(to - from);
  let energy = 0;
  for (const channel of channels)
    for (let i = 0; i < samples.length; i++) {
      const value = channel[from + i]! / channels.length;
      samples[i]! += value;
      energy += value * value;
    }
  const mixed = samples.reduce((sum, value) => sum + value * value, 0);
  return { start, samples: mixed < CANCELLED * energy ? first : samples };
}
