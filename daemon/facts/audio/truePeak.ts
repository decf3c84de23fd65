import type { WorkPacer } from './workPacer';

/** Taps of one phase on each side of the sample that it follows. */
const HALF = 12;
const TAPS = 2 * HALF;
/** Kaiser's shape; about -65 dB beside the pass band. */
const BETA = 6;
/** Samples that are judged together: quiet stretches can hold no new peak. */
const BLOCK = 64;
/** Blocks that are interpolated, the loudest first where more could hold the peak: about a second of work. */
const MOST_BLOCKS = 1 << 19;
/** Steps of the level by which the loudest are told. */
const LEVEL_STEPS = 4096;
/** Blocks between two looks at the clock. */
const BREATH_BLOCKS = 4096;

/**
 * Times to oversample, so that the result is at 192 kHz or more for 48 kHz and above (BS.1770-4, annex 2: four times at
 * 48 kHz, less above); below 22 kHz eight times costs little.
 */
export function oversampling(sampleRate: number): 1 | 2 | 4 | 8 {
  if (sampleRate >= 192_000) return 1;
  if (sampleRate >= 88_200) return 2;
  return sampleRate < 22_050 ? 8 : 4;
}

/**
 * Two phases that mirror each other, at p/factor and 1 - p/factor of the way to the next sample: the part of their taps
 * that both share and the part that has opposite signs, for the HALF samples on one side.
 */
interface PhasePair {
  even: Float64Array;
  odd: Float64Array;
}

/**
 * The values between two samples: a sinc under a Kaiser window. Annex 2 gives a filter of 12 taps a phase as an
 * example; 24 keep the pass band flat up to 0.45 of the rate.
 */
function phasePairs(factor: number): PhasePair[] {
  return Array.from({ length: factor / 2 }, (_, p) => {
    const taps = phaseTaps((p + 1) / factor);
    const half = taps.subarray(0, HALF);
    const mirrored = taps.slice(HALF).reverse();
    return {
      even: half.map((tap, t) => (tap + mirrored[t]!) / 2),
      odd: half.map((tap, t) => (tap - mirrored[t]!) / 2),
    };
  });
}

function phaseTaps(shift: number): Float64Array {
  const taps = Float64Array.from({ length: TAPS }, (_, t) => {
    const x = t - (HALF - 1) - shift;
    return (Math.sin(Math.PI * x) / (Math.PI * x)) * kaiser(x / HALF);
  });
  const sum = taps.reduce((a, b) => a + b, 0);
  return taps.map((tap) => tap / sum);
}

const kaiser = (x: number): number => (Math.abs(x) >= 1 ? 0 : besselI0(BETA * Math.sqrt(1 - x * x)) / besselI0(BETA));

function besselI0(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; k < 40; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

export interface TruePeak {
  /** Largest magnitude, at least the largest sample. */
  peak: number;
  /** Whether all stretches that can hold a larger one were looked at; else the loudest ones were. */
  isExact: boolean;
}

/** Largest magnitude between the samples of any channel, at least the largest sample. */
export async function truePeak(
  channels: readonly Float32Array[],
  sampleRate: number,
  samplePeak: number,
  pacer: WorkPacer,
): Promise<TruePeak> {
  const factor = oversampling(sampleRate);
  if (factor === 1 || samplePeak === 0) return { peak: samplePeak, isExact: true };
  const between = new Interpolator(phasePairs(factor));
  const levels: Float32Array[] = [];
  for (const samples of channels) levels.push(await blockLevels(samples, pacer));
  const least = samplePeak / between.gain; // quieter stretches can hold no larger value
  const threshold = Math.max(least, await loudestLevel(levels, samplePeak, pacer));
  let peak = samplePeak;
  let looked = 0;
  for (const [c, samples] of channels.entries())
    for (let b = 0; b < levels[c]!.length; b++) {
      if (b % BREATH_BLOCKS === 0) await pacer.breathe();
      const level = levels[c]![b]!;
      if (level < threshold || between.gain * level <= peak || ++looked > MOST_BLOCKS) continue;
      peak = Math.max(peak, between.peak(samples, b * BLOCK));
      if (looked % 64 === 0) await pacer.breathe();
    }
  return { peak, isExact: threshold === least && looked <= MOST_BLOCKS };
}

/** The level that at most MOST_BLOCKS blocks exceed, in 4096ths of the largest sample. */
async function loudestLevel(levels: readonly Float32Array[], samplePeak: number, pacer: WorkPacer): Promise<number> {
  const counts = new Uint32Array(LEVEL_STEPS + 1);
  for (const channel of levels)
    for (let b = 0; b < channel.length; b++) {
      counts[Math.floor((channel[b]! / samplePeak) * LEVEL_STEPS)]!++;
      if (b % BREATH_BLOCKS === 0) await pacer.breathe();
    }
  let step = LEVEL_STEPS;
  let above = counts[step]!;
  while (step > 0 && above + counts[step - 1]! <= MOST_BLOCKS) above += counts[--step]!;
  return (step / LEVEL_STEPS) * samplePeak;
}

/** Largest magnitude of each BLOCK samples and of both its neighbours, which the taps reach. */
async function blockLevels(samples: Float32Array, pacer: WorkPacer): Promise<Float32Array> {
  const peaks = new Float32Array(Math.ceil(samples.length / BLOCK));
  for (let b = 0; b < peaks.length; b++) {
    const to = Math.min(samples.length, (b + 1) * BLOCK);
    let most = 0;
    for (let i = b * BLOCK; i < to; i++) {
      const magnitude = Math.abs(samples[i]!);
      if (magnitude > most) most = magnitude;
    }
    peaks[b] = most;
    if (b % BREATH_BLOCKS === 0) await pacer.breathe();
  }
  let before = 0;
  for (let b = 0; b < peaks.length; b++) {
    const own = peaks[b]!;
    peaks[b] = Math.max(before, own, peaks[b + 1] ?? 0);
    before = own;
    if (b % BREATH_BLOCKS === 0) await pacer.breathe();
  }
  return peaks;
}

class Interpolator {
  /** No interpolated value exceeds this times the largest sample under the taps. */
  readonly gain: number;
  private readonly frame = new Float64Array(BLOCK + TAPS);
  private readonly sums = new Float64Array(HALF);
  private readonly differences = new Float64Array(HALF);

  constructor(private readonly pairs: readonly PhasePair[]) {
    const total = ({ even, odd }: PhasePair): number =>
      even.reduce((sum, e, t) => sum + Math.abs(e + odd[t]!) + Math.abs(e - odd[t]!), 0);
    this.gain = Math.max(...pairs.map(total));
  }

  /** Largest magnitude between each of the BLOCK samples from `from` on and its follower; beyond the ends is silence. */
  peak(samples: Float32Array, from: number): number {
    const { frame } = this;
    const start = from - (HALF - 1);
    const [first, last] = [Math.max(0, -start), Math.min(frame.length, samples.length - start)];
    frame.fill(0);
    for (let i = first; i < last; i++) frame[i] = samples[start + i]!;
    let peak = 0;
    for (let i = 0; i < BLOCK; i++) peak = Math.max(peak, this.between(i));
    return peak;
  }

  /** Largest magnitude between frame[at + HALF - 1] and its follower. */
  private between(at: number): number {
    const { frame, sums, differences } = this;
    for (let t = 0; t < HALF; t++) {
      const left = frame[at + t]!;
      const right = frame[at + TAPS - 1 - t]!;
      sums[t] = left + right;
      differences[t] = left - right;
    }
    let peak = 0;
    for (const { even, odd } of this.pairs) {
      let shared = 0;
      let opposite = 0;
      for (let t = 0; t < HALF; t++) {
        shared += even[t]! * sums[t]!;
        opposite += odd[t]! * differences[t]!;
      }
      peak = Math.max(peak, Math.abs(shared) + Math.abs(opposite)); // of shared + opposite and shared - opposite
    }
    return peak;
  }
}
