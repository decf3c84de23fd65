import { readFileSync } from 'node:fs';

export interface ReferenceTensor {
  shape: number[];
  data: Float32Array | Int32Array;
}

/** All tensors of a safetensors file of F32 and I32 (test/fixtures). */
export function referenceTensors(file: string): Map<string, ReferenceTensor> {
  const bytes = readFileSync(file);
  const headerLength = Number(bytes.readBigUInt64LE(0));
  const header: Record<string, { dtype: string; shape: number[]; data_offsets: [number, number] }> = JSON.parse(
    bytes.subarray(8, 8 + headerLength).toString(),
  );
  const tensors = new Map<string, ReferenceTensor>();
  for (const [name, { dtype, shape, data_offsets }] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    const [from, to] = data_offsets.map((offset) => 8 + headerLength + offset) as [number, number];
    const buffer = Uint8Array.prototype.slice.call(bytes, from, to).buffer;
    tensors.set(name, { shape, data: dtype === 'I32' ? new Int32Array(buffer) : new Float32Array(buffer) });
  }
  return tensors;
}

/** Largest and mean absolute difference. */
export function difference(a: ArrayLike<number>, b: ArrayLike<number>): { max: number; mean: number } {
  if (a.length !== b.length) throw new Error(`${a.length} and ${b.length} numbers`);
  let max = 0;
  let sum = 0;
  for (let i = 0; i < a.length; i++) {
    const d = Math.abs(a[i]! - b[i]!);
    sum += d;
    max = Math.max(max, Number.isNaN(d) ? Number.POSITIVE_INFINITY : d);
  }
  return { max, mean: sum / Math.max(1, a.length) };
}
