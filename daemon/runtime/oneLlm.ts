import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Disposables } from '../common/disposables';
import { errors } from '../common/errors';
import { MODALITIES, type Modality } from '../common/modality';
import type { ModelConfig } from '../common/modelConfig';
import { ENCODER_GRAPH, graphFile, LANGUAGE_MODEL_GRAPH, PROJECTION_GRAPH, TAGS_FILE } from '../common/packLayout';
import type { PackManifest } from '../common/packManifest';
import { EmbeddingTable } from './embeddingTable';
import { LanguageModel } from './languageModel';
import { ModalityTokenizers, type Tokens } from './modalityTokenizer';
import { checkPackFiles } from './packFiles';
import type { PreparedMedia } from './preparedMedia';
import { UniversalProjection } from './projection';
import { type RuntimeOptions, SessionRuntime } from './session';
import { UniversalEncoder } from './universalEncoder';

interface Parts {
  runtime: SessionRuntime;
  tokenizers: ModalityTokenizers;
  encoder: UniversalEncoder;
  projection: UniversalProjection;
  /** [8, 2, D] */
  tags: Float32Array;
}

/**
 * A OneLLM from its pack (CVPR 2024, arXiv 2312.03700):
 * medium -> modality tokenizer -> universal encoder -> universal projection -> language model.
 */
export class OneLlm {
  private constructor(
    readonly config: ModelConfig,
    readonly languageModel: LanguageModel,
    private readonly parts: Parts,
    private readonly lifetime: Disposables,
  ) {}

  /** Throws MODEL_DAMAGED. The language model is opened first: it decides the device. */
  static async load(pack: string, manifest: PackManifest, options: RuntimeOptions = {}): Promise<OneLlm> {
    await checkPackFiles(pack, manifest);
    const lifetime = new Disposables();
    try {
      return await OneLlm.open(pack, manifest.config, new SessionRuntime(options), lifetime);
    } catch (error) {
      await lifetime.dispose();
      throw error;
    }
  }

  private static async open(pack: string, config: ModelConfig, runtime: SessionRuntime, lifetime: Disposables) {
    const openGraph = (name: string) => runtime.open(join(pack, graphFile(name)));
    const openForLife = async (name: string) => {
      const session = await openGraph(name);
      lifetime.defer(() => session.close());
      return session;
    };
    const decoder = await openForLife(LANGUAGE_MODEL_GRAPH);
    const encoder = new UniversalEncoder(await openForLife(ENCODER_GRAPH));
    const projection = new UniversalProjection(await openForLife(PROJECTION_GRAPH));
    const tokenizers = new ModalityTokenizers(openGraph, config);
    lifetime.defer(() => tokenizers.close());
    const table = new EmbeddingTable(pack, config.vocab_size, config.dim);
    lifetime.defer(() => table.close());
    const tags = await readTags(pack, config);
    const parts = { runtime, tokenizers, encoder, projection, tags };
    return new OneLlm(config, new LanguageModel(decoder, table, config), parts, lifetime);
  }

  get device(): string {
    return this.parts.runtime.device;
  }

  get deviceReason(): string {
    return this.parts.runtime.deviceReason;
  }

  /** Media embeddings [T0 * D], without tags. `signal` is looked at between graphs and frames. Throws CANCELLED. */
  async encode(media: PreparedMedia, signal: AbortSignal): Promise<Float32Array> {
    const { width } = this.config.clip;
    const join = media.modality === 'video' ? this.config.video_frames : 'mean';
    const features = await this.parts.encoder.features(this.frames(media, signal), width, signal, join);
    if (signal.aborted) throw errors.cancelled();
    return this.parts.projection.mediaTokens(features, width, media.modality);
  }

  /** Embeddings [D] that stand before and after a medium of this modality. */
  tags(modality: Modality): { start: Float32Array; end: Float32Array } {
    const { dim } = this.config;
    const from = MODALITIES.indexOf(modality) * 2 * dim;
    return { start: this.parts.tags.slice(from, from + dim), end: this.parts.tags.slice(from + dim, from + 2 * dim) };
  }

  async close(): Promise<void> {
    await this.lifetime.dispose();
  }

  private async *frames(media: PreparedMedia, signal: AbortSignal): AsyncGenerator<Tokens> {
    for (let frame = 0; frame < media.frames; frame++) {
      if (signal.aborted) throw errors.cancelled();
      yield await this.parts.tokenizers.tokens(media, frame);
    }
  }
}

async function readTags(pack: string, config: ModelConfig): Promise<Float32Array> {
  const bytes = await readFile(join(pack, TAGS_FILE));
  if (bytes.length !== MODALITIES.length * 2 * config.dim * 4) {
    throw errors.modelDamaged(pack, `${TAGS_FILE} has ${bytes.length} bytes`);
  }
  return new Float32Array(new Uint8Array(bytes).buffer);
}
