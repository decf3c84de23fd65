import type { Initializer } from './graph';

/**
 * A convolution's weight [outputs, ...] in 8 bits with one scale for each output: scale = largest magnitude / 127, stored value =
 * round(w / scale) + 128, hence w = (stored - 128) * scale, off by half a scale at most.
 */
export interface QuantizedChannels {
  /** uint8, the weight's shape. Written first: the scales come from the same pass. */
  values: Initializer;
  /** float32 [outputs, 1, ...] */
  scales: Initializer;
}

export function quantizeChannels(name: string, dims: readonly number[], read: () => Float32Array): QuantizedChannels {
  const [outputs = 1, ...rest] = dims;
  let scales = new Float32Array(0);
  function* values(): Generator<Uint8Array> {
    const source = read();
    scales = new Float32Array(outputs);
    yield quantize(source, scales);
  }
  return {
    values: { name: `${name}_q8`, type: 'uint8', dims: [...dims], chunks: values },
    scales: {
      name: `${name}_scales`,
      type: 'float32',
      dims: [outputs, ...rest.map(() => 1)],
      chunks: () => [new Uint8Array(scales.buffer)],
    },
  };
}

function quantize(source: Float32Array, scales: Float32Array): Uint8Array {
  const values = new Uint8Array(source.length);
  const size = source.length / scales.length;
  for (let o = 0; o < scales.length; o++) {
    const own = source.subarray(o * size, (o + 1) * size);
    const largest = own.reduce((most, w) => Math.max(most, Math.abs(w)), 0);
    const scale = Math.fround(largest / 127);
    const inverse = scale > 0 ? 1 / scale : 0;
    for (let i = 0; i < size; i++) values[o * size + i] = Math.round(own[i]! * inverse) + 128;
    scales[o] = scale;
  }
  return values;
}
