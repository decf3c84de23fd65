import type { Value } from '../onnx/graphBuilder';
import type { LayerContext } from './context';
import { feedForward } from './feedForward';
import { linear, matrix } from './linear';
import { rmsNorm } from './norms';
import { evensThenOdds } from './rotary';

/** Inputs that all blocks of the language model share. */
export interface DecoderInputs {
  /** int64 [1, S] */
  positions: Value;
  /** float32 [1, 1, S, P + S], 0 or a large negative number. */
  mask: Value;
  /** int64 [2] = [P, S] */
  parts: Value;
  /** [positions, head / 2] */
  cos: Value;
  sin: Value;
}

/** float32 [1, heads, P or S, head] */
export interface KeyValue {
  key: Value;
  value: Value;
}

/**
 * LLaMA's block, x [1, S, D]. Attention is over the past (P positions, an input) and the new rows, as two products
 * whose scores share one softmax: so the past goes in, only the new rows come out, and nothing is copied.
 * Differs from the textbook: no Concat of past and new keys.
 */
export function decoderBlock(
  c: LayerContext,
  x: Value,
  name: string,
  past: KeyValue,
  shared: DecoderInputs,
): { x: Value; fresh: KeyValue } {
  const { g, config } = c;
  const { q, fresh } = projections(c, rmsNorm(c, x, `${name}.attention_norm`), `${name}.attention`, shared);
  const mixed = twoPartAttention(c, q, past, fresh, shared);
  const merged = g.reshape(g.transpose(mixed, [0, 2, 1, 3]), [1, -1, config.dim]);
  const h = g.op('Add', [x, linear(c, merged, `${name}.attention.wo`, [matrix(c, `${name}.attention.wo.weight`)])]);
  const out = feedForward(c, rmsNorm(c, h, `${name}.ffn_norm`), `${name}.feed_forward`, config.dim);
  return { x: g.op('Add', [h, out]), fresh };
}

/** One product for queries, keys and values; each [1, S, D] -> [1, heads, S, head]. */
function projections(c: LayerContext, x: Value, name: string, shared: DecoderInputs): { q: Value; fresh: KeyValue } {
  const { dim, n_heads } = c.config;
  const rotated = (w: string) => evensThenOdds(matrix(c, `${name}.${w}.weight`), n_heads);
  const all = linear(c, x, `${name}.wq_wk_wv`, [rotated('wq'), rotated('wk'), matrix(c, `${name}.wv.weight`)]);
  const [q, k, v] = c.g.split(all, [dim, dim, dim], 2);
  return {
    q: splitHeads(c, rotate(c, q!, shared)),
    fresh: { key: splitHeads(c, rotate(c, k!, shared)), value: splitHeads(c, v!) },
  };
}

function rotate(c: LayerContext, x: Value, { positions, cos, sin }: DecoderInputs): Value {
  const { dim, n_heads } = c.config;
  const attributes = { num_heads: { int: n_heads }, rotary_embedding_dim: { int: dim / n_heads } };
  return c.g.msOp('RotaryEmbedding', [x, positions, cos, sin], attributes);
}

function splitHeads(c: LayerContext, x: Value): Value {
  const { dim, n_heads } = c.config;
  return c.g.transpose(c.g.reshape(x, [1, -1, n_heads, dim / n_heads]), [0, 2, 1, 3]);
}

/** softmax([q past_k^T, q k^T] / sqrt(head) + mask) [past_v; v] */
function twoPartAttention(c: LayerContext, q: Value, past: KeyValue, fresh: KeyValue, shared: DecoderInputs): Value {
  const { g, config } = c;
  const scale = 1 / Math.sqrt(config.dim / config.n_heads);
  const scores = (key: Value) => g.msOp('FusedMatMul', [q, key], { transB: { int: 1 }, alpha: { float: scale } });
  const masked = g.op('Add', [g.concat([scores(past.key), scores(fresh.key)], 3), shared.mask]);
  const [onPast, onFresh] = g.split(g.op('Softmax', [masked], { axis: { int: 3 } }), shared.parts, 3);
  return g.op('Add', [g.op('MatMul', [onPast!, past.value]), g.op('MatMul', [onFresh!, fresh.value])]);
}
