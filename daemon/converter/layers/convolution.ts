import type { Value } from '../onnx/graphBuilder';
import type { LayerContext } from './context';

interface ConvolutionOptions {
  strides: number[];
  bias: boolean;
  /** On every side; 0 when absent. */
  padding?: number;
}

/** Convolution over one or two spatial axes; the kernel's size is the weight's. */
export function convolution({ g, weights }: LayerContext, x: Value, name: string, options: ConvolutionOptions): Value {
  const inputs = [x, g.weight(weights.tensor(`${name}.weight`))];
  if (options.bias) inputs.push(g.weight(weights.tensor(`${name}.bias`)));
  const pads = options.strides.flatMap(() => [options.padding ?? 0, options.padding ?? 0]);
  return g.op('Conv', inputs, { strides: { ints: options.strides }, pads: { ints: pads } });
}

/**
 * The stem of `ModelConfig.stem`: stage s halves both sides; from the second stage on, a residual pair follows.
 * x [1, C, A, B] -> [1, channels of the last stage, A / 2^stages, B / 2^stages]. No channels, no stem.
 */
export function residualStem(c: LayerContext, x: Value, name: string, channels: readonly number[]): Value {
  const { g } = c;
  return channels.reduce((input, _, s) => {
    const stage = (layer: string, v: Value, stride: number) =>
      convolution(c, v, `${name}.${s}.${layer}`, { strides: [stride, stride], bias: true, padding: 1 });
    const down = g.op('Relu', [stage('down', input, 2)]);
    if (s === 0) return down;
    const branch = stage('conv_b', g.op('Relu', [stage('conv_a', down, 1)]), 1);
    return g.op('Relu', [g.op('Add', [down, branch])]);
  }, x);
}
