import type { Modality } from '../../common/modality';
import type { ModelConfig } from '../../common/modelConfig';
import type { Weights } from '../weights';

/**
 * The router's weights of a modality, [T0, E]; rows add up to 1.
 *
 * The official router runs on [learned tokens ; features], but works token by token and only its first T0 rows are
 * used: so they depend on the learned tokens alone and are the same for every input. Router: Linear W -> 4W, GELU
 * (exact), Linear 4W -> E, sigmoid, then each row divided by its sum (the paper says softmax; the code does not).
 */
export function routingTable(weights: Weights, config: ModelConfig, modality: Modality): Float32Array {
  const { resample_tokens: tokens, resample_experts: experts } = config;
  const width = config.clip.width;
  const learned = weights.read(`resample_tokens.${modality}`);
  const layer = (name: string): Affine => ({
    weight: weights.read(`routers.${modality}.${name}.weight`),
    bias: weights.read(`routers.${modality}.${name}.bias`),
  });
  const fc1 = layer('fc1');
  const fc2 = layer('fc2');
  const table = new Float32Array(tokens * experts);
  for (let t = 0; t < tokens; t++) {
    const hidden = affine(learned.subarray(t * width, (t + 1) * width), fc1).map(gelu);
    const scores = affine(hidden, fc2).map((x) => 1 / (1 + Math.exp(-x)));
    const sum = scores.reduce((a, b) => a + b, 0);
    table.set(
      scores.map((s) => s / sum),
      t * experts,
    );
  }
  return table;
}

interface Affine {
  /** [outputs, inputs] */
  weight: Float32Array;
  bias: Float32Array;
}

function affine(x: ArrayLike<number>, { weight, bias }: Affine): Float64Array {
  return Float64Array.from(bias, (b, o) => {
    let sum = b;
    for (let i = 0; i < x.length; i++) sum += weight[o * x.length + i]! * x[i]!;
    return sum;
  });
}

const gelu = (x: number): number => 0.5 * x * (1 + erf(x / Math.SQRT2));

/** Error function by its Maclaurin series, or its continued fraction from 3 on; exact to 1e-14. */
export function erf(x: number): number {
  const a = Math.abs(x);
  if (a > 6) return Math.sign(x);
  return Math.sign(x) * (a < 3 ? erfSeries(a) : 1 - erfcFraction(a));
}

function erfSeries(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
}

/** erfc(x) = exp(-x^2) / sqrt(pi) * 1 / (x + (1/2) / (x + 1 / (x + (3/2) / (x + ...)))) */
function erfcFraction(x: number): number {
  let tail = x;
  for (let n = 60; n >= 1; n--) tail = x + n / 2 / tail;
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / tail;
}
