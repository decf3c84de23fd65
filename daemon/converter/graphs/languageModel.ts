import type { ModelConfig } from '../../common/modelConfig';
import { LANGUAGE_MODEL_GRAPH } from '../../common/packLayout';
import type { LayerContext } from '../layers/context';
import { type DecoderInputs, decoderBlock, type KeyValue } from '../layers/decoderBlock';
import { linear, matrix } from '../layers/linear';
import { rmsNorm } from '../layers/norms';
import { rotaryTable } from '../layers/rotary';
import type { Graph } from '../onnx/graph';
import { GraphBuilder, type Value } from '../onnx/graphBuilder';
import type { Weights } from '../weights';

/**
 * The language model: S new positions after P past ones (P = the cache's capacity, 0 at first).
 *
 * in:  inputs_embeds [1, S, D], position_ids int64 [1, S], mask [1, 1, S, P + S], parts int64 [2] = [P, S],
 *      past.I.key and past.I.value [1, heads, P, head]
 * out: logits [1, 1, V] of the last position, new_kv [2L, heads, S, head] (key, value of each layer in turn)
 */
export function languageModelGraph(weights: Weights, config: ModelConfig): Graph {
  const g = new GraphBuilder(LANGUAGE_MODEL_GRAPH);
  const c: LayerContext = { g, weights, config, products: 'fast' };
  let x = g.input('inputs_embeds', 'float32', [1, 'S', config.dim]);
  const shared = sharedInputs(c);
  const fresh: Value[] = [];
  for (let i = 0; i < config.n_layers; i++) {
    const block = decoderBlock(c, x, `layers.${i}`, pastInput(c, i), shared);
    fresh.push(block.fresh.key, block.fresh.value);
    x = block.x;
  }
  const last = rmsNorm(c, g.slice(x, -1, Number.MAX_SAFE_INTEGER, 1), 'norm');
  const logits = linear(c, last, 'output', [matrix(c, 'output.weight')]);
  g.output('logits', logits, 'float32', [1, 1, config.vocab_size]);
  g.output('new_kv', g.concat(fresh, 0), 'float32', [2 * config.n_layers, config.n_heads, 'S', headDim(config)]);
  return g.build();
}

const headDim = (config: ModelConfig): number => config.dim / config.n_heads;

function sharedInputs({ g, weights, config }: LayerContext): DecoderInputs {
  const table = (name: string, f: (angle: number) => number): Value => {
    const dims = [config.max_seq_len, headDim(config) / 2];
    return g.weight(weights.computed(name, dims, [() => rotaryTable(f, config.max_seq_len, headDim(config))]));
  };
  return {
    positions: g.input('position_ids', 'int64', [1, 'S']),
    mask: g.input('mask', 'float32', [1, 1, 'S', 'P_and_S']),
    parts: g.input('parts', 'int64', [2]),
    cos: table('rotary.cos', Math.cos),
    sin: table('rotary.sin', Math.sin),
  };
}

function pastInput({ g, config }: LayerContext, layer: number): KeyValue {
  const dims = [1, config.n_heads, 'P', headDim(config)];
  return {
    key: g.input(`past.${layer}.key`, 'float32', dims),
    value: g.input(`past.${layer}.value`, 'float32', dims),
  };
}
