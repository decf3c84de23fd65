import { feedForwardWidth } from '../../common/modelConfig';
import type { Value } from '../onnx/graphBuilder';
import type { LayerContext } from './context';
import { linear, matrix } from './linear';

/**
 * SwiGLU, x [1, S, width] -> [1, S, width]: w2(silu(w1 x) * (w3 x)), no biases.
 * w1 and w3 are one product; silu is QuickGelu with alpha 1.
 */
export function feedForward(c: LayerContext, x: Value, name: string, width: number): Value {
  const hidden = feedForwardWidth(width, c.config.multiple_of);
  const both = linear(c, x, `${name}.w1_w3`, [matrix(c, `${name}.w1.weight`), matrix(c, `${name}.w3.weight`)]);
  const [gate, up] = c.g.split(both, [hidden, hidden], 2);
  const gated = c.g.op('Mul', [c.g.msOp('QuickGelu', [gate!], { alpha: { float: 1 } }), up!]);
  return linear(c, gated, `${name}.w2`, [matrix(c, `${name}.w2.weight`)]);
}
