import { MODALITIES } from '../../common/modality';
import type { ModelConfig } from '../../common/modelConfig';
import { PROJECTION_GRAPH } from '../../common/packLayout';
import type { LayerContext } from '../layers/context';
import { expertBlock } from '../layers/expertBlock';
import { normalize } from '../layers/norms';
import { routingTable } from '../layers/routingTable';
import type { Graph } from '../onnx/graph';
import { GraphBuilder, type Value } from '../onnx/graphBuilder';
import type { Weights } from '../weights';

/**
 * The universal projection: features of the encoder -> T0 media embeddings.
 *
 *   Z = [learned tokens ; LayerNorm(clip_proj1 features)]
 *   Y = sum over experts e of routing[:, e] * expert_e(Z)[:T0]
 *   media = LayerNorm(clip_proj2 Y)
 *
 * The experts are shared; what belongs to a modality is stacked in the order of MODALITIES and gathered by number.
 *
 * in: features [1, N + 1, W] (averaged over frames), modality int64 [1] · out: media_tokens [1, T0, D]
 */
export function projectionGraph(weights: Weights, config: ModelConfig): Graph {
  const g = new GraphBuilder(PROJECTION_GRAPH);
  const c: LayerContext = { g, weights, config, products: 'exact' };
  const features = g.input('features', 'float32', [1, 'N', config.clip.width]);
  const modality = g.input('modality', 'int64', [1]);
  const z = g.concat([learnedTokens(c, modality), projectAndNormalize(c, features, modality, 'clip_proj1')], 1);
  const mixed = mixExperts(c, z, routing(c, modality));
  g.output('media_tokens', projectAndNormalize(c, mixed, modality, 'clip_proj2'), 'float32', [
    1,
    config.resample_tokens,
    config.dim,
  ]);
  return g.build();
}

/** [1, T0, W] */
function learnedTokens(c: LayerContext, modality: Value): Value {
  const { resample_tokens, clip } = c.config;
  return perModality(c, modality, 'resample_tokens', '', [resample_tokens, clip.width]);
}

/** [1, T0, E] */
function routing({ g, weights, config }: LayerContext, modality: Value): Value {
  const dims = [MODALITIES.length, config.resample_tokens, config.resample_experts];
  const tables = MODALITIES.map((m) => () => routingTable(weights, config, m));
  return g.op('Gather', [g.weight(weights.computed('routing', dims, tables)), modality], { axis: { int: 0 } });
}

/** Each expert starts from the same Z [1, T0 + N + 1, W]; -> [1, T0, W] */
function mixExperts(c: LayerContext, z: Value, routing: Value): Value {
  const { resample_experts: experts, resample_layers: layers, resample_tokens: kept } = c.config;
  let sum: Value | undefined;
  for (let e = 0; e < experts; e++) {
    let y = z;
    for (let r = 0; r < layers; r++) {
      y = expertBlock(c, y, `resample_layers.${e}.${r}`, r === layers - 1 ? kept : undefined);
    }
    const weighted = c.g.op('Mul', [y, c.g.slice(routing, e, e + 1, 2)]);
    sum = sum === undefined ? weighted : c.g.op('Add', [sum, weighted]);
  }
  return sum!;
}

/** Linear with bias, then LayerNorm, both the modality's own. */
function projectAndNormalize(c: LayerContext, x: Value, modality: Value, name: string): Value {
  const { g, config } = c;
  const inner = config.clip.width;
  const outer = name === 'clip_proj1' ? inner : config.dim;
  const weight = perModality(c, modality, name, '.0.weight', [outer, inner]);
  const product = g.msOp('FusedMatMul', [x, weight], { transB: { int: 1 } });
  const biased = g.op('Add', [product, perModality(c, modality, name, '.0.bias', [1, outer])]);
  const vector = (suffix: string) => g.reshape(perModality(c, modality, name, suffix, [1, outer]), [outer]);
  return normalize(c, biased, vector('.1.weight'), vector('.1.bias'));
}

/** The modality's slice [1, ...dims] of `name.MODALITY.suffix` over all modalities. */
function perModality(
  { g, weights }: LayerContext,
  modality: Value,
  name: string,
  suffix: string,
  dims: number[],
): Value {
  const parts = MODALITIES.map((m) => `${name}.${m}${suffix}`);
  const stack = g.weight(weights.stacked(`${name}${suffix}`, parts, [MODALITIES.length, ...dims]));
  return g.op('Gather', [stack, modality], { axis: { int: 0 } });
}
