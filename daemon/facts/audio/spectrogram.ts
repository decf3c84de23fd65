import type { AudioMedia } from '../../media/media';
import { monoWindow } from './analysisWindows';
import { MagnitudeSpectrum, windowSize } from './magnitudeSpectrum';

/** What is drawn of a recording's frequencies over time. */
export interface Spectrogram {
  columns: number;
  rows: number;
  /** rows * columns levels, row by row from the highest frequency down, as a picture is drawn: 0 = minDb or less, 255 = maxDb. */
  data: Uint8Array;
  /** Seconds that the columns share equally, from 0 on. */
  duration: number;
  /** Hz: lower edge of the last row and upper edge of the first; rows are equal steps of the frequency's logarithm. */
  minHz: number;
  maxHz: number;
  /** dB where a sine of full scale has 0. maxDb is the recording's strongest, minDb lies 80 dB below. */
  minDb: number;
  maxDb: number;
}

const LOWEST_HZ = 40;
const HIGHEST_HZ = 20_000;
const RANGE_DB = 80;
/** Silence has no strongest. */
const FLOOR_DB = -120;
const WINDOW_SECONDS = 0.0464;
/** Windows a column: they overlap in a short recording, and are spread evenly in a long one. */
const MOST_WINDOWS = 4;
/** Windows of a column may overlap down to this share of a window. */
const LEAST_HOP = 0.25;

/**
 * Log-frequency magnitudes in dB, the largest over the windows (46 ms, Hann) of a column. At most 4 windows a column
 * are looked at, so that two hours cost no more than half a minute. A recording shorter than a window gives one column's
 * worth of sound in all.
 */
export function spectrogram(
  media: AudioMedia,
  { columns = 240, rows = 64 }: { columns?: number; rows?: number } = {},
): Spectrogram {
  const { channels, sampleRate } = media;
  const length = channels[0]?.length ?? 0;
  const spectrum = new MagnitudeSpectrum(windowSize(sampleRate, WINDOW_SECONDS));
  const maxHz = Math.min(HIGHEST_HZ, sampleRate / 2);
  const minHz = Math.min(LOWEST_HZ, maxHz / 4);
  const bands = logBands(rows, minHz, maxHz, sampleRate / spectrum.size);
  const levels = new Float32Array(rows * columns);
  for (let c = 0; c < columns; c++) {
    for (const middle of windowMiddles(c, columns, length, spectrum.size)) {
      const from = Math.max(0, middle - spectrum.size / 2);
      const to = Math.min(length, middle + spectrum.size / 2);
      if (to <= from) continue;
      const { samples } = monoWindow(channels, sampleRate, [from, to]);
      // at the beginning the window reaches back beyond the first sample
      const magnitudes = spectrum.of(samples, Math.min(0, middle - spectrum.size / 2));
      bands.forEach((band, row) => {
        const at = (rows - 1 - row) * columns + c;
        levels[at] = Math.max(levels[at]!, bandMagnitude(magnitudes, band));
      });
    }
  }
  const strongest = levels.reduce((most, level) => Math.max(most, level), 0);
  const maxDb = strongest > 0 ? Math.max(FLOOR_DB, 20 * Math.log10(strongest)) : FLOOR_DB;
  const minDb = maxDb - RANGE_DB;
  const toByte = (level: number): number => (255 * (20 * Math.log10(level + 1e-12) - minDb)) / RANGE_DB;
  const data = Uint8Array.from(levels, (level) => Math.round(Math.min(255, Math.max(0, toByte(level)))));
  return { columns, rows, data, duration: length / sampleRate, minHz, maxHz, minDb, maxDb };
}

/** Samples in the middle of the windows of a column. */
function windowMiddles(column: number, columns: number, length: number, size: number): number[] {
  const width = length / columns;
  const count = Math.min(MOST_WINDOWS, Math.max(1, Math.ceil(width / (LEAST_HOP * size))));
  return Array.from({ length: count }, (_, i) => Math.floor((column + (i + 0.5) / count) * width));
}

/** Edges of a row in bins. */
interface Band {
  low: number;
  high: number;
}

function logBands(rows: number, minHz: number, maxHz: number, binHz: number): Band[] {
  const edge = (row: number): number => (minHz * (maxHz / minHz) ** (row / rows)) / binHz;
  return Array.from({ length: rows }, (_, row) => ({ low: edge(row), high: edge(row + 1) }));
}

/** The largest of the row's bins; between two bins, where the row holds none, the line through them. */
function bandMagnitude(magnitudes: Float64Array, { low, high }: Band): number {
  const [first, last] = [Math.ceil(low), Math.min(magnitudes.length - 1, Math.ceil(high) - 1)];
  if (first > last) {
    const at = Math.min(magnitudes.length - 1, (low + high) / 2);
    const below = Math.floor(at);
    const next = Math.min(magnitudes.length - 1, below + 1);
    return magnitudes[below]! + (magnitudes[next]! - magnitudes[below]!) * (at - below);
  }
  let most = 0;
  for (let k = first; k <= last; k++) most = Math.max(most, magnitudes[k]!);
  return most;
}
