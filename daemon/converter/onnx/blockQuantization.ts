/**
 * Weights of com.microsoft.MatMulNBits: each row of a matrix [N, K] is cut into blocks of 32 columns with one scale
 * a block, no zero points. The last block of a row is filled up with zeros where K is not a multiple of 32.
 * https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md#com.microsoft.MatMulNBits
 */
export const BLOCK = 32;

export const blocksOf = (columns: number): number => Math.ceil(columns / BLOCK);

/** Bytes of one block's quantised values. */
export const blockBytes = (bits: 8 | 4): number => (BLOCK * bits) / 8;

/**
 * Quantises `rows` [n, columns] into `values` [n, blocks, blockBytes] and `scales` [n, blocks].
 * 8 bits: scale = largest magnitude / 127, stored value = round(w / scale) + 128.
 * 4 bits: scale = -(value of largest magnitude) / 8, so that all 16 levels are used (llama.cpp's Q4_0); low nibble first.
 */
export function quantizeRows(
  rows: Float32Array,
  columns: number,
  bits: 8 | 4,
  values: Uint8Array,
  scales: Float32Array,
): void {
  const n = rows.length / columns;
  const blocks = blocksOf(columns);
  for (let r = 0; r < n; r++) {
    for (let b = 0; b < blocks; b++) {
      const from = r * columns + b * BLOCK;
      const block = rows.subarray(from, Math.min(from + BLOCK, (r + 1) * columns));
      const at = r * blocks + b;
      const target = values.subarray(at * blockBytes(bits), (at + 1) * blockBytes(bits));
      scales[at] = bits === 8 ? quantizeBlock8(block, target) : quantizeBlock4(block, target);
    }
  }
}

/** Returns the block's scale. */
function quantizeBlock8(block: Float32Array, target: Uint8Array): number {
  const scale = Math.fround(Math.abs(extreme(block)) / 127);
  const inverse = scale > 0 ? 1 / scale : 0;
  target.fill(128);
  for (let i = 0; i < block.length; i++) target[i] = Math.round(block[i]! * inverse) + 128;
  return scale;
}

function quantizeBlock4(block: Float32Array, target: Uint8Array): number {
  const scale = Math.fround(extreme(block) / -8);
  const inverse = scale !== 0 ? 1 / scale : 0;
  const level = (i: number) => (i < block.length ? Math.min(15, Math.max(0, Math.round(block[i]! * inverse) + 8)) : 8);
  for (let i = 0; i < target.length; i++) target[i] = level(2 * i) | (level(2 * i + 1) << 4);
  return scale;
}

/** The value of largest magnitude, with its sign. */
function extreme(block: Float32Array): number {
  let best = 0;
  for (let i = 0; i < block.length; i++) if (Math.abs(block[i]!) > Math.abs(best)) best = block[i]!;
  return best;
}
