import FFT from 'fft.js';

/** All at 16 kHz: 25 ms windows every 10 ms. */
export const FBANK = { sampleRate: 16_000, window: 400, shift: 160 } as const;

const PADDED = 512;
const PRE_EMPHASIS = 0.97;
const LOW_HZ = 20;
/** float32 epsilon: log(0) becomes log(1.19e-7) = -15.94. */
const FLOOR = 1.1920928955078125e-7;

/** Windows that fit whole into `samples` (`snip_edges`). */
export function fbankFrames(samples: number): number {
  return samples < FBANK.window ? 0 : 1 + Math.floor((samples - FBANK.window) / FBANK.shift);
}

/**
 * Kaldi's log mel filter bank as `torchaudio.compliance.kaldi.fbank` computes it with dither 0, a symmetric Hann
 * window, power spectrum, and no energy column: [frames, mels], frames = fbankFrames(samples.length) but at most
 * `maxFrames`. Sound is in [-1, 1].
 */
export function fbank(samples: Float32Array, mels: number, maxFrames: number): Float32Array {
  const frames = Math.min(maxFrames, fbankFrames(samples.length));
  const spectrum = new PowerSpectrum();
  const filters = melFilters(mels);
  const out = new Float32Array(frames * mels);
  for (let f = 0; f < frames; f++) {
    const power = spectrum.of(samples, f * FBANK.shift);
    for (let m = 0; m < mels; m++) out[f * mels + m] = Math.log(Math.max(energy(power, filters[m]!), FLOOR));
  }
  return out;
}

/** One window: mean removed, pre-emphasis, Hann, zero-padded to 512, |FFT|^2 of bins 0..255. */
class PowerSpectrum {
  private readonly fft = new FFT(PADDED);
  private readonly frame = new Array<number>(PADDED).fill(0);
  private readonly complex = this.fft.createComplexArray() as number[];
  private readonly power = new Float64Array(PADDED / 2);
  private readonly hann = Float64Array.from(
    { length: FBANK.window },
    (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / (FBANK.window - 1)),
  );

  /** The result is overwritten by the next call. */
  of(samples: Float32Array, start: number): Float64Array {
    let mean = 0;
    for (let i = 0; i < FBANK.window; i++) mean += samples[start + i]! / FBANK.window;
    let previous = samples[start]! - mean;
    for (let i = 0; i < FBANK.window; i++) {
      const value = samples[start + i]! - mean;
      this.frame[i] = (value - PRE_EMPHASIS * previous) * this.hann[i]!;
      previous = value;
    }
    this.fft.realTransform(this.complex, this.frame);
    for (let k = 0; k < this.power.length; k++)
      this.power[k] = this.complex[2 * k]! ** 2 + this.complex[2 * k + 1]! ** 2;
    return this.power;
  }
}

interface Filter {
  /** FFT bin of the first weight. */
  first: number;
  weights: number[];
}

function energy(power: Float64Array, { first, weights }: Filter): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += weights[i]! * power[first + i]!;
  return sum;
}

/** Triangles that overlap by half, evenly spaced in mel from 20 Hz to half the sampling rate. */
function melFilters(mels: number): Filter[] {
  const low = melOf(LOW_HZ);
  const step = (melOf(FBANK.sampleRate / 2) - low) / (mels + 1);
  const bins = Float64Array.from({ length: PADDED / 2 }, (_, k) => melOf((k * FBANK.sampleRate) / PADDED));
  return Array.from({ length: mels }, (_, m) => triangle(bins, low + m * step, step));
}

/** Weights max(0, min(up, down)) of the triangle [left, left + 2 step]. Narrow ones may fall between two bins: no weights. */
function triangle(bins: Float64Array, left: number, step: number): Filter {
  const weight = (mel: number) => Math.min((mel - left) / step, (left + 2 * step - mel) / step);
  const inside = [...bins.keys()].filter((k) => weight(bins[k]!) > 0);
  return { first: inside[0] ?? 0, weights: inside.map((k) => weight(bins[k]!)) };
}

function melOf(hz: number): number {
  return 1127 * Math.log(1 + hz / 700);
}
