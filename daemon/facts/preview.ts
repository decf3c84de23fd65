import type { AudioMedia, PointMedia } from '../media/media';

export { type Spectrogram, spectrogram } from './audio/spectrogram';

/**
 * What is drawn of a recording: the largest absolute sample of all channels in each of `n` equal stretches (fewer
 * where there are fewer samples), 0..1 (float files may exceed 1).
 */
export function waveformPeaks({ channels }: AudioMedia, n = 400): number[] {
  const length = channels[0]?.length ?? 0;
  const count = Math.min(n, length);
  return Array.from({ length: count }, (_, i) => {
    const from = Math.floor((i * length) / count);
    const to = Math.floor(((i + 1) * length) / count);
    return rounded(Math.max(...channels.map((samples) => peak(samples, from, to))));
  });
}

/** Largest absolute value of samples[from, to). */
function peak(samples: Float32Array, from: number, to: number): number {
  let most = 0;
  for (let i = from; i < to; i++) most = Math.max(most, Math.abs(samples[i]!));
  return most;
}

/** What is drawn of a cloud: xyz in file units, rgb in [0, 1]; 3 numbers a point each. */
export interface PointsPreview {
  xyz: number[];
  rgb?: number[];
}

/** At most `n` points, every count/n-th one: files are often sorted, so the first ones would show a part only. */
export function pointsPreview({ positions, colors, count }: PointMedia, n = 2000): PointsPreview {
  const kept = Math.min(n, count);
  const xyz: number[] = [];
  const rgb: number[] = [];
  for (let i = 0; i < kept; i++) {
    const at = Math.floor((i * count) / kept) * 3;
    for (let k = at; k < at + 3; k++) {
      xyz.push(Number(positions[k]!.toPrecision(6)));
      if (colors) rgb.push(rounded(colors[k]!));
    }
  }
  return colors ? { xyz, rgb } : { xyz };
}

/** Three digits after the point: nothing finer is seen, and the message stays small. */
function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
