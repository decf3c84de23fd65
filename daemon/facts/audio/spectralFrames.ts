import type { MonoWindow } from './analysisWindows';
import { MagnitudeSpectrum, windowSize } from './magnitudeSpectrum';
import type { WorkPacer } from './workPacer';

/** About this long, as a power of two: 2048 samples at 44.1 and 48 kHz. */
const WINDOW_SECONDS = 0.0464;
const HOPS_A_WINDOW = 4;
/** Mel bands: the first SPEECH_BANDS up to SPEECH_HZ, which telephone sound has too, then wide ones up to TOP_HZ. */
export const SPEECH_BANDS = 24;
const UPPER_BANDS = 8;
export const BANDS = SPEECH_BANDS + UPPER_BANDS;
const LOW_HZ = 80;
const SPEECH_HZ = 3800;
const TOP_HZ = 14_000;
/** A band's level in dB is never below this: 16-bit noise. */
export const BAND_FLOOR_DB = -110;
/** Windows quieter than this (sum of squared magnitudes) say nothing about the sound. */
export const SILENT_POWER = 1e-6;

/** What one stretch of sound looks like, window by window. */
export interface SpectralFrames {
  /** Seconds of the middle of the first window, and from one window to the next. */
  start: number;
  hop: number;
  count: number;
  /** Sum of squared magnitudes: 1.5 for a sine of full scale. */
  power: Float64Array;
  /** Mean frequency weighted by magnitude, Hz. */
  centroid: Float64Array;
  /** Sign changes a second in the hop after the window's middle. */
  crossings: Float64Array;
  /** dB, count * BANDS. */
  bands: Float32Array;
  /** Geometric over arithmetic mean of the powers below SPEECH_HZ, dB: 0 = noise, very negative = tones. */
  flatness: Float64Array;
  /** Cosine between the magnitudes below SPEECH_HZ and those one whole window before, 0..1: 1 = steady tones. */
  stability: Float64Array;
}

/** The mean power of every bin over all windows that were seen. */
export interface MeanSpectrum {
  /** Sum of powers by bin. */
  power: Float64Array;
  windows: number;
  /** Hz from bin to bin. */
  binHz: number;
}

/** Short-time spectra of stretches of one recording. */
export class SpectralAnalysis {
  readonly mean: MeanSpectrum;
  private readonly spectrum: MagnitudeSpectrum;
  private readonly edges: Array<[number, number]>;
  /** [from, to) of the bins from LOW_HZ to SPEECH_HZ. */
  private readonly speechBins: [number, number];

  constructor(private readonly sampleRate: number) {
    const size = windowSize(sampleRate, WINDOW_SECONDS);
    this.spectrum = new MagnitudeSpectrum(size);
    this.mean = { power: new Float64Array(size / 2), windows: 0, binHz: sampleRate / size };
    this.edges = bandEdges(size / 2, sampleRate / size);
    this.speechBins = [this.edges[0]![0], this.edges[SPEECH_BANDS - 1]![1]];
  }

  /** Windows that lie whole in the stretch, at least one. */
  async measure({ start, samples }: MonoWindow, pacer: WorkPacer): Promise<SpectralFrames> {
    const { size } = this.spectrum;
    const hop = size / HOPS_A_WINDOW;
    const count = 1 + Math.max(0, Math.floor((samples.length - size) / hop));
    const frames: SpectralFrames = {
      start: start + size / 2 / this.sampleRate,
      hop: hop / this.sampleRate,
      count,
      power: new Float64Array(count),
      centroid: new Float64Array(count),
      crossings: new Float64Array(count),
      bands: new Float32Array(count * BANDS),
      flatness: new Float64Array(count),
      stability: new Float64Array(count),
    };
    const history = Array.from({ length: HOPS_A_WINDOW }, () => new Float64Array(this.speechBins[1]));
    for (let f = 0; f < count; f++) {
      this.frame(samples, f, f * hop, frames, history[f % HOPS_A_WINDOW]!);
      if (f % 16 === 15) await pacer.breathe();
    }
    return frames;
  }

  /** `before` holds the magnitudes of the window that ends where this one begins, and takes this one's. */
  private frame(samples: Float32Array, f: number, at: number, out: SpectralFrames, before: Float64Array): void {
    const magnitudes = this.spectrum.of(samples, at);
    out.stability[f] = cosine(magnitudes, before, ...this.speechBins);
    before.set(magnitudes.subarray(0, before.length));
    const { power: sums, binHz } = this.mean;
    let total = 0;
    let weighted = 0;
    let power = 0;
    for (let k = 0; k < magnitudes.length; k++) {
      const magnitude = magnitudes[k]!;
      const square = magnitude * magnitude;
      total += magnitude;
      weighted += k * magnitude;
      power += square;
      sums[k]! += square;
      magnitudes[k] = square;
    }
    this.mean.windows++;
    out.power[f] = power;
    out.centroid[f] = total > 0 ? (weighted / total) * binHz : 0;
    out.flatness[f] = flatness(magnitudes, ...this.speechBins);
    const { size } = this.spectrum;
    out.crossings[f] = this.sampleRate * crossingRate(samples, at + size / 2, at + size / 2 + size / HOPS_A_WINDOW);
    this.edges.forEach(([from, to], b) => {
      let sum = 0;
      for (let k = from; k < to; k++) sum += magnitudes[k]!;
      out.bands[f * BANDS + b] = sum > 0 ? Math.max(BAND_FLOOR_DB, 10 * Math.log10(sum)) : BAND_FLOOR_DB;
    });
  }
}

function cosine(a: Float64Array, b: Float64Array, from: number, to: number): number {
  let [ab, aa, bb] = [0, 0, 0];
  for (let k = from; k < to; k++) {
    const x = a[k]!;
    const y = b[k]!;
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
}

function flatness(powers: Float64Array, from: number, to: number): number {
  let [logs, sum, product] = [0, 0, 1];
  for (let k = from; k < to; k++) {
    const power = powers[k]! + 1e-14;
    product *= power;
    sum += power;
    if ((k - from) % 8 < 7) continue; // a logarithm of eight costs as much as one of one
    logs += Math.log10(product);
    product = 1;
  }
  logs += Math.log10(product);
  return to > from ? 10 * (logs / (to - from) - Math.log10(sum / (to - from))) : 0;
}

/** Sign changes a sample of samples[from, to). */
function crossingRate(samples: Float32Array, from: number, to: number): number {
  const end = Math.min(to, samples.length);
  let crossings = 0;
  for (let i = from + 1; i < end; i++) if (samples[i]! >= 0 !== samples[i - 1]! >= 0) crossings++;
  return end > from ? crossings / (end - from) : 0;
}

const toMel = (hz: number): number => 2595 * Math.log10(1 + hz / 700);
const toHz = (mel: number): number => 700 * (10 ** (mel / 2595) - 1);

/** [from, to) in bins of each band; a band above half the rate is empty. */
function bandEdges(bins: number, binHz: number): Array<[number, number]> {
  const spaced = (low: number, high: number, bands: number): number[] =>
    Array.from({ length: bands }, (_, i) => toHz(toMel(low) + ((toMel(high) - toMel(low)) * i) / bands));
  const hz = [...spaced(LOW_HZ, SPEECH_HZ, SPEECH_BANDS), ...spaced(SPEECH_HZ, TOP_HZ, UPPER_BANDS), TOP_HZ];
  return Array.from({ length: BANDS }, (_, b) => {
    const from = Math.min(bins, Math.round(hz[b]! / binHz));
    return [from, Math.min(bins, Math.max(from + 1, Math.round(hz[b + 1]! / binHz)))];
  });
}
