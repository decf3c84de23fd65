import type { Checkpoint } from './checkpoint/checkpoint';
import type { Initializer } from './onnx/graph';

/** How the large linear weights are stored; everything else stays float32. */
export type WeightDtype = 'fp32' | 'fp16' | 'int8' | 'int4';

/** A checkpoint's tensors as weights of a graph; each is read when its bytes are written, and dropped afterwards. */
export class Weights {
  /** Tensors that a graph asked for. */
  readonly used = new Set<string>();

  constructor(
    private readonly checkpoint: Checkpoint,
    readonly dtype: WeightDtype,
  ) {}

  shape(name: string): number[] {
    return this.checkpoint.info(name).shape;
  }

  read(name: string): Float32Array {
    this.used.add(name);
    return this.checkpoint.read(name);
  }

  /** Numbers in the tensors that were read. */
  get parameters(): number {
    return [...this.used].reduce((sum, name) => sum + this.shape(name).reduce((n, d) => n * d, 1), 0);
  }

  /** A tensor as it is, in its own shape or another of the same size. */
  tensor(name: string, dims: number[] = this.shape(name)): Initializer {
    return this.stacked(name, [name], dims);
  }

  /** Tensors one after the other, read one at a time. */
  stacked(name: string, parts: readonly string[], dims: number[]): Initializer {
    return this.computed(
      name,
      dims,
      parts.map((part) => () => this.read(part)),
    );
  }

  /** A float32 weight made of `parts`, each computed when it is written. */
  computed(name: string, dims: number[], parts: ReadonlyArray<() => Float32Array>): Initializer {
    return { name, type: 'float32', dims, chunks: () => chunksOf(parts) };
  }
}

function* chunksOf(parts: ReadonlyArray<() => Float32Array>): Generator<Uint8Array> {
  for (const part of parts) yield bytesOf(part());
}

/** The same memory as bytes; float32 is little-endian on every platform of Node. */
export function bytesOf(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
}
