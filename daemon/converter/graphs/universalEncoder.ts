import type { ModelConfig } from '../../common/modelConfig';
import { ENCODER_GRAPH } from '../../common/packLayout';
import { clipBlock } from '../layers/clipBlock';
import type { LayerContext } from '../layers/context';
import { layerNorm } from '../layers/norms';
import type { Graph } from '../onnx/graph';
import { GraphBuilder } from '../onnx/graphBuilder';
import type { Weights } from '../weights';

/**
 * The universal encoder: CLIP's visual tower over the tokens of any modality.
 * Differs from CLIP: ln_post is applied to all tokens, the class token among them, and `visual.proj` is not.
 *
 * in: tokens [1, N + 1, W] · out: features [1, N + 1, W]
 */
export function universalEncoderGraph(weights: Weights, config: ModelConfig): Graph {
  const g = new GraphBuilder(ENCODER_GRAPH);
  const c: LayerContext = { g, weights, config, products: 'exact' };
  const dims = [1, 'N', config.clip.width];
  let x = layerNorm(c, g.input('tokens', 'float32', dims), 'clip.visual.ln_pre');
  for (let i = 0; i < config.clip.layers; i++) x = clipBlock(c, x, `clip.visual.transformer.resblocks.${i}`);
  g.output('features', layerNorm(c, x, 'clip.visual.ln_post'), 'float32', dims);
  return g.build();
}
