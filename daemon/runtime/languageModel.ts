import { errors } from '../common/errors';
import type { ModelConfig } from '../common/modelConfig';
import type { EmbeddingTable } from './embeddingTable';
import { KvCache } from './kvCache';
import type { DecoderState, LanguageModelPort } from './ports';
import type { GraphSession } from './session';

/** Added to a score that must not count; finite, so that no row of a softmax becomes NaN. */
const HIDDEN = -1e30;

/** The LLaMA decoder over its graph; see `converter/graphs/languageModel.ts` for inputs and outputs. */
export class LanguageModel implements LanguageModelPort {
  readonly dim: number;
  readonly vocabSize: number;
  readonly maxSequence: number;

  constructor(
    private readonly session: GraphSession,
    private readonly table: EmbeddingTable,
    private readonly config: ModelConfig,
  ) {
    this.dim = config.dim;
    this.vocabSize = config.vocab_size;
    this.maxSequence = config.max_seq_len;
  }

  embed(ids: ArrayLike<number>): Float32Array {
    return this.table.rows(ids);
  }

  newState(): KvCache {
    const { n_layers, n_heads, dim, max_seq_len } = this.config;
    return new KvCache({ layers: n_layers, heads: n_heads, head: dim / n_heads, maxSequence: max_seq_len });
  }

  /** Throws PROMPT_TOO_LONG when the positions run out, MODEL_FAILED when the graph does. */
  async forward(state: DecoderState, embeddings: Float32Array, count: number): Promise<Float32Array> {
    if (!(state instanceof KvCache)) throw new Error('the state is of another language model');
    const { length, past } = state;
    if (length + count > this.maxSequence) throw errors.promptTooLong(length + count, this.maxSequence);
    const { logits, new_kv: rows } = await this.session.run({
      inputs_embeds: { data: embeddings, dims: [1, count, this.dim] },
      position_ids: { data: positions(length, count), dims: [1, count] },
      mask: { data: causalMask(length, past, count), dims: [1, 1, count, past + count] },
      parts: { data: BigInt64Array.of(BigInt(past), BigInt(count)), dims: [2] },
      ...state.feeds(),
    });
    if (!logits || !rows || !logits.every(Number.isFinite)) throw errors.modelFailed('its logits are no numbers');
    state.append(rows, count);
    return logits;
  }
}

function positions(from: number, count: number): BigInt64Array {
  return BigInt64Array.from({ length: count }, (_, i) => BigInt(from + i));
}

/**
 * [count, past + count]: a new position sees the `length` filled past positions, the new ones before it, and itself;
 * not the unused capacity between them.
 */
export function causalMask(length: number, past: number, count: number): Float32Array {
  const width = past + count;
  const mask = new Float32Array(count * width);
  for (let s = 0; s < count; s++) {
    mask.fill(HIDDEN, s * width + length, s * width + past);
    mask.fill(HIDDEN, s * width + past + s + 1, (s + 1) * width);
  }
  return mask;
}
