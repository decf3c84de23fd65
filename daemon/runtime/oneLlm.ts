import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
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

/**
 * A OneLLM from its pack (CVPR 2024, arXiv 2312.03700):
 * medium -> modality tokenizer -> universal encoder -> universal projection -> language model.
 */
export class OneLlm {
  private constructor(
    readonly config: ModelConfig,
    readonly languageModel: LanguageModel,
    private readonly parts: {
      runtime: SessionRuntime;
      tokenizers: ModalityTokenizers;
      encoder: UniversalEncoder;
      projection: UniversalProjection;
      tags: Float32Array;
      close: Array<() => Promise<void> | void>;
    },
  ) {}

  /** Throws MODEL_DAMAGED. The language model is opened first: it decides the device. */
  static async load(pack: string, manifest: PackManifest, options: RuntimeOptions = {}): Promise<OneLlm> {
    await checkPackFiles(pack, manifest);
    const { config } = manifest;
    const tags = await readTags(pack, config);
    const runtime = new SessionRuntime(options);
    const open = (name: string) => runtime.open(join(pack, graphFile(name)));
    const decoder = await open(LANGUAGE_MODEL_GRAPH);
    const encoder = new UniversalEncoder(await open(ENCODER_GRAPH));
    const projection = new UniversalProjection(await open(PROJECTION_GRAPH));
    const tokenizers = new ModalityTokenizers(open, config);
    const table = new EmbeddingTable(pack, config.vocab_size, config.dim);
    const ends = [() => decoder.close(), () => encoder.close(), () => projection.close(), () => tokenizers.close()];
    return new OneLlm(config, new LanguageModel(decoder, table, config), {
      runtime,
      tokenizers,
      encoder,
      projection,
      tags,
      close: [...ends, () => table.close()],
    });
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
    const features = await this.parts.encoder.features(this.frames(media, signal), width, signal);
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
    for (const end of this.parts.close.splice(0)) await end();
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
