import { errors } from '../common/errors';

/** One rule for the next token: logits [V] -> id. */
export interface Sampler {
  choose(logits: Float32Array): number;
}

export interface SamplingOptions {
  /** 0 = greedy. */
  temperature: number;
  /** Share of the probability that may be drawn from, (0, 1]; 1 = all of it. */
  topP: number;
  seed: number;
}

export function samplerFor({ temperature, topP, seed }: SamplingOptions): Sampler {
  return temperature > 0 ? new TopP(temperature, topP, new SeededRandom(seed)) : new Greedy();
}

/** The largest logit; of equals the first. */
export class Greedy implements Sampler {
  choose(logits: Float32Array): number {
    let best = 0;
    for (let i = 1; i < logits.length; i++) if (logits[i]! > logits[best]!) best = i;
    return best;
  }
}

/**
 * `sample_top_p` of the official code: softmax(logits / temperature), sorted descending; token i is dropped when the
 * sum before it exceeds topP, so that the first always stays; one is drawn from the rest by its share.
 */
export class TopP implements Sampler {
  constructor(
    private readonly temperature: number,
    private readonly topP: number,
    private readonly random: SeededRandom,
  ) {}

  choose(logits: Float32Array): number {
    const probabilities = softmax(logits, this.temperature);
    const nucleus = this.nucleus(probabilities);
    let point = this.random.next() * nucleus.reduce((sum, id) => sum + probabilities[id]!, 0);
    for (const id of nucleus) {
      point -= probabilities[id]!;
      if (point < 0) return id;
    }
    return nucleus.at(-1)!;
  }

  /** Ids that may be drawn, most probable first, of equals the smaller id. */
  private nucleus(probabilities: Float64Array): number[] {
    // All tokens below this together weigh less than 1 - topP, so none of them can be in: they need no sorting.
    const floor = (1 - this.topP) / probabilities.length;
    const candidates: number[] = [];
    for (let id = 0; id < probabilities.length; id++) if (probabilities[id]! >= floor) candidates.push(id);
    candidates.sort((a, b) => probabilities[b]! - probabilities[a]! || a - b);
    let before = 0;
    for (let i = 0; i < candidates.length; i++) {
      if (before > this.topP) return candidates.slice(0, i);
      before += probabilities[candidates[i]!]!;
    }
    return candidates;
  }
}

/** Mulberry32: 32 bits of state, the same numbers on every machine. */
export class SeededRandom {
  private state: number;

  constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** Uniform in [0, 1). */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let t = this.state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }
}

/** softmax(logits / temperature), [V]. Throws MODEL_FAILED when the logits are not numbers. */
export function softmax(logits: Float32Array, temperature: number): Float64Array {
  const largest = logits.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const out = Float64Array.from(logits, (v) => Math.exp((v - largest) / temperature));
  const sum = out.reduce((a, b) => a + b, 0);
  if (!Number.isFinite(sum)) throw errors.modelFailed('its output is not a number');
  return out.map((v) => v / sum);
}

/** Probability of `id` at temperature 1: what the answer's confidence is made of. Throws MODEL_FAILED as `softmax` does. */
export function probabilityOf(logits: Float32Array, id: number): number {
  let sum = 0;
  for (let i = 0; i < logits.length; i++) sum += Math.exp(logits[i]! - logits[id]!);
  if (Number.isNaN(sum)) throw errors.modelFailed('its output is not a number');
  return 1 / sum;
}
