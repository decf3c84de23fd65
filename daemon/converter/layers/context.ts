import type { ModelConfig } from '../../common/modelConfig';
import type { GraphBuilder } from '../onnx/graphBuilder';
import type { Weights } from '../weights';

/** What every layer needs: the graph it adds to, the checkpoint it reads, the model's sizes. */
export interface LayerContext {
  g: GraphBuilder;
  weights: Weights;
  config: ModelConfig;
  /**
   * How quantised products are computed. "exact": in float32, faster for many rows at a time (encoder, projection).
   * "fast": activations are rounded to int8 too, three times as fast for one row at a time (decoding).
   */
  products: 'exact' | 'fast';
}
