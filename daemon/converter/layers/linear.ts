import { BLOCK, blockBytes, blocksOf, quantizeRows } from '../onnx/blockQuantization';
import { toHalf } from '../onnx/float16';
import type { Initializer } from '../onnx/graph';
import type { GraphBuilder, Value } from '../onnx/graphBuilder';
import { bytesOf } from '../weights';
import type { LayerContext } from './context';

/** One matrix [rows, columns] of a checkpoint, output features first, as PyTorch's Linear keeps it. */
export interface Matrix {
  rows: number;
  columns: number;
  read(): Float32Array;
}

export function matrix(c: LayerContext, name: string): Matrix {
  const [rows = 1, columns = 1] = c.weights.shape(name);
  return { rows, columns, read: () => c.weights.read(name) };
}

/**
 * x [..., K] -> [..., N]: x times the transpose of `matrices` laid one under the other (N = all their rows), which
 * computes several projections of the same x at once. In fp16 packs the weight lies on disk in half precision, in int8
 * and int4 packs it is quantised.
 */
export function linear(c: LayerContext, x: Value, name: string, matrices: Matrix[]): Value {
  const { dtype } = c.weights;
  if (dtype === 'int8' || dtype === 'int4') return quantizedLinear(c, x, name, matrices, dtype === 'int4' ? 4 : 8);
  return c.g.op('MatMul', [
    x,
    dtype === 'fp16' ? halfWeight(c, name, matrices) : c.g.weight(transposed(name, matrices)),
  ]);
}

/** A linear layer with a bias, both under `name` as in the checkpoint. */
export function linearWithBias(c: LayerContext, x: Value, name: string): Value {
  const y = linear(c, x, `${name}.weight`, [matrix(c, `${name}.weight`)]);
  return c.g.op('Add', [y, c.g.weight(c.weights.tensor(`${name}.bias`))]);
}

/** Widened again when the session opens, so that everything is computed in float32. */
function halfWeight(c: LayerContext, name: string, matrices: Matrix[]): Value {
  const wide = transposed(name, matrices);
  return widened(c.g, { ...wide, type: 'float16', chunks: () => halved(wide.chunks()) });
}

/** A weight of another type as float32; ONNX Runtime computes it once, when the session opens. */
export function widened(g: GraphBuilder, narrow: Initializer): Value {
  return g.op('Cast', [g.weight(narrow)], { to: { int: FLOAT } });
}

/** TensorProto.DataType */
const FLOAT = 1;

export function* halved(chunks: Iterable<Uint8Array>): Generator<Uint8Array> {
  for (const { buffer, byteOffset, byteLength } of chunks) {
    yield new Uint8Array(toHalf(new Float32Array(buffer, byteOffset, byteLength / 4)).buffer);
  }
}

const height = (matrices: Matrix[]): number => matrices.reduce((n, m) => n + m.rows, 0);

/** [K, N], made in slabs of columns so that only the sources and one slab are held. */
function transposed(name: string, matrices: Matrix[]): Initializer {
  const columns = matrices[0]!.columns;
  const rows = height(matrices);
  return { name, type: 'float32', dims: [columns, rows], chunks: () => transposedSlabs(matrices, columns, rows) };
}

const SLAB_NUMBERS = 1 << 20;

function* transposedSlabs(matrices: Matrix[], columns: number, rows: number): Generator<Uint8Array> {
  const sources = matrices.map((m) => ({ rows: m.rows, values: m.read() }));
  const step = Math.max(1, Math.floor(SLAB_NUMBERS / rows));
  for (let k = 0; k < columns; k += step) {
    const slab = new Float32Array(Math.min(step, columns - k) * rows);
    let offset = 0;
    for (const source of sources) {
      transposeInto(slab, source, k, columns, rows, offset);
      offset += source.rows;
    }
    yield bytesOf(slab);
  }
}

/** slab[j, offset + n] = source[n, first + j] */
function transposeInto(
  slab: Float32Array,
  source: { rows: number; values: Float32Array },
  first: number,
  columns: number,
  rows: number,
  offset: number,
): void {
  const count = slab.length / rows;
  for (let n = 0; n < source.rows; n++) {
    const from = n * columns + first;
    for (let j = 0; j < count; j++) slab[j * rows + offset + n] = source.values[from + j]!;
  }
}

/** `accuracy_level` of MatMulNBits: 1 float32, 4 int8. */
const ACCURACY_LEVEL = { exact: 1, fast: 4 } as const;

function quantizedLinear(c: LayerContext, x: Value, name: string, matrices: Matrix[], bits: 8 | 4): Value {
  const n = height(matrices);
  const k = matrices[0]!.columns;
  const weight = new QuantizedMatrix(name, matrices, bits);
  return c.g.msOp('MatMulNBits', [x, c.g.weight(weight.values()), c.g.weight(weight.scales())], {
    K: { int: k },
    N: { int: n },
    bits: { int: bits },
    block_size: { int: BLOCK },
    accuracy_level: { int: ACCURACY_LEVEL[c.products] },
  });
}

/** Values and scales come from one pass: the scales are kept from writing the values until they are written next. */
class QuantizedMatrix {
  private readonly found: Float32Array[] = [];

  constructor(
    private readonly name: string,
    private readonly matrices: Matrix[],
    private readonly bits: 8 | 4,
  ) {}

  /** uint8 [N, blocks, bytes a block] */
  values(): Initializer {
    const dims = [height(this.matrices), this.blocks, blockBytes(this.bits)];
    return { name: `${this.name}_q${this.bits}`, type: 'uint8', dims, chunks: () => this.quantize() };
  }

  /** float32 [N * blocks] */
  scales(): Initializer {
    const dims = [height(this.matrices) * this.blocks];
    return { name: `${this.name}_scales`, type: 'float32', dims, chunks: () => this.found.splice(0).map(bytesOf) };
  }

  private get blocks(): number {
    return blocksOf(this.matrices[0]!.columns);
  }

  private *quantize(): Generator<Uint8Array> {
    for (const { rows, columns, read } of this.matrices) {
      const source = read();
      const step = Math.max(1, Math.floor(SLAB_NUMBERS / columns));
      for (let r = 0; r < rows; r += step)
        yield this.quantizeSlab(source.subarray(r * columns, (r + step) * columns), columns);
    }
  }

  private quantizeSlab(slab: Float32Array, columns: number): Uint8Array {
    const blocks = (slab.length / columns) * this.blocks;
    const values = new Uint8Array(blocks * blockBytes(this.bits));
    const scales = new Float32Array(blocks);
    quantizeRows(slab, columns, this.bits, values, scales);
    this.found.push(scales);
    return values;
  }
}
