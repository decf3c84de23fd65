import { errors } from '../common/errors';
import type { ModelConfig } from '../common/modelConfig';
import { type TokenizerName, tokenizerGraph } from '../common/packLayout';
import { MODALITY_TABLE } from './modalities';
import { groupPoints } from './pointGroups';
import type { PreparedMedia } from './preparedMedia';
import type { Feed, GraphSession } from './session';

/** Tokens with the class token in front and positions added, [1, count, W]. */
export interface Tokens {
  data: Float32Array;
  /** N + 1 */
  count: number;
}

/** Modality tokenizers; each graph is opened when its first medium arrives (fMRI's alone has 128 million weights at 7B). */
export class ModalityTokenizers {
  private readonly sessions = new Map<TokenizerName, Promise<GraphSession>>();

  constructor(
    private readonly open: (graph: string) => Promise<GraphSession>,
    private readonly config: ModelConfig,
  ) {}

  /** Tokens of one frame; see `PreparedMedia.frames`. Throws MODALITY_UNSUPPORTED, MODEL_DAMAGED, MODEL_FAILED. */
  async tokens(media: PreparedMedia, frame: number): Promise<Tokens> {
    const name = MODALITY_TABLE[media.modality].tokenizer;
    checkShape(media, SHAPES[name](this.config));
    const session = await this.session(name);
    const { tokens } = await session.run({ input: INPUTS[name](frameOf(media, frame), this.config) });
    if (!tokens) throw errors.modelFailed(`the ${name} tokenizer returned nothing`);
    return { data: tokens, count: tokens.length / this.config.clip.width };
  }

  async close(): Promise<void> {
    const opened = [...this.sessions.values()];
    this.sessions.clear();
    await Promise.all(opened.map(async (session) => (await session).close()));
  }

  /** A graph that could not be opened is tried again the next time. */
  private session(name: TokenizerName): Promise<GraphSession> {
    const known = this.sessions.get(name);
    if (known) return known;
    const opening = this.open(tokenizerGraph(name));
    this.sessions.set(name, opening);
    opening.catch(() => this.sessions.delete(name));
    return opening;
  }
}

function frameOf(media: PreparedMedia, frame: number): Feed & { data: Float32Array } {
  const dims = MODALITY_TABLE[media.modality].frameShape(media);
  const size = dims.reduce((n, d) => n * d, 1);
  return { data: media.tensor.subarray(frame * size, (frame + 1) * size), dims };
}

type Prepare = (frame: Feed & { data: Float32Array }, config: ModelConfig) => Feed;
const asItIs: Prepare = (frame) => frame;

/** One frame -> what the tokenizer's graph reads; see `converter/graphs/modalityTokenizer.ts`. */
const INPUTS = {
  image: asItIs,
  audio: asItIs,
  point: ({ data }, { point }) => {
    const { groups, channels } = groupPoints(data, data.length / 6, point);
    return { data: groups, dims: [1, channels, point.groups, point.neighbours] };
  },
  fmri: asItIs,
  imu: asItIs,
} as const satisfies Record<TokenizerName, Prepare>;

/** Dimensions that a frame must have; ANY is free. */
const ANY = -1;
const SHAPES = {
  image: ({ clip }) => [1, 3, clip.image, clip.image],
  audio: ({ audio }) => [1, 1, audio.mels, audio.frames],
  point: () => [1, ANY, 6],
  fmri: ({ fmri_voxels }) => [1, 1, fmri_voxels],
  imu: ({ imu }) => [1, imu.channels, imu.samples],
} as const satisfies Record<TokenizerName, (config: ModelConfig) => number[]>;

function checkShape(media: PreparedMedia, expected: readonly number[]): void {
  const { modality, shape, tensor, frames } = media;
  const frame = MODALITY_TABLE[modality].frameShape(media);
  const fits =
    frame.length === expected.length &&
    frame.every((n, i) => n > 0 && (expected[i] === ANY || expected[i] === n)) &&
    frame.reduce((a, b) => a * b, frames) === tensor.length;
  if (fits) return;
  const wanted = expected.map((n) => (n === ANY ? 'n' : n)).join(', ');
  throw errors.modalityUnsupported(
    modality,
    `its input has the shape [${shape.join(', ')}]; a frame of [${wanted}] is what it takes`,
  );
}
