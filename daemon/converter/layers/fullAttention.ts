import type { Value } from '../onnx/graphBuilder';
import type { LayerContext } from './context';

/** Softmax attention of every query over every key, no mask. q [1, S, C], k and v [1, L, C] -> [1, S, C]. */
export function fullAttention(c: LayerContext, q: Value, k: Value, v: Value, heads: number): Value {
  return c.g.msOp('MultiHeadAttention', [q, k, v], { num_heads: { int: heads } });
}
