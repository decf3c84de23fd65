import { errors } from '../common/errors';
import { MODALITIES } from '../common/modality';
import { type CheckpointHints, feedForwardWidth, type ModelConfig, tokenCounts } from '../common/modelConfig';
import type { Checkpoint } from './checkpoint/checkpoint';

/**
 * Every tensor of a OneLLM-family checkpoint with its shape (csuhan/OneLLM at 8587a47, without the `llma.` prefix).
 * Symbols as in `common/modelConfig.ts`: D, V, W, T0, E.
 */

type Weight = readonly [key: string, shape: number[]];

/** The tensors of `config`, one part of the model after the other; lazy, since a wrong params.json may ask for billions. */
export function* weights(config: ModelConfig): Generator<Weight> {
  yield* languageModel(config);
  yield* universalEncoder(config);
  yield* tokenizers(config);
  yield* universalProjection(config);
}

function* languageModel(c: ModelConfig): Generator<Weight> {
  yield ['tok_embeddings.weight', [c.vocab_size, c.dim]];
  for (let i = 0; i < c.n_layers; i++) yield* llamaBlock(`layers.${i}`, c.dim, c.multiple_of);
  yield ['norm.weight', [c.dim]];
  yield ['output.weight', [c.vocab_size, c.dim]];
}

/** A block of LLaMA, which the experts are made of as well; `d` channels. */
function* llamaBlock(prefix: string, d: number, multipleOf: number): Generator<Weight> {
  const hidden = feedForwardWidth(d, multipleOf);
  for (const name of ['wq', 'wk', 'wv', 'wo']) yield [`${prefix}.attention.${name}.weight`, [d, d]];
  yield [`${prefix}.feed_forward.w1.weight`, [hidden, d]];
  yield [`${prefix}.feed_forward.w2.weight`, [d, hidden]];
  yield [`${prefix}.feed_forward.w3.weight`, [hidden, d]];
  yield [`${prefix}.attention_norm.weight`, [d]];
  yield [`${prefix}.ffn_norm.weight`, [d]];
}

/** CLIP's visual tower. */
function* universalEncoder(c: ModelConfig): Generator<Weight> {
  const w = c.clip.width;
  yield ['clip.visual.class_embedding', [w]];
  yield ['clip.visual.positional_embedding', [tokenCounts(c).image + 1, w]];
  yield* pair('clip.visual.ln_pre', [w]);
  for (let i = 0; i < c.clip.layers; i++) {
    const block = `clip.visual.transformer.resblocks.${i}`;
    yield* pair(`${block}.ln_1`, [w]);
    yield [`${block}.attn.in_proj_weight`, [3 * w, w]];
    yield [`${block}.attn.in_proj_bias`, [3 * w]];
    yield* pair(`${block}.attn.out_proj`, [w, w]);
    yield* pair(`${block}.ln_2`, [w]);
    yield* pair(`${block}.mlp.c_fc`, [4 * w, w]);
    yield* pair(`${block}.mlp.c_proj`, [w, 4 * w]);
  }
  yield* pair('clip.visual.ln_post', [w]);
}

/** Modality tokenizers with their positions; image, video and the maps share the first. */
function* tokenizers(c: ModelConfig): Generator<Weight> {
  const w = c.clip.width;
  const rows = tokenCounts(c);
  const { image, audio, point } = c.stem;
  const patch = c.clip.patch / 2 ** image.length;

  yield* convolutionStem('clip.visual.stem', 3, image);
  yield ['clip.visual.conv1.weight', [w, image.at(-1) ?? 3, patch, patch]];

  yield* convolutionStem('conv1.audio.stem', 1, audio);
  yield* pair('conv1.audio', [w, audio.at(-1) ?? 1, ...c.audio.kernel.map((side) => side / 2 ** audio.length)]);

  const pointChannels = [c.point.relative ? 9 : 6, ...point];
  for (let i = 0; i < point.length; i++) {
    yield* pair(`conv1.point.stem.${i}`, [pointChannels[i + 1] as number, pointChannels[i] as number, 1, 1]);
  }
  yield* pair('conv1.point.conv1', [w, pointChannels.at(-1) as number, 1, 1]);

  yield* pair('conv1.fmri', [c.fmri_tokens * w, c.fmri_voxels]);
  yield ['conv1.imu.weight', [w, c.imu.channels, c.imu.kernel]];
  for (const name of ['audio', 'point', 'fmri', 'imu'] as const) {
    yield [`positional_embedding.${name}`, [rows[name] + 1, w]];
  }
}

/** ours (see ModelConfig.stem): stage s goes from `channels[s - 1]` to `channels[s]`; the first has no residual part. */
function* convolutionStem(prefix: string, input: number, channels: readonly number[]): Generator<Weight> {
  for (const [s, out] of channels.entries()) {
    yield* pair(`${prefix}.${s}.down`, [out, channels[s - 1] ?? input, 3, 3]);
    if (s === 0) continue;
    yield* pair(`${prefix}.${s}.conv_a`, [out, out, 3, 3]);
    yield* pair(`${prefix}.${s}.conv_b`, [out, out, 3, 3]);
  }
}

/** Experts, shared by all modalities; then what each modality has of its own. */
function* universalProjection(c: ModelConfig): Generator<Weight> {
  const w = c.clip.width;
  for (let e = 0; e < c.resample_experts; e++) {
    for (let r = 0; r < c.resample_layers; r++) yield* llamaBlock(`resample_layers.${e}.${r}`, w, c.multiple_of);
  }
  for (const m of MODALITIES) {
    yield [`resample_tokens.${m}`, [1, c.resample_tokens, w]];
    yield* pair(`routers.${m}.fc1`, [4 * w, w]);
    yield* pair(`routers.${m}.fc2`, [c.resample_experts, 4 * w]);
    yield* pair(`clip_proj1.${m}.0`, [w, w]);
    yield* pair(`clip_proj1.${m}.1`, [w]);
    yield* pair(`clip_proj2.${m}.0`, [c.dim, w]);
    yield* pair(`clip_proj2.${m}.1`, [c.dim]);
    yield [`start_tag.${m}`, [1, 1, c.dim]];
    yield [`end_tag.${m}`, [1, 1, c.dim]];
  }
}

/** A layer's weight and its bias, which has as many elements as the weight has rows. */
function* pair(prefix: string, shape: number[]): Generator<Weight> {
  yield [`${prefix}.weight`, shape];
  yield [`${prefix}.bias`, [shape[0] as number]];
}

/** What OneLLM's files carry and its model never uses: CLIP's text half and the projection into its space. */
export const IGNORED_KEYS: ReadonlySet<string> = new Set([
  'clip.visual.proj',
  'clip.positional_embedding',
  'clip.text_projection',
  'clip.logit_scale',
  'clip.token_embedding.weight',
  'clip.ln_final.weight',
  'clip.ln_final.bias',
]);

/** Key to shape, all of `weights`. */
export function expectedKeys(config: ModelConfig): Map<string, number[]> {
  return new Map(weights(config));
}

/** Throws CHECKPOINT_KEY_MISSING, CHECKPOINT_SHAPE or CHECKPOINT_KEY_UNKNOWN, naming the first key that is wrong. */
export function checkKeys(checkpoint: Checkpoint, config: ModelConfig): void {
  const present = new Set(checkpoint.names());
  const expected = new Set<string>();
  for (const [key, shape] of weights(config)) {
    if (!present.has(key)) throw errors.missingKey(key);
    const actual = checkpoint.info(key).shape;
    if (actual.length !== shape.length || actual.some((n, i) => n !== shape[i])) {
      throw errors.wrongShape(key, actual, shape);
    }
    expected.add(key);
  }
  for (const key of present) {
    if (!expected.has(key) && !IGNORED_KEYS.has(key)) throw errors.unknownKey(key);
  }
}

/** What the tensors say where params.json is silent; a tensor that is not there gives no hint. */
export function hintsFrom(checkpoint: Checkpoint): CheckpointHints {
  const names = checkpoint.names();
  const present = new Set(names);
  const size = (key: string, axis: number) => (present.has(key) ? checkpoint.info(key).shape[axis] : undefined);
  const counted = (pattern: RegExp) =>
    new Set(names.flatMap((name) => pattern.exec(name)?.[1] ?? [])).size || undefined;
  const hints = {
    vocab_size: size('tok_embeddings.weight', 0),
    resample_experts: counted(/^resample_layers\.(\d+)\.\d+\./),
    resample_layers: counted(/^resample_layers\.\d+\.(\d+)\./),
    resample_tokens: size('resample_tokens.image', 1),
    fmri_voxels: size('conv1.fmri.weight', 1),
  };
  return Object.fromEntries(Object.entries(hints).filter(([, value]) => value !== undefined));
}
