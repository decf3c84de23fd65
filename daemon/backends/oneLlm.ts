import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errors } from '../common/errors';
import { MODALITIES } from '../common/modality';
import type { ConfidenceCalibration } from '../common/modelConfig';
import { LANGUAGE_MODEL_GRAPH, TOKENIZER_MODEL } from '../common/packLayout';
import type { PackManifest } from '../common/packManifest';
import type { Media } from '../media/media';
import { type Conversation, generate, newConversation } from '../runtime/generate';
import { PREPROCESSING_VERSION, preprocess } from '../runtime/modalities';
import { OneLlm } from '../runtime/oneLlm';
import { buildPrompt } from '../runtime/promptBuilder';
import { mediaSegment, type Segment } from '../runtime/sequence';
import { TextTokenizer } from '../runtime/textTokenizer';
import type { ChatModel, EncodedMedia, GenerateRequest, GenerateResult } from './chatModel';

export interface LoadOptions {
  /** "cuda", "webgpu", "dml", "coreml", "cpu"; the fastest that works when absent. */
  device?: string;
}

/** Loads a OneLLM pack as a chat model. Throws MODEL_DAMAGED, MODEL_FAILED, USAGE (unknown device). */
export async function loadOneLlm(pack: string, manifest: PackManifest, options: LoadOptions = {}): Promise<ChatModel> {
  const tokenizer = await readTokenizer(pack, manifest);
  const model = await OneLlm.load(pack, manifest, options);
  return new OneLlmChat(manifest, model, tokenizer);
}

async function readTokenizer(pack: string, { files, config }: PackManifest): Promise<TextTokenizer> {
  if (!files.some((file) => file.path === TOKENIZER_MODEL)) {
    throw errors.modelDamaged(pack, `it was converted without ${TOKENIZER_MODEL}, so it cannot chat`);
  }
  const bytes = await readFile(join(pack, TOKENIZER_MODEL)).catch(() => {
    throw errors.modelDamaged(pack, `${TOKENIZER_MODEL} is missing`);
  });
  const tokenizer = TextTokenizer.fromBytes(bytes, join(pack, TOKENIZER_MODEL));
  if (tokenizer.size > config.vocab_size) {
    throw errors.modelDamaged(pack, `its tokenizer has ${tokenizer.size} pieces, its vocabulary ${config.vocab_size}`);
  }
  return tokenizer;
}

/** The last conversation's keys and values are kept: a next turn on the same media computes only what is new. */
class OneLlmChat implements ChatModel {
  readonly id: string;
  readonly modalities = MODALITIES;
  readonly encoderFingerprint: string;
  readonly calibration: ConfidenceCalibration;
  private conversation: Conversation;

  constructor(
    manifest: PackManifest,
    private readonly model: OneLlm,
    private readonly tokenizer: TextTokenizer,
  ) {
    this.id = manifest.id;
    this.encoderFingerprint = fingerprint(manifest);
    this.calibration = manifest.config.confidence;
    this.conversation = newConversation(model.languageModel);
  }

  get device(): string {
    return this.model.device;
  }

  get deviceReason(): string {
    return this.model.deviceReason;
  }

  async encode(media: Media, signal: AbortSignal): Promise<EncodedMedia> {
    const prepared = preprocess(media, this.model.config);
    const embeddings = await this.model.encode(prepared, signal);
    const { modality, warnings, input } = prepared;
    const tokens = embeddings.length / this.model.config.dim;
    return { modality, embeddings, tokens, warnings, ...(input ? { input } : {}) };
  }

  async generate(
    request: GenerateRequest,
    signal: AbortSignal,
    onPiece: (text: string, confidence: number) => void,
  ): Promise<GenerateResult> {
    const media = request.media.map((m) => this.segment(m));
    const { segments } = buildPrompt(this.tokenizer, this.model.config, { ...request, media });
    const { languageModel } = this.model;
    const context = { model: languageModel, tokenizer: this.tokenizer, conversation: this.conversation };
    const { facts, ...options } = request;
    const isTaught = this.model.config.prompt.facts;
    return generate(context, segments, { ...options, ...(isTaught && facts ? { facts } : {}) }, signal, onPiece);
  }

  async close(): Promise<void> {
    this.conversation = newConversation(this.model.languageModel);
    await this.model.close();
  }

  private segment({ modality, embeddings }: EncodedMedia): Segment {
    const { start, end } = this.model.tags(modality);
    return mediaSegment(start, embeddings, end);
  }
}

/** Of everything that decides what a file encodes to: the graphs but the language model's, sizes, preprocessing. */
function fingerprint({ files, config }: PackManifest): string {
  const { confidence: _, ...encoding } = config;
  const hash = createHash('sha256').update(`${PREPROCESSING_VERSION}\n${JSON.stringify(encoding)}\n`);
  const graphs = files.filter((f) => f.path.startsWith('graphs/') && !f.path.includes(LANGUAGE_MODEL_GRAPH));
  for (const file of graphs) hash.update(`${file.path} ${file.sha256}\n`);
  return hash.digest('hex');
}
