/** What `generate` needs of a language model; a fake in tests, `LanguageModel` over ONNX Runtime in the product. */
export interface LanguageModelPort {
  /** D. */
  readonly dim: number;
  /** V. */
  readonly vocabSize: number;
  /** Positions that fit (max_seq_len). */
  readonly maxSequence: number;
  /** Rows of tok_embeddings: ids -> [ids.length * D]. */
  embed(ids: ArrayLike<number>): Float32Array;
  /** A fresh, empty cache. */
  newState(): DecoderState;
  /**
   * Appends `count` positions to the state and returns the logits after the last one, [V].
   * `embeddings` is [count * D]. Long inputs are split by the caller, so that a cancel is heard between the parts.
   */
  forward(state: DecoderState, embeddings: Float32Array, count: number): Promise<Float32Array>;
}

/** Positions 0 .. length-1 are filled. */
export interface DecoderState {
  readonly length: number;
  /** Forgets everything from `length` on (prefix reuse between turns). */
  truncate(length: number): void;
}
