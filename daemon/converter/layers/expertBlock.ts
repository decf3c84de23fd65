import type { Value } from '../onnx/graphBuilder';
import type { LayerContext } from './context';
import { feedForward } from './feedForward';
import { fullAttention } from './fullAttention';
import { linear, matrix } from './linear';
import { rmsNorm } from './norms';

/**
 * A block of a projection expert: LLaMA's block without rotary positions, without a causal mask, z [1, L, W].
 * With `keep`, only the first `keep` tokens are computed (keys and values still come from all): the rest of the last
 * block's output is never used. -> [1, L or keep, W]
 */
export function expertBlock(c: LayerContext, z: Value, name: string, keep?: number): Value {
  const { g, config } = c;
  const kept = (x: Value) => (keep === undefined ? x : g.slice(x, 0, keep, 1));
  const normed = rmsNorm(c, z, `${name}.attention_norm`);
  const attended = attention(c, kept(normed), normed, `${name}.attention`);
  const h = g.op('Add', [kept(z), attended]);
  return g.op('Add', [h, feedForward(c, rmsNorm(c, h, `${name}.ffn_norm`), `${name}.feed_forward`, config.clip.width)]);
}

function attention(c: LayerContext, queries: Value, all: Value, name: string): Value {
  const { width } = c.config.clip;
  const q = linear(c, queries, `${name}.wq`, [matrix(c, `${name}.wq.weight`)]);
  const kv = linear(c, all, `${name}.wk_wv`, [matrix(c, `${name}.wk.weight`), matrix(c, `${name}.wv.weight`)]);
  const [k, v] = c.g.split(kv, [width, width], 2);
  const mixed = fullAttention(c, q, k!, v!, c.config.resample_heads);
  return linear(c, mixed, `${name}.wo`, [matrix(c, `${name}.wo.weight`)]);
}
