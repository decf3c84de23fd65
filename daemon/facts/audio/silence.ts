export const SILENCE_DBFS = -60;
export const FRAME_SECONDS = 0.02;
/** Shorter pauses are not listed. */
export const SHORTEST_SPAN = 0.1;
export const MAX_SPANS = 50;

export interface Silence {
  /** Share of the recording in [0, 1]. */
  share: number;
  /** [start, end] in seconds, at least SHORTEST_SPAN long, in order; the longest MAX_SPANS if there are more. */
  spans: Array<[number, number]>;
}

/** Frames of 20 ms whose root mean square over all channels is below -60 dBFS. The last frame may be shorter. */
export function findSilence(channels: readonly Float32Array[], sampleRate: number): Silence {
  const samples = channels[0]?.length ?? 0;
  const frame = Math.max(1, Math.round(FRAME_SECONDS * sampleRate));
  const threshold = 10 ** (SILENCE_DBFS / 10);
  const spans: Array<[number, number]> = [];
  let silent = 0;
  for (let from = 0; from < samples; from += frame) {
    const to = Math.min(samples, from + frame);
    if (meanSquare(channels, from, to) >= threshold) continue;
    silent += to - from;
    const last = spans.at(-1);
    if (last?.[1] === from) last[1] = to;
    else spans.push([from, to]);
  }
  const inSeconds = spans.map(([from, to]): [number, number] => [from / sampleRate, to / sampleRate]);
  return { share: samples === 0 ? 0 : silent / samples, spans: longest(inSeconds) };
}

function meanSquare(channels: readonly Float32Array[], from: number, to: number): number {
  let sum = 0;
  for (const samples of channels) for (let i = from; i < to; i++) sum += samples[i]! * samples[i]!;
  return sum / ((to - from) * channels.length);
}

function longest(spans: Array<[number, number]>): Array<[number, number]> {
  return spans
    .filter(([from, to]) => to - from >= SHORTEST_SPAN)
    .sort((a, b) => b[1] - b[0] - (a[1] - a[0]))
    .slice(0, MAX_SPANS)
    .sort((a, b) => a[0] - b[0]);
}
