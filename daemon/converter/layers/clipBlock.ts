import type { Value } from '../onnx/graphBuilder';
import type { LayerContext } from './context';
import { fullAttention } from './fullAttention';
import { linear, linearWithBias, matrix } from './linear';
import { layerNorm } from './norms';

/**
 * One residual block of the CLIP tower, x [1, N, W] -> [1, N, W]:
 * x += attention(ln_1(x)); x += c_proj(QuickGELU(c_fc(ln_2(x)))).
 * QuickGELU(x) = x * sigmoid(1.702 x): OpenAI's weights were trained with it; a plain GELU is wrong.
 */
export function clipBlock(c: LayerContext, x: Value, name: string): Value {
  const attended = c.g.op('Add', [x, attention(c, layerNorm(c, x, `${name}.ln_1`), `${name}.attn`)]);
  return c.g.op('Add', [attended, mlp(c, layerNorm(c, attended, `${name}.ln_2`), `${name}.mlp`)]);
}

/** Rows of in_proj: queries, keys, values. */
function attention(c: LayerContext, x: Value, name: string): Value {
  const { g, weights, config } = c;
  const { width, heads } = config.clip;
  const projected = linear(c, x, `${name}.in_proj_weight`, [matrix(c, `${name}.in_proj_weight`)]);
  const qkv = g.op('Add', [projected, g.weight(weights.tensor(`${name}.in_proj_bias`))]);
  const [q, k, v] = g.split(qkv, [width, width, width], 2);
  return linearWithBias(c, fullAttention(c, q!, k!, v!, heads), `${name}.out_proj`);
}

function mlp(c: LayerContext, x: Value, name: string): Value {
  const hidden = c.g.msOp('QuickGelu', [linearWithBias(c, x, `${name}.c_fc`)], { alpha: { float: 1.702 } });
  return linearWithBias(c, hidden, `${name}.c_proj`);
}
