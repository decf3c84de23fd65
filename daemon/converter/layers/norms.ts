import type { Value } from '../onnx/graphBuilder';
import type { LayerContext } from './context';

/** CLIP and the projections use PyTorch's default. */
export const LAYER_NORM_EPSILON = 1e-5;

/** LayerNorm over the last axis, weight and bias under `name`. */
export function layerNorm(c: LayerContext, x: Value, name: string): Value {
  const { g, weights } = c;
  return normalize(c, x, g.weight(weights.tensor(`${name}.weight`)), g.weight(weights.tensor(`${name}.bias`)));
}

/** LayerNorm with scale and shift that are values of the graph. */
export function normalize(c: LayerContext, x: Value, scale: Value, shift: Value): Value {
  return c.g.op('LayerNormalization', [x, scale, shift], { axis: { int: -1 }, epsilon: { float: LAYER_NORM_EPSILON } });
}

/** x / sqrt(mean(x^2) + norm_eps) * weight, as LLaMA does it, in float32. */
export function rmsNorm(c: LayerContext, x: Value, name: string): Value {
  return c.g.op('SimplifiedLayerNormalization', [x, c.g.weight(c.weights.tensor(`${name}.weight`))], {
    axis: { int: -1 },
    epsilon: { float: c.config.norm_eps },
    stash_type: { int: 1 },
  });
}
