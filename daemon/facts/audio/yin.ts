import FFT from 'fft.js';

/** A period that a frame may have. */
export interface PitchCandidate {
  hz: number;
  /** YIN's normalised difference at the period: 0 = repeats exactly, about 1 = not at all. */
  aperiodicity: number;
}

/** Dips at two, three and more periods are as deep as the first: an octave lower costs this. */
const OCTAVE_COST = 0.03;
/** Highest pitch of the octave cost's scale, Hz. */
const REFERENCE_HZ = 2200;

/** What a candidate costs for being low, in units of aperiodicity. */
export const octaveCost = ({ hz }: PitchCandidate): number => OCTAVE_COST * Math.log2(REFERENCE_HZ / hz);
/** What taking a candidate costs, in units of aperiodicity. */
export const candidateCost = (candidate: PitchCandidate): number => candidate.aperiodicity + octaveCost(candidate);

/** Candidates a frame. */
const MOST_CANDIDATES = 5;
/** Dips above this are no periods. */
const WORST = 0.6;

/**
 * The cumulative mean normalised difference function of YIN (de Cheveigné and Kawahara, 2002, equations 1, 6 and 8) and
 * its dips, by one FFT forwards and one back a frame.
 */
export class Yin {
  /** Samples that a frame needs: the window and the longest period. */
  readonly frameLength: number;
  private readonly longest: number;
  private readonly shortest: number;
  private readonly fft: FFT;
  private readonly input: number[];
  private readonly spectrum: number[];
  private readonly difference: Float64Array;

  /** `window` samples are compared with those a period later, `fmin` to `fmax` Hz. */
  constructor(
    private readonly rate: number,
    private readonly window: number,
    fmin: number,
    fmax: number,
  ) {
    this.longest = Math.ceil(rate / fmin);
    this.shortest = Math.max(2, Math.ceil(rate / fmax));
    this.frameLength = window + this.longest + 1;
    // what wraps round falls on lags beyond the longest
    this.fft = new FFT(2 ** Math.ceil(Math.log2(this.frameLength)));
    this.input = this.fft.createComplexArray() as number[];
    this.spectrum = this.fft.createComplexArray() as number[];
    this.difference = new Float64Array(this.longest + 2);
  }

  /** The cheapest dips of samples[at, at + frameLength), best first. */
  candidates(samples: Float32Array, at: number): PitchCandidate[] {
    this.measureDifference(samples, at);
    const d = this.difference;
    const found: PitchCandidate[] = [];
    for (let tau = this.shortest; tau <= this.longest; tau++) {
      if (d[tau]! > WORST || d[tau]! > d[tau - 1]! || d[tau]! >= d[tau + 1]!) continue;
      const curve = d[tau - 1]! - 2 * d[tau]! + d[tau + 1]!;
      const shift = curve > 0 ? (0.5 * (d[tau - 1]! - d[tau + 1]!)) / curve : 0;
      const aperiodicity = Math.max(0, d[tau]! - 0.25 * (d[tau - 1]! - d[tau + 1]!) * shift);
      found.push({ hz: this.rate / (tau + shift), aperiodicity });
    }
    return found.sort((a, b) => candidateCost(a) - candidateCost(b)).slice(0, MOST_CANDIDATES);
  }

  /** d'(tau) for tau = 0..longest + 1. */
  private measureDifference(samples: Float32Array, at: number): void {
    const { window, longest, difference } = this;
    const cross = this.crossCorrelation(samples, at);
    let energy = 0;
    for (let i = 0; i < window; i++) energy += samples[at + i]! ** 2;
    let later = energy;
    let sum = 0;
    difference[0] = 1;
    for (let tau = 1; tau <= longest + 1; tau++) {
      later += (samples[at + tau + window - 1] ?? 0) ** 2 - samples[at + tau - 1]! ** 2;
      const d = Math.max(0, energy + later - 2 * cross[2 * tau]!);
      sum += d;
      difference[tau] = sum > 0 ? (d * tau) / sum : 1;
    }
  }

  /**
   * Sum over the window of x[i] * x[i + tau], in the real parts. The frame goes in as the real part and its window as
   * the imaginary one; both spectra come out of one transform by their symmetry.
   */
  private crossCorrelation(samples: Float32Array, at: number): number[] {
    const { input, spectrum, fft, window, frameLength } = this;
    const { size } = fft;
    for (let i = 0; i < size; i++) {
      const value = i < frameLength ? (samples[at + i] ?? 0) : 0;
      input[2 * i] = value;
      input[2 * i + 1] = i < window ? value : 0;
    }
    fft.transform(spectrum, input);
    for (let k = 0; k < size; k++) {
      const m = (size - k) % size;
      const ar = spectrum[2 * k]!;
      const ai = spectrum[2 * k + 1]!;
      const br = spectrum[2 * m]!;
      const bi = spectrum[2 * m + 1]!;
      const xr = (ar + br) / 2; // frame
      const xi = (ai - bi) / 2;
      const wr = (ai + bi) / 2; // window
      const wi = (br - ar) / 2;
      input[2 * k] = xr * wr + xi * wi; // frame times the window's conjugate
      input[2 * k + 1] = xi * wr - xr * wi;
    }
    fft.inverseTransform(spectrum, input);
    return spectrum;
  }
}
