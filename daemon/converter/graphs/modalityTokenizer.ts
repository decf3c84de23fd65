import type { ModelConfig } from '../../common/modelConfig';
import { TOKENIZER_NAMES, type TokenizerName, tokenizerGraph } from '../../common/packLayout';
import type { LayerContext } from '../layers/context';
import { convolution, residualStem } from '../layers/convolution';
import { linearWithBias } from '../layers/linear';
import type { Graph } from '../onnx/graph';
import { GraphBuilder, type Value } from '../onnx/graphBuilder';
import type { Weights } from '../weights';

/**
 * A modality tokenizer: one input -> tokens with the class token in front and positions added, ready for the encoder.
 * in: input (see the row of the table) · out: tokens [1, N + 1, W]
 */
export function tokenizerGraphOf(name: TokenizerName, weights: Weights, config: ModelConfig): Graph {
  const g = new GraphBuilder(tokenizerGraph(name));
  const c: LayerContext = { g, weights, config, products: 'exact' };
  const { input, tokens, positions } = TOKENIZERS[name];
  const x = tokens(c, g.input('input', 'float32', input(config)));
  const classToken = g.weight(weights.tensor('clip.visual.class_embedding', [1, 1, config.clip.width]));
  const rows = g.op('Add', [g.concat([classToken, x], 1), g.weight(weights.tensor(positions))]);
  g.output('tokens', rows, 'float32', [1, 'N', config.clip.width]);
  return g.build();
}

export function tokenizerGraphs(weights: Weights, config: ModelConfig): Graph[] {
  return TOKENIZER_NAMES.map((name) => tokenizerGraphOf(name, weights, config));
}

interface Tokenizer {
  input(config: ModelConfig): number[];
  /** -> [1, N, W] */
  tokens(c: LayerContext, input: Value): Value;
  /** Checkpoint name of the positions [N + 1, W]. */
  positions: string;
}

const TOKENIZERS = {
  /** One picture or frame [1, 3, S, S]; N = (S / patch)^2, row by row. */
  image: {
    input: ({ clip }) => [1, 3, clip.image, clip.image],
    tokens: (c, x) => {
      const { stem, clip } = c.config;
      const stride = clip.patch / 2 ** stem.image.length;
      const y = residualStem(c, x, 'clip.visual.stem', stem.image);
      return channelsLast(c, convolution(c, y, 'clip.visual.conv1', { strides: [stride, stride], bias: false }));
    },
    positions: 'clip.visual.positional_embedding',
  },
  /** Filter bank [1, 1, mels, frames]; token index = frequency step * time steps + time step. */
  audio: {
    input: ({ audio }) => [1, 1, audio.mels, audio.frames],
    tokens: (c, x) => {
      const { stem, audio } = c.config;
      const strides = audio.stride.map((s) => s / 2 ** stem.audio.length);
      const y = residualStem(c, x, 'conv1.audio.stem', stem.audio);
      return channelsLast(c, convolution(c, y, 'conv1.audio', { strides, bias: true }));
    },
    positions: 'positional_embedding.audio',
  },
  /** Gathered neighbourhoods [1, 6 or 9, groups, neighbours] -> the largest response in each. */
  point: {
    input: ({ point }) => [1, point.relative ? 9 : 6, point.groups, point.neighbours],
    tokens: (c, x) => {
      const pointwise = (y: Value, name: string) => convolution(c, y, name, { strides: [1, 1], bias: true });
      const y = c.config.stem.point.reduce((v, _, i) => c.g.op('Relu', [pointwise(v, `conv1.point.stem.${i}`)]), x);
      const responses = pointwise(y, 'conv1.point.conv1');
      return channelsLast(c, c.g.op('ReduceMax', [responses, c.g.ints([3])], { keepdims: { int: 0 } }));
    },
    positions: 'positional_embedding.point',
  },
  /** Voxels [1, 1, voxels] -> one linear layer, read as [W, tokens], then turned: token j, channel c = y[c * tokens + j]. */
  fmri: {
    input: ({ fmri_voxels }) => [1, 1, fmri_voxels],
    tokens: (c, x) => channelsLast(c, c.g.reshape(linearWithBias(c, x, 'conv1.fmri'), [1, c.config.clip.width, -1])),
    positions: 'positional_embedding.fmri',
  },
  /** Accelerometer and gyroscope [1, 6, samples]. */
  imu: {
    input: ({ imu }) => [1, imu.channels, imu.samples],
    tokens: (c, x) => channelsLast(c, convolution(c, x, 'conv1.imu', { strides: [c.config.imu.stride], bias: false })),
    positions: 'positional_embedding.imu',
  },
} as const satisfies Record<TokenizerName, Tokenizer>;

/** [1, W, ...] -> [1, N, W] */
function channelsLast(c: LayerContext, x: Value): Value {
  return c.g.transpose(c.g.reshape(x, [1, c.config.clip.width, -1]), [0, 2, 1]);
}
