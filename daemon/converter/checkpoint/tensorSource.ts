/** What the readers of this folder have in common. Types only. */

export interface TensorInfo {
  /** Without the `llma.` prefix of OneLLM's files. */
  name: string;
  dtype: 'F16' | 'BF16' | 'F32';
  shape: number[];
}

export interface Checkpoint {
  names(): string[];
  /** Throws CHECKPOINT_KEY_MISSING for a name that is not there. */
  info(name: string): TensorInfo;
  /** The whole tensor, row-major, as f32. Throws BAD_CHECKPOINT when the file is damaged. */
  read(name: string): Float32Array;
  close(): void;
}

/** One file of tensors, names as stored. */
export interface TensorFile {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  close(): void;
}

export interface StoredTensor {
  /** "F16", or the name of a type that the converter does not read. */
  dtype: string;
  shape: number[];
  /** Row-major float32; only called for F16, BF16 and F32. */
  read(): Float32Array;
}
