import type { Matrix } from './linear';

/** LLaMA 1 and 2. */
const THETA = 10000;

/**
 * LLaMA rotates adjacent pairs (2i, 2i + 1) of a head; ONNX Runtime's fastest form rotates (i, i + d/2). Reordering
 * the rows of wq and wk within each head, evens first, then odds, makes the two equal.
 */
export function evensThenOdds(m: Matrix, heads: number): Matrix {
  return { ...m, read: () => reorder(m.read(), m.rows / heads, m.columns) };
}

function reorder(weight: Float32Array, headRows: number, columns: number): Float32Array {
  const half = headRows / 2;
  const reordered = new Float32Array(weight.length);
  for (let r = 0; r < weight.length / columns; r++) {
    const within = r % headRows;
    const to = r - within + (within % 2) * half + Math.floor(within / 2);
    reordered.set(weight.subarray(r * columns, (r + 1) * columns), to * columns);
  }
  return reordered;
}

/** cos or sin of position * theta^(-2i / headDim), [positions, headDim / 2]; angles in float64. */
export function rotaryTable(f: (angle: number) => number, positions: number, headDim: number): Float32Array {
  const half = headDim / 2;
  const table = new Float32Array(positions * half);
  for (let p = 0; p < positions; p++) {
    for (let i = 0; i < half; i++) table[p * half + i] = f(p * THETA ** ((-2 * i) / headDim));
  }
  return table;
}
