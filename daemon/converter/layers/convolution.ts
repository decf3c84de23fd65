import { quantizeChannels } from '../onnx/channelQuantization';
import type { Initializer } from '../onnx/graph';
import type { Value } from '../onnx/graphBuilder';
import { bytesOf } from '../weights';
import type { LayerContext } from './context';
import { halved, widened } from './linear';

interface ConvolutionOptions {
  strides: number[];
  bias: boolean;
  /** On every side; 0 when absent. */
  padding?: number;
}

/** Convolution over one or two spatial axes; the kernel's size is the weight's. */
export function convolution({ g, weights }: LayerContext, x: Value, name: string, options: ConvolutionOptions): Value {
  return convolved({ g, weights }, x, g.weight(weights.tensor(`${name}.weight`)), name, options);
}

function convolved(
  { g, weights }: Pick<LayerContext, 'g' | 'weights'>,
  x: Value,
  weight: Value,
  name: string,
  options: ConvolutionOptions,
): Value {
  const inputs = [x, weight];
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
    const stage = (layer: string, v: Value, stride: number) => {
      const full = `${name}.${s}.${layer}`;
      return convolved(c, v, stemWeight(c, full), full, { strides: [stride, stride], bias: true, padding: 1 });
    };
    const down = g.op('Relu', [stage('down', input, 2)]);
    if (s === 0) return down;
    const branch = stage('conv_b', g.op('Relu', [stage('conv_a', down, 1)]), 1);
    return g.op('Relu', [g.op('Add', [down, branch])]);
  }, x);
}

/**
 * A stem has most of a small model's numbers. In fp16 packs they lie on disk in half precision, in int8 and int4 packs in 8 bits with
 * one scale for each output channel; they are widened when the session opens, and everything is computed in float32.
 */
function stemWeight({ g, weights }: LayerContext, name: string): Value {
  const wide = weights.tensor(`${name}.weight`);
  if (weights.dtype === 'fp32') return g.weight(wide);
  if (weights.dtype === 'fp16') return widened(g, { ...wide, type: 'float16', chunks: () => halved(wide.chunks()) });
  const quantized = quantizeChannels(`${name}.weight`, wide.dims, () => weights.read(`${name}.weight`));
  const centred = g.op('Sub', [widened(g, quantized.values), g.weight(MIDDLE)]);
  return g.op('Mul', [centred, g.weight(quantized.scales)]);
}

const MIDDLE: Initializer = {
  name: 'middle',
  type: 'float32',
  dims: [1],
  chunks: () => [bytesOf(Float32Array.of(128))],
};
