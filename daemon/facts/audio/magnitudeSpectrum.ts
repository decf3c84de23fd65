import FFT from 'fft.js';

/** Magnitudes of one window under a periodic Hann window: a sine of full scale reaches 1 in its bin. */
export class MagnitudeSpectrum {
  private readonly fft: FFT;
  private readonly frame: number[];
  private readonly complex: number[];
  private readonly hann: Float64Array;
  private readonly magnitudes: Float64Array;

  /** `size` samples a window, a power of two. */
  constructor(readonly size: number) {
    this.fft = new FFT(size);
    this.frame = new Array<number>(size).fill(0);
    this.complex = this.fft.createComplexArray() as number[];
    this.hann = Float64Array.from({ length: size }, (_, i) => (1 - Math.cos((2 * Math.PI * i) / size)) * (2 / size));
    this.magnitudes = new Float64Array(size / 2);
  }

  /** Bins 0 to size / 2 - 1 of samples[at, at + size), zeros beyond the ends. The array is used again. */
  of(samples: Float32Array, at: number): Float64Array {
    const { size, frame, complex, hann, magnitudes } = this;
    for (let i = 0; i < size; i++) frame[i] = (samples[at + i] ?? 0) * hann[i]!;
    this.fft.realTransform(complex, frame);
    for (let k = 0; k < magnitudes.length; k++) {
      const re = complex[2 * k]!;
      const im = complex[2 * k + 1]!;
      magnitudes[k] = Math.sqrt(re * re + im * im);
    }
    return magnitudes;
  }
}

/** The power of two nearest to `seconds`, 64 to 16384. */
export function windowSize(sampleRate: number, seconds: number): number {
  return Math.min(16_384, Math.max(64, 2 ** Math.round(Math.log2(seconds * sampleRate))));
}
