/** Zero crossings on each side of the kernel (`lowpass_filter_width`). */
const ZERO_CROSSINGS = 6;
/** Cut-off as a share of the lower Nyquist frequency. */
const ROLLOFF = 0.99;

/**
 * `torchaudio.functional.resample` with its defaults: a Hann-windowed sinc. Rates in Hz are made whole (towards zero),
 * as there. Returns at most `limit` samples, and reads only what those need: [ceil(to * n / from)] otherwise.
 *
 * Differs in order only: torchaudio convolves with all phases at once; here the few taps of each phase that are not
 * zero are kept, so that odd rates (44,101 Hz has 16,000 phases) stay cheap.
 */
export function resampleSinc(
  input: Float32Array,
  fromRate: number,
  toRate: number,
  limit = Number.POSITIVE_INFINITY,
): Float32Array {
  const divisor = greatestCommonDivisor(Math.trunc(fromRate), Math.trunc(toRate));
  const from = Math.trunc(fromRate) / divisor;
  const to = Math.trunc(toRate) / divisor;
  if (from === to) return input.slice(0, Math.min(input.length, limit));
  const length = Math.min(Math.ceil((to * input.length) / from), limit);
  const output = new Float32Array(length);
  const phases = new Phases(from, to);
  for (let n = 0; n < length; n++) {
    const phase = phases.get(n % to);
    output[n] = convolve(input, Math.floor(n / to) * from + phase.first, phase.taps);
  }
  return output;
}

interface Phase {
  /** Input sample of the first tap, relative to the block of `from` samples. */
  first: number;
  taps: Float64Array;
}

/** Made when first asked for: a short sound at an odd rate needs few of them. */
class Phases {
  private readonly made = new Map<number, Phase>();

  constructor(
    private readonly from: number,
    private readonly to: number,
  ) {}

  get(j: number): Phase {
    const made = this.made.get(j) ?? phaseOf(j, this.from, this.to);
    this.made.set(j, made);
    return made;
  }
}

/** Taps of output sample j of a block: h(t) = sinc(t) * cos^2(pi t / 2w) * cutoff / from, |t| < w = zero crossings. */
function phaseOf(j: number, from: number, to: number): Phase {
  const cutoff = Math.min(from, to) * ROLLOFF;
  const reach = (ZERO_CROSSINGS * from) / cutoff;
  const centre = (j * from) / to;
  const first = Math.ceil(centre - reach);
  const taps = new Float64Array(Math.floor(centre + reach) - first + 1);
  for (let k = 0; k < taps.length; k++)
    taps[k] = (windowedSinc(((first + k - centre) * cutoff) / from) * cutoff) / from;
  return { first, taps };
}

function windowedSinc(t: number): number {
  if (Math.abs(t) >= ZERO_CROSSINGS) return 0;
  const window = Math.cos((t * Math.PI) / ZERO_CROSSINGS / 2) ** 2;
  return t === 0 ? window : (Math.sin(t * Math.PI) / (t * Math.PI)) * window;
}

/** Samples before and after the input are zero. */
function convolve(input: Float32Array, first: number, taps: Float64Array): number {
  let sum = 0;
  const end = Math.min(taps.length, input.length - first);
  for (let k = Math.max(0, -first); k < end; k++) sum += taps[k]! * input[first + k]!;
  return sum;
}

function greatestCommonDivisor(a: number, b: number): number {
  while (b > 0) [a, b] = [b, a % b];
  return a;
}
