import type { ModelConfig } from '../../common/modelConfig';
import type { GraphBuilder } from '../onnx/graphBuilder';
import type { Weights } from '../weights';

/** What every layer needs: the graph it adds to, the checkpoint it reads, the model's sizes. */
export interface LayerContext {
  g: GraphBuilder;
  weights: Weights;
  config: ModelConfig;
}
