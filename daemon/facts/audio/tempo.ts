/** Beats a minute that are looked for. */
const SLOWEST = 40;
const FASTEST = 220;
/** Listeners tap near this rate (log-normal prior, standard deviation in octaves). */
const PREFERRED = 120;
const PRIOR_OCTAVES = 0.9;
/** Multiples of the period that must agree. */
const MULTIPLES = 4;
/** A beat is clear where the autocorrelation at its multiples is this much in the mean. */
export const CLEAR_BEAT = 0.25;
/** Shorter stretches hold too few beats. */
export const LEAST_SECONDS = 5;

export interface Tempo {
  /** Beats a minute. */
  bpm: number;
  /** Mean autocorrelation of the onset strength at one to four beats, 0..1. */
  confidence: number;
}

/**
 * The period at whose multiples the onset strength repeats itself best. `strengths` are stretches with `hop` seconds a
 * value; undefined where they are too short or no period stands out.
 */
export function estimateTempo(strengths: readonly Float64Array[], hop: number): Tempo | undefined {
  const long = strengths.filter((strength) => strength.length * hop >= LEAST_SECONDS);
  if (long.length === 0) return undefined;
  const lags = Math.min(Math.ceil((MULTIPLES * 60) / SLOWEST / hop), Math.min(...long.map((s) => s.length)) - 1);
  const correlation = autocorrelation(long, lags);
  let best: Tempo | undefined;
  let bestScore = 0;
  for (let lag = Math.floor(60 / FASTEST / hop); lag <= 60 / SLOWEST / hop; lag += 0.1) {
    const confidence = agreement(correlation, lag);
    const bpm = 60 / (lag * hop);
    const score = confidence * Math.exp(-0.5 * (Math.log2(bpm / PREFERRED) / PRIOR_OCTAVES) ** 2);
    if (score > bestScore) [bestScore, best] = [score, { bpm, confidence }];
  }
  return best && best.confidence >= CLEAR_BEAT ? best : undefined;
}

/** Mean of the correlation at the multiples of a lag. */
function agreement(correlation: Float64Array, lag: number): number {
  let sum = 0;
  let count = 0;
  for (let k = 1; k <= MULTIPLES && k * lag < correlation.length - 1; k++) {
    const at = Math.floor(k * lag);
    sum += correlation[at]! + (correlation[at + 1]! - correlation[at]!) * (k * lag - at);
    count++;
  }
  return count > 1 ? sum / count : 0;
}

/** Of the strength less its local mean, 1 at lag 0, each lag divided by the values that overlap. */
function autocorrelation(strengths: readonly Float64Array[], lags: number): Float64Array {
  const sums = new Float64Array(lags + 1);
  const counts = new Float64Array(lags + 1);
  for (const strength of strengths) {
    const mean = strength.reduce((sum, value) => sum + value, 0) / strength.length;
    const values = smoothed(strength.map((value) => value - mean));
    for (let lag = 0; lag <= lags; lag++) {
      let sum = 0;
      for (let i = lag; i < values.length; i++) sum += values[i]! * values[i - lag]!;
      sums[lag]! += sum;
      counts[lag]! += values.length - lag;
    }
  }
  const whole = sums[0]! / counts[0]!;
  return sums.map((sum, lag) => (whole > 0 ? sum / counts[lag]! / whole : 0));
}

/** Players are not exact to a window. */
function smoothed(values: Float64Array): Float64Array {
  return values.map((value, i) => 0.5 * value + 0.25 * ((values[i - 1] ?? 0) + (values[i + 1] ?? 0)));
}
